"""A new person: no password, so they come in by a sign-in link."""

from django.db import transaction

from annotation_server import audit
from annotation_server.models import User
from annotation_server.texts.username import refuse_malformed_username


def add_person(*, username: str, owner: bool = False) -> User:
    """The user of that name, made if there is none. Raises InvalidSettings for a malformed name."""
    refuse_malformed_username(username)
    with transaction.atomic():
        user, made = User.objects.get_or_create(username=username)
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            audit.record(actor=None, verb="user.added", subject=user, project=None, after={"owner": owner})
        if owner and not user.is_superuser:
            User.objects.filter(pk=user.pk).update(is_superuser=True)
            user.is_superuser = True
    return user
