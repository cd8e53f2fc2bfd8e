"""Webhooks: addresses that are told of what happens to a project's rounds and runs, and what was sent to each."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation_server.choices import DeliveryState


class Webhook(models.Model):
    """An address, which events it is told of (all, where `verbs` is empty), and the secret that signs, sealed. After it was
    renewed the old one signs beside it until `old_secret_until`."""

    project = models.ForeignKey("Project", on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    verbs = ArrayField(models.CharField(max_length=60), default=list)
    sealed_secret = models.TextField()
    old_sealed_secret = models.TextField(blank=True, default="", db_default="")
    old_secret_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey("User", null=True, on_delete=models.SET_NULL, related_name="webhooks")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "webhook"
        ordering = ["id"]


class WebhookDelivery(models.Model):
    """One message, the same bytes at each attempt. A row is also the job: due at `next_attempt_at`, which whoever takes it
    moves on, so that it is due again should they die; `attempts` tells a late answer of theirs from the current one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    verb = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(
        max_length=20,
        choices=DeliveryState.choices,
        default=DeliveryState.PENDING,
        db_default=DeliveryState.PENDING,
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    answer_status = models.PositiveSmallIntegerField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    attempted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook_delivery"
        constraints = [
            models.CheckConstraint(
                name="webhook_delivery_state_known", condition=Q(state__in=DeliveryState.values)
            ),
        ]
        indexes = [
            models.Index(
                name="webhook_delivery_due",
                fields=["next_attempt_at"],
                condition=Q(state=DeliveryState.PENDING),
            ),
            models.Index(name="webhook_delivery_log", fields=["webhook", "-created_at"]),
        ]
