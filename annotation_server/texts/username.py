"""What a username may look like."""

from django.core.exceptions import ValidationError

from annotation_server.errors import InvalidSettings
from annotation_server.models import User


def refuse_malformed_username(username: str) -> None:
    """Raise InvalidSettings unless the name fits the User model's own rules."""
    try:
        User(username=username).clean_fields(exclude=["password"])
    except ValidationError as error:
        raise InvalidSettings(f"'{username}' is no username: {' '.join(error.messages)}") from error
