"""What an import shows of itself: what a worker saw in the source, and what became of the rows."""

from typing import Any

from rest_framework import serializers


class PreviewColumnSerializer(serializers.Serializer[Any]):
    """A column, what it was taken for (empty: nothing), and what a first row has in it."""

    name = serializers.CharField()
    field = serializers.CharField()
    sample = serializers.CharField()


class PreviewRowSerializer(serializers.Serializer[Any]):
    """One of the first rows as it would be imported; `problem` says why it would not."""

    row = serializers.IntegerField()
    name = serializers.CharField()
    image = serializers.CharField()
    alt_texts = serializers.ListField(child=serializers.CharField())
    split = serializers.CharField()
    captions = serializers.DictField(child=serializers.CharField())
    problem = serializers.CharField()


class SkippedMemberSerializer(serializers.Serializer[Any]):
    """A member of an archive that was left out."""

    name = serializers.CharField()
    reason = serializers.CharField()


class PreviewSerializer(serializers.Serializer[Any]):
    """What a worker saw. `total` is 0 where it is not known beforehand."""

    format = serializers.CharField()
    total = serializers.IntegerField()
    columns = PreviewColumnSerializer(many=True)
    rows = PreviewRowSerializer(many=True)
    skipped_count = serializers.IntegerField()
    skipped = SkippedMemberSerializer(many=True)


class RefusalReasonSerializer(serializers.Serializer[Any]):
    """How many rows were refused for one reason."""

    reason = serializers.CharField()
    count = serializers.IntegerField()


class RefusalSerializer(serializers.Serializer[Any]):
    """A row that was refused, or taken with a note."""

    row = serializers.IntegerField()
    name = serializers.CharField()
    reason = serializers.CharField()


class ReportSerializer(serializers.Serializer[Any]):
    """What became of the rows so far. `refusals` and `notes` are the first ones; `rows.csv` has every row's outcome."""

    rows = serializers.IntegerField()
    imported = serializers.IntegerField()
    already_there = serializers.IntegerField()
    refused = serializers.IntegerField()
    alt_texts = serializers.IntegerField()
    captions = serializers.IntegerField()
    joined_clusters = serializers.IntegerField()
    reasons = RefusalReasonSerializer(many=True)
    refusals = RefusalSerializer(many=True)
    notes = RefusalSerializer(many=True)
