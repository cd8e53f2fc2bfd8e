"""How names of review levels come and go in requests and answers."""

from typing import Any

from rest_framework import serializers

from annotation_server.api.bounded import BoundedList
from annotation_server.models.project import MOST_REVIEW_LEVELS

LONGEST_NAME = 60


def review_level_names(**options: Any) -> BoundedList:
    """A field: who reviews at each level, in their order, blank where a level has none."""
    name = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)
    return BoundedList(child=name, max_length=MOST_REVIEW_LEVELS, **options)
