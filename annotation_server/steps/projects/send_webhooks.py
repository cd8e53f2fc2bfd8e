"""Sending what is due to webhooks. The rows are the queue: whoever takes one moves its next attempt on, so a sender that dies
leaves it due again, and several senders never have the same one."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from annotation_server.choices import DeliveryState
from annotation_server.errors import AddressRefused
from annotation_server.models import Webhook, WebhookDelivery
from annotation_server.reach.post import post
from annotation_server.reach.public_networks import Network
from annotation_server.reach.secret import unseal
from annotation_server.reach.signature import signature

MINUTE, HOUR = 60, 3600
# After the first attempt failed, and so on: about two days in all.
BACKOFF_SECONDS = [10, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR]
AT_ONCE = 8
TAKE = """
UPDATE webhook_delivery SET attempts = attempts + 1, attempted_at = statement_timestamp(),
    next_attempt_at = statement_timestamp() + interval '2 minutes'
WHERE id IN (
    SELECT id FROM webhook_delivery WHERE state = 'pending' AND next_attempt_at <= statement_timestamp()
    ORDER BY next_attempt_at LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one attempt went: the receiver's status, or why there was none."""

    answer_status: int | None = None
    error: str = ""

    @property
    def is_delivered(self) -> bool:
        """Any 2xx; a redirect is not followed."""
        return self.answer_status is not None and 200 <= self.answer_status < 300


def send_webhooks(*, allowed: Sequence[Network] = ()) -> int:
    """Send all that is due now; returns how many attempts were made."""
    made = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while deliveries := _take():
            outcomes = pool.map(_sender(allowed), deliveries)
            for delivery, outcome in zip(deliveries, outcomes, strict=True):
                _record(delivery, outcome)
            made += len(deliveries)
    return made


def _take() -> list[WebhookDelivery]:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [AT_ONCE])
        ids = [key for (key,) in cursor.fetchall()]
    return list(WebhookDelivery.objects.filter(pk__in=ids).select_related("webhook"))


def _sender(allowed: Sequence[Network]) -> Callable[[WebhookDelivery], Outcome]:
    def attempt(delivery: WebhookDelivery) -> Outcome:
        """In a thread of its own, so without the database: one slow receiver does not hold the others up."""
        # A message's date, nothing is decided by it.
        # nosemgrep: no-clock-in-steps
        body, now = delivery.body.encode(), timezone.now()
        timestamp = int(now.timestamp())
        signed = [
            signature(secret=secret, timestamp=timestamp, body=body)
            for secret in _secrets(delivery.webhook, now)
        ]
        headers = {
            "X-Altogether-Event": delivery.verb,
            "X-Altogether-Delivery": str(delivery.pk),
            "X-Altogether-Timestamp": str(timestamp),
            "X-Altogether-Signature": ",".join(signed),
        }
        try:
            status = post(url=delivery.webhook.url, body=body, headers=headers, allowed=allowed)
        except AddressRefused as error:
            return Outcome(error=error.message)
        return Outcome(answer_status=status, error="" if 200 <= status < 300 else f"It answered {status}.")

    return attempt


def _secrets(webhook: Webhook, now: datetime) -> list[str]:
    """The current one, and the one before while its grace time lasts."""
    is_old_good = webhook.old_secret_until is not None and now < webhook.old_secret_until
    return [unseal(webhook.sealed_secret), *([unseal(webhook.old_sealed_secret)] if is_old_good else [])]


def _record(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """Unless somebody else has taken the row since: then the outcome is theirs to tell."""
    changes: dict[str, object] = {"answer_status": outcome.answer_status, "error": outcome.error}
    if outcome.is_delivered:
        changes["state"] = DeliveryState.DELIVERED
    elif delivery.attempts > len(BACKOFF_SECONDS):
        changes["state"] = DeliveryState.GIVEN_UP
    else:
        changes["next_attempt_at"] = Now() + timedelta(seconds=BACKOFF_SECONDS[delivery.attempts - 1])
    mine = WebhookDelivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, state=DeliveryState.PENDING
    )
    mine.update(**changes)
