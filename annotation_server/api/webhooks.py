"""A project's webhooks and what was sent to them (admin)."""

from typing import Any

from django.urls import path, re_path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.bounded import BoundedList
from annotation_server.api.caller import caller
from annotation_server.api.token_limits import refuse_tokens
from annotation_server.api.token_projects import in_address
from annotation_server.choices import DeliveryState, WebhookVerb
from annotation_server.errors import NotFound
from annotation_server.models import Webhook, WebhookDelivery
from annotation_server.queries.people.membership import administered_project
from annotation_server.steps.projects.change_webhook import (
    add_webhook,
    change_webhook,
    remove_webhook,
    renew_secret,
    send_again,
    try_webhook,
)

SHOWN_DELIVERIES = 50
GRACE_HOURS = 24
MOST_GRACE_HOURS = 30 * 24
VERBS = [verb for verb in WebhookVerb.choices if verb[0] != WebhookVerb.TEST]


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """An address and what it is told of (everything, where `verbs` is empty). `old_secret_until`: until when the secret before
    the current one signs beside it."""

    verbs = serializers.ListField(child=serializers.ChoiceField(choices=VERBS))

    class Meta:
        model = Webhook
        fields = ["id", "url", "verbs", "is_active", "created_at", "old_secret_until"]


class NewWebhookSerializer(Body):
    """What is asked of a new webhook."""

    url = serializers.CharField(max_length=500)
    verbs = BoundedList(
        child=serializers.ChoiceField(choices=VERBS), max_length=len(VERBS), required=False, default=list
    )


class ChangedWebhookSerializer(Body):
    """What is to change."""

    url = serializers.CharField(max_length=500, required=False)
    verbs = BoundedList(child=serializers.ChoiceField(choices=VERBS), max_length=len(VERBS), required=False)
    is_active = serializers.BooleanField(required=False)


class MadeWebhookSerializer(serializers.Serializer[Any]):
    """The webhook; `secret` signs its messages and is shown this once."""

    webhook = WebhookSerializer()
    secret = serializers.CharField()


class RenewSecretSerializer(Body):
    """How long the old secret goes on signing beside the new one; 0: not at all, after a leak."""

    grace_hours = serializers.IntegerField(
        min_value=0, max_value=MOST_GRACE_HOURS, required=False, default=GRACE_HOURS
    )


class DeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    """One message: what it says, how often it was tried, what the receiver answered last."""

    state = serializers.ChoiceField(choices=DeliveryState.choices)

    class Meta:
        model = WebhookDelivery
        fields = [
            *("id", "verb", "body", "state", "attempts", "next_attempt_at"),
            *("answer_status", "error", "created_at", "attempted_at"),
        ]


def _webhook(request: Request, slug: str, webhook: str) -> Webhook:
    found = Webhook.objects.filter(
        project=administered_project(user=caller(request), slug=slug), pk=webhook
    ).first()
    if found is None:
        raise NotFound("The project has no such webhook.")
    return found


class WebhooksView(APIView):
    """All webhooks of a project."""

    by_people = ("POST",)
    project_at = in_address

    @extend_schema(responses=WebhookSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Oldest first."""
        return Response(
            WebhookSerializer(
                Webhook.objects.filter(project=administered_project(user=caller(request), slug=slug)),
                many=True,
            ).data
        )

    @extend_schema(
        request=NewWebhookSerializer,
        responses={201: MadeWebhookSerializer},
        examples=[
            OpenApiExample(
                "Tell of closed rounds and failed runs",
                value={
                    "url": "https://ci.example.org/altogether",
                    "verbs": ["round.closed", "captioner_run.failed"],
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Add one; see docs/webhooks.md for what is sent and how to check that it is ours."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, NewWebhookSerializer)
        webhook, secret = add_webhook(project=project, added_by=caller(request), **given)
        return Response({"webhook": WebhookSerializer(webhook).data, "secret": secret}, status=201)


class WebhookView(APIView):
    """One webhook."""

    project_at = in_address

    @extend_schema(request=ChangedWebhookSerializer(partial=True), responses=WebhookSerializer)
    def patch(self, request: Request, slug: str, webhook: str) -> Response:
        """Change its address, its events, or whether it is told."""
        found = _webhook(request, slug, webhook)
        given = body(request, ChangedWebhookSerializer, partial=True)
        if "url" in given:
            refuse_tokens(request)
        change_webhook(webhook=found, changes=given, changed_by=caller(request))
        found.refresh_from_db()
        return Response(WebhookSerializer(found).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, webhook: str) -> Response:
        """Remove it with its log."""
        found = _webhook(request, slug, webhook)
        refuse_fields(request)
        remove_webhook(webhook=found, removed_by=caller(request))
        return Response(status=204)


class WebhookSecretView(APIView):
    """The secret that signs the webhook's messages."""

    by_people = ("POST",)
    project_at = in_address

    @extend_schema(
        request=RenewSecretSerializer,
        responses=MadeWebhookSerializer,
        examples=[
            OpenApiExample(
                "The receiver has a day to learn it", value={"grace_hours": 24}, request_only=True
            ),
            OpenApiExample("After a leak", value={"grace_hours": 0}, request_only=True),
        ],
    )
    def post(self, request: Request, slug: str, webhook: str) -> Response:
        """Make a new one. Until the grace time is over each message is signed with both."""
        found = _webhook(request, slug, webhook)
        given = body(request, RenewSecretSerializer)
        secret = renew_secret(webhook=found, renewed_by=caller(request), **given)
        found.refresh_from_db()
        return Response({"webhook": WebhookSerializer(found).data, "secret": secret})


class WebhookTestView(APIView):
    """The test button."""

    project_at = in_address

    @extend_schema(request=None, responses={201: DeliverySerializer})
    def post(self, request: Request, slug: str, webhook: str) -> Response:
        """Send it a message of no consequence within seconds; its log tells how that went."""
        found = _webhook(request, slug, webhook)
        refuse_fields(request)
        delivery = try_webhook(webhook=found, tried_by=caller(request))
        return Response(DeliverySerializer(delivery).data, status=201)


class DeliveriesView(APIView):
    """What was sent to one webhook."""

    project_at = in_address

    @extend_schema(responses=DeliverySerializer(many=True))
    def get(self, request: Request, slug: str, webhook: str) -> Response:
        """The newest fifty."""
        rows = WebhookDelivery.objects.filter(webhook=_webhook(request, slug, webhook))
        return Response(
            DeliverySerializer(rows.order_by("-created_at", "id")[:SHOWN_DELIVERIES], many=True).data
        )


class DeliveryView(APIView):
    """One message."""

    project_at = in_address

    @extend_schema(request=None, responses=DeliverySerializer)
    def post(self, request: Request, slug: str, webhook: str, delivery: str) -> Response:
        """Send it again, now."""
        rows = WebhookDelivery.objects.filter(webhook=_webhook(request, slug, webhook))
        found = rows.filter(pk=delivery).first()
        if found is None:
            raise NotFound("Nothing of that id was sent to the webhook.")
        refuse_fields(request)
        send_again(delivery=found)
        found.refresh_from_db()
        return Response(DeliverySerializer(found).data)


UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ONE = r"^projects/(?P<slug>[-a-zA-Z0-9_]+)/webhooks/(?P<webhook>[0-9]{1,18})/"
urlpatterns = [
    path("projects/<slug:slug>/webhooks/", WebhooksView.as_view(), name="webhooks"),
    re_path(ONE + r"$", WebhookView.as_view(), name="webhook-detail"),
    re_path(ONE + r"secret/$", WebhookSecretView.as_view(), name="webhook-secret"),
    re_path(ONE + r"test/$", WebhookTestView.as_view(), name="webhook-test"),
    re_path(ONE + r"deliveries/$", DeliveriesView.as_view(), name="webhook-deliveries"),
    re_path(ONE + rf"deliveries/(?P<delivery>{UUID})/$", DeliveryView.as_view(), name="webhook-delivery"),
]
