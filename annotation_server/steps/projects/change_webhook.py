"""An admin tells the project's events to an address, changes that, renews its secret, tries it, sends again what did not
arrive."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from annotation_server import audit
from annotation_server.choices import DeliveryState, WebhookVerb
from annotation_server.errors import InvalidSettings
from annotation_server.models import Project, User, Webhook, WebhookDelivery
from annotation_server.reach.guarded import checked_url
from annotation_server.reach.secret import new_secret, seal

# Of a project.
MOST_WEBHOOKS = 20


def add_webhook(*, project: Project, url: str, verbs: list[str], added_by: User) -> tuple[Webhook, str]:
    """The webhook and the secret that its messages are signed with, shown this once. Raises AddressRefused; InvalidSettings for
    one more than MOST_WEBHOOKS."""
    checked_url(url)
    secret = new_secret()
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)  # Of two at once one is counted first.
        if Webhook.objects.filter(project=project).count() >= MOST_WEBHOOKS:
            raise InvalidSettings(
                f"The project has {MOST_WEBHOOKS} webhooks, and no more are taken. Remove one first."
            )
        webhook = Webhook.objects.create(
            project=project, url=url, verbs=verbs, sealed_secret=seal(secret), created_by=added_by
        )
        _record(webhook, "webhook.added", added_by, after={"url": url, "verbs": verbs})
    webhook.refresh_from_db()
    return webhook, secret


def change_webhook(*, webhook: Webhook, changes: dict[str, Any], changed_by: User) -> None:
    """Its address, its events, or whether it is told at all. Raises AddressRefused."""
    if "url" in changes:
        checked_url(changes["url"])
    with transaction.atomic():
        before = Webhook.objects.select_for_update().get(pk=webhook.pk)
        Webhook.objects.filter(pk=webhook.pk).update(**changes)
        was = {name: getattr(before, name) for name in changes}
        _record(webhook, "webhook.changed", changed_by, before=was, after=changes)


def renew_secret(*, webhook: Webhook, grace_hours: int, renewed_by: User) -> str:
    """A new secret, shown this once. The old one signs beside it for the grace time, so that no message is refused while the
    receiver learns the new one; after a leak there is none: 0."""
    secret = new_secret()
    with transaction.atomic():
        old = Webhook.objects.select_for_update().get(pk=webhook.pk).sealed_secret
        Webhook.objects.filter(pk=webhook.pk).update(
            sealed_secret=seal(secret),
            old_sealed_secret=old if grace_hours else "",
            old_secret_until=Now() + timedelta(hours=grace_hours) if grace_hours else None,
        )
        _record(webhook, "webhook.secret_renewed", renewed_by, after={"grace_hours": grace_hours})
    return secret


def remove_webhook(*, webhook: Webhook, removed_by: User) -> None:
    """With the log of what was sent; what waits is not sent any more."""
    with transaction.atomic():
        _record(webhook, "webhook.removed", removed_by, before={"url": webhook.url, "verbs": webhook.verbs})
        webhook.delete()


def try_webhook(*, webhook: Webhook, tried_by: User) -> WebhookDelivery:
    """A message of no consequence, sent like any other."""
    [delivery] = audit.tell_webhooks(
        project_id=webhook.project_id,
        verb=WebhookVerb.TEST,
        subject=webhook,
        actor=tried_by,
        # A message's date, nothing is decided by it.
        # nosemgrep: no-clock-in-steps
        at=timezone.now(),
        only=webhook,
    )
    return WebhookDelivery.objects.get(pk=delivery.pk)


def send_again(*, delivery: WebhookDelivery) -> None:
    """From the beginning, now; the receiver knows it again by its id."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.PENDING, attempts=0, next_attempt_at=Now(), error="", answer_status=None
    )


def _record(webhook: Webhook, verb: str, actor: User, **changed: dict[str, object]) -> None:
    audit.record(actor=actor, verb=verb, subject=webhook, project=webhook.project_id, **changed)
