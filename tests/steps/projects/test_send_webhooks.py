"""Webhooks: what is told to whom, signed so that it can be checked, tried again, and never into the inside."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from django.utils import timezone

from annotation_server.choices import DeliveryState
from annotation_server.errors import AddressRefused
from annotation_server.models import Event, Image, Project, Round, User, Webhook, WebhookDelivery
from annotation_server.steps.projects.change_webhook import (
    add_webhook,
    change_webhook,
    remove_webhook,
    renew_secret,
    send_again,
    try_webhook,
)
from annotation_server.steps.projects.create_project import create_project
from annotation_server.steps.projects.send_webhooks import (
    BACKOFF_SECONDS,
    Outcome,
    _record,
    _take,
    send_webhooks,
)
from annotation_server.steps.rounds.close_round import close_round
from tests.at_once import at_once
from tests.undone import undone

LOOPBACK = [ip_network("127.0.0.1/32")]


class Receiver(ThreadingHTTPServer):
    """Keeps what it gets; answers as it is told."""

    daemon_threads = True
    request_queue_size = 64  # four senders of eight threads each knock at once

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Inbox)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?from=altogether"


class Inbox(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def due_again() -> None:
    """Time goes by."""
    WebhookDelivery.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def signed_with(secret: str, headers: dict[str, str], body: bytes) -> str:
    """What a receiver that knows the secret expects."""
    signed = headers["X-Altogether-Timestamp"].encode() + b"." + body
    return f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


@pytest.fixture
def hook(project: Project, ada: User, receiver: Receiver) -> tuple[Webhook, str]:
    return add_webhook(project=project, url=receiver.url, verbs=[], added_by=ada)


def test_a_closed_round_is_told_of_and_the_signature_can_be_checked(
    hook: tuple[Webhook, str],
    receiver: Receiver,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    ada: User,
) -> None:
    make_images(1)
    round = open_round()
    close_round(round=round, closed_by=ada)
    assert send_webhooks(allowed=LOOPBACK) == 2
    told = {json.loads(body)["event"]: (headers, body) for headers, body in receiver.got}
    assert sorted(told) == ["round.closed", "round.launched"]
    headers, body = told["round.closed"]
    event = Event.objects.get(verb="round.closed")
    assert json.loads(body) == {
        "id": event.pk,
        "event": "round.closed",
        "at": event.at.isoformat(),
        "actor": "ada",
        "project": "iguanas",
        "object": {"type": "round", "id": str(round.pk)},
        "before": event.before,
        "after": event.after,
    }
    assert headers["X-Altogether-Signature"] == signed_with(hook[1], headers, body)
    assert set(WebhookDelivery.objects.values_list("state", "attempts", "answer_status")) == {
        (DeliveryState.DELIVERED, 1, 204)
    }
    assert send_webhooks(allowed=LOOPBACK) == 0


def test_only_the_events_that_are_asked_for_of_the_webhooks_own_project(
    hook: tuple[Webhook, str],
    ada: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
) -> None:
    webhook, _ = hook
    change_webhook(webhook=webhook, changes={"verbs": ["round.closed"]}, changed_by=ada)
    other = create_project(slug="lizards", name="Lizards", created_by=None)
    make_images(1, of=other)
    close_round(round=open_round(of=other), closed_by=ada)
    make_images(1)
    open_round()
    assert WebhookDelivery.objects.count() == 0
    change_webhook(webhook=webhook, changes={"is_active": False}, changed_by=ada)
    close_round(round=Round.objects.get(project=webhook.project), closed_by=ada)
    assert WebhookDelivery.objects.count() == 0


def test_a_failure_is_tried_again_with_the_same_bytes_later_and_later_and_then_given_up(
    hook: tuple[Webhook, str], receiver: Receiver, ada: User
) -> None:
    receiver.status = 500
    delivery = try_webhook(webhook=hook[0], tried_by=ada)
    waits = []
    for _ in BACKOFF_SECONDS:
        assert send_webhooks(allowed=LOOPBACK) == 1
        assert send_webhooks(allowed=LOOPBACK) == 0, "it waits"
        delivery.refresh_from_db()
        assert delivery.attempted_at is not None
        waits.append(round((delivery.next_attempt_at - delivery.attempted_at).total_seconds(), -1))
        due_again()
    assert waits == BACKOFF_SECONDS
    assert send_webhooks(allowed=LOOPBACK) == 1
    due_again()
    assert send_webhooks(allowed=LOOPBACK) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer_status, delivery.error) == ("given_up", 500, "It answered 500.")
    assert len({body for _, body in receiver.got}) == 1
    assert {headers["X-Altogether-Delivery"] for headers, _ in receiver.got} == {str(delivery.pk)}
    receiver.status = 200
    send_again(delivery=delivery)
    send_webhooks(allowed=LOOPBACK)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("delivered", 1, "")


def test_a_redirect_is_not_followed(hook: tuple[Webhook, str], receiver: Receiver, ada: User) -> None:
    receiver.status = 302
    try_webhook(webhook=hook[0], tried_by=ada)
    send_webhooks(allowed=LOOPBACK)
    assert len(receiver.got) == 1
    assert WebhookDelivery.objects.get().answer_status == 302
    assert WebhookDelivery.objects.get().state == DeliveryState.PENDING


def test_without_leave_nothing_inside_is_reached(
    hook: tuple[Webhook, str], receiver: Receiver, ada: User
) -> None:
    try_webhook(webhook=hook[0], tried_by=ada)
    send_webhooks()
    assert receiver.got == []
    assert "may not reach" in WebhookDelivery.objects.get().error


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "https://", "https://u:p@example.org/", "javascript:1", ""],
)
def test_what_is_no_address_is_refused_at_once(project: Project, ada: User, url: str) -> None:
    with pytest.raises(AddressRefused):
        add_webhook(project=project, url=url, verbs=[], added_by=ada)
    assert not Webhook.objects.exists()


def test_the_secret_is_not_stored_in_the_clear(hook: tuple[Webhook, str]) -> None:
    assert hook[1] not in Webhook.objects.get().sealed_secret


def test_a_renewed_secret_signs_beside_the_old_one_until_the_grace_time_is_over(
    hook: tuple[Webhook, str], receiver: Receiver, ada: User
) -> None:
    webhook, old = hook

    def secrets_that_signed() -> list[str]:
        try_webhook(webhook=webhook, tried_by=ada)
        send_webhooks(allowed=LOOPBACK)
        headers, body = receiver.got[-1]
        signatures = headers["X-Altogether-Signature"].split(",")
        known = {signed_with(secret, headers, body): secret for secret in secrets}
        return [known[each] for each in signatures]

    secrets = [old]
    assert secrets_that_signed() == [old]
    secrets.append(renew_secret(webhook=webhook, grace_hours=2, renewed_by=ada))
    assert secrets_that_signed() == [secrets[1], old]
    Webhook.objects.update(old_secret_until=timezone.now() - timedelta(seconds=1))
    assert secrets_that_signed() == [secrets[1]]
    secrets.append(renew_secret(webhook=webhook, grace_hours=0, renewed_by=ada))
    assert secrets_that_signed() == [secrets[2]]
    renewed = Event.objects.filter(verb="webhook.secret_renewed").order_by("id")
    assert [event.after for event in renewed] == [{"grace_hours": 2}, {"grace_hours": 0}]


def test_what_is_rolled_back_is_not_told(hook: tuple[Webhook, str], ada: User) -> None:
    with undone():
        try_webhook(webhook=hook[0], tried_by=ada)
    assert WebhookDelivery.objects.count() == 0


def test_a_sender_that_dies_leaves_the_message_due_and_a_late_answer_of_it_changes_nothing(
    hook: tuple[Webhook, str], receiver: Receiver, ada: User
) -> None:
    try_webhook(webhook=hook[0], tried_by=ada)
    [taken] = _take()  # and then it is gone
    assert send_webhooks(allowed=LOOPBACK) == 0
    due_again()
    receiver.status = 500
    assert send_webhooks(allowed=LOOPBACK) == 1
    _record(taken, Outcome(answer_status=200))
    assert WebhookDelivery.objects.get().state == DeliveryState.PENDING


@pytest.mark.django_db(transaction=True)
def test_of_many_senders_each_message_is_sent_by_one(
    hook: tuple[Webhook, str], receiver: Receiver, ada: User
) -> None:
    for _ in range(30):
        try_webhook(webhook=hook[0], tried_by=ada)
    made = at_once([lambda: send_webhooks(allowed=LOOPBACK)] * 4)
    assert sum(int(count) for count in made if not isinstance(count, Exception)) == 30
    assert len({headers["X-Altogether-Delivery"] for headers, _ in receiver.got}) == len(receiver.got) == 30


def test_every_change_is_in_the_audit_log(hook: tuple[Webhook, str], ada: User) -> None:
    webhook, secret = hook
    change_webhook(webhook=webhook, changes={"is_active": False}, changed_by=ada)
    remove_webhook(webhook=webhook, removed_by=ada)
    rows = Event.objects.filter(object_type="webhook").order_by("id").values_list("verb", "before", "after")
    assert [verb for verb, _, _ in rows] == ["webhook.added", "webhook.changed", "webhook.removed"]
    assert rows[1][1:] == ({"is_active": True}, {"is_active": False})
    assert secret not in json.dumps([row[1:] for row in rows])
