"""Cohorts: fixed groups of a project's members, so that a round can give each its own share of the tasks."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Cohort(models.Model):
    """A named group. A member is in one cohort of the project at most (`Membership.cohort`)."""

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cohort"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="cohort_name_once_per_project", fields=["project", "name"]),
            models.CheckConstraint(name="cohort_has_a_name", condition=Q(name__regex=r"\S")),
        ]
