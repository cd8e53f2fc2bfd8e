"""What an import shows of itself: what a worker saw in the source, and what became of the rows."""

from typing import Any

from rest_framework import serializers

from annotation_server.formats.readers import READERS
from annotation_server.formats.readers.ledger import Kind
from annotation_server.formats.readers.survey import Survey

NOT_SURVEYED = {"said": {}, "survey": Survey().as_json(), "account": [], "candidates": []}


class PreviewColumnSerializer(serializers.Serializer[Any]):
    """A column, what it was taken for (empty: nothing), and what a first row has in it. It counts only where the column
    `spare` is empty, if there is one."""

    name = serializers.CharField()
    field = serializers.CharField()
    sample = serializers.CharField()
    spare = serializers.CharField(default="")


class PreviewRowSerializer(serializers.Serializer[Any]):
    """One of the first rows as it would be imported; `picture` says where that is, `problem` why the row would be refused."""

    row = serializers.IntegerField()
    name = serializers.CharField()
    image = serializers.CharField()
    picture = serializers.ChoiceField(choices=["", "found", "missing", "address", "inside"])
    alt_texts = serializers.ListField(child=serializers.CharField())
    split = serializers.CharField()
    captions = serializers.DictField(child=serializers.CharField())
    problem = serializers.CharField()


class SkippedMemberSerializer(serializers.Serializer[Any]):
    """A member of an archive that was left out."""

    name = serializers.CharField()
    reason = serializers.CharField()


class LeftSerializer(serializers.Serializer[Any]):
    """How many parts of the source are not used for one reason, and the first of them."""

    reason = serializers.CharField()
    count = serializers.IntegerField()
    example = serializers.CharField()


class AccountSerializer(serializers.Serializer[Any]):
    """One kind of a source's parts: how many are used, and why others are not."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    used = serializers.IntegerField()
    left = serializers.IntegerField()
    reasons = LeftSerializer(many=True)


class PicturesSerializer(serializers.Serializer[Any]):
    """Where the pictures of the rows are that were looked at."""

    found = serializers.IntegerField()
    missing = serializers.IntegerField()
    address = serializers.IntegerField()
    inside = serializers.IntegerField()
    missing_example = serializers.CharField()


class SurveySerializer(serializers.Serializer[Any]):
    """The first rows, of a small source all (`complete`)."""

    rows_read = serializers.IntegerField()
    rows_refused = serializers.IntegerField()
    complete = serializers.BooleanField()
    texts = serializers.IntegerField()
    rows_with_texts = serializers.IntegerField()
    pictures = PicturesSerializer()


class SourceCandidateSerializer(serializers.Serializer[Any]):
    """A file of the source that could say what the rows are; `file` is `.` for the folder itself."""

    file = serializers.CharField()
    format = serializers.ChoiceField(choices=READERS)


class SaidSerializer(serializers.Serializer[Any]):
    """How the source was to be read when the worker looked."""

    format = serializers.ChoiceField(choices=READERS, allow_blank=True, default="")
    texts = serializers.CharField(default="")
    images = serializers.CharField(default="")
    encoding = serializers.CharField(default="")
    columns = serializers.DictField(child=serializers.CharField(), default=dict)


class PreviewSerializer(serializers.Serializer[Any]):
    """What a worker saw. `total` is 0 where it is not known beforehand. With `candidates` nothing was read: choose one of them
    as `texts`."""

    said = SaidSerializer()
    format = serializers.CharField()
    total = serializers.IntegerField()
    columns = PreviewColumnSerializer(many=True)
    rows = PreviewRowSerializer(many=True)
    skipped_count = serializers.IntegerField()
    skipped = SkippedMemberSerializer(many=True)
    names_read = serializers.DictField(
        child=serializers.IntegerField(),
        default=dict,
        help_text="Names in a zip that does not say how they are written: how many were read in which encoding.",
    )
    survey = SurveySerializer()
    account = AccountSerializer(many=True)
    candidates = SourceCandidateSerializer(many=True)


class RefusalReasonSerializer(serializers.Serializer[Any]):
    """How many rows were refused for one reason, and the first of them."""

    reason = serializers.CharField()
    count = serializers.IntegerField()
    example = serializers.CharField()


class RefusalSerializer(serializers.Serializer[Any]):
    """A row that was refused, or taken with a note."""

    row = serializers.IntegerField()
    name = serializers.CharField()
    reason = serializers.CharField()


class ReportSerializer(serializers.Serializer[Any]):
    """What became of the rows so far. `refusals` and `notes` are the first ones; `rows.csv` has every row's outcome.
    `account` tells of each part of the source what it was used for; it is there once all rows were read."""

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
    account = AccountSerializer(many=True)
