"""What a round tells an admin: its arms, its convergence, its people, their agreement."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.jobs import JobSerializer
from annotation_server.api.token_projects import of_object
from annotation_server.choices import Role
from annotation_server.models import Round
from annotation_server.queries.people.membership import require_role, visible
from annotation_server.queries.reports.agreement import agreement
from annotation_server.queries.reports.convergence import convergence
from annotation_server.queries.reports.people_report import people_report
from annotation_server.queries.reports.round_report import round_report
from annotation_server.queries.review.review_levels import reviews_by_level
from annotation_server.steps.rounds.measure_captions import request_measures


class MeasuredSerializer(serializers.Serializer[Any]):
    """A mean with its 95 % interval."""

    mean = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class ArmSerializer(serializers.Serializer[Any]):
    """seconds, words, words_changed, similarity, shares: unchanged, concepts_kept, accepted (of the reviewed), and of what was
    measured: clip_score, cider (CIDEr-D against other people's captions of the same image)."""

    captions = serializers.IntegerField()
    measures = serializers.DictField(child=MeasuredSerializer())


class LevelReportSerializer(serializers.Serializer[Any]):
    """What one level of review decided."""

    level = serializers.IntegerField()
    name = serializers.CharField(help_text="Who reviews there; empty where the level has no name.")
    accepted = serializers.IntegerField()
    returned = serializers.IntegerField()
    fixed = serializers.IntegerField()


class RoundReportSerializer(serializers.Serializer[Any]):
    """Both arms, with draft minus without (Welch's interval), and the verdicts of each level of review."""

    drafted = ArmSerializer()
    control = ArmSerializer()
    difference = serializers.DictField(child=MeasuredSerializer())
    unmeasured = serializers.IntegerField(
        help_text="Captions without clip_score yet; have them measured: POST /api/v1/rounds/{id}/measure/."
    )
    levels = LevelReportSerializer(many=True)


class ConvergenceSerializer(serializers.Serializer[Any]):
    """How similar the captions are to those of the round before, and what another round would do."""

    compared = serializers.IntegerField()
    converged = serializers.IntegerField()
    mean_similarity = serializers.FloatField(allow_null=True)
    facts_changed = serializers.IntegerField(
        help_text="Captions that keep a concept which the one before dropped, or the reverse; none of them has converged."
    )
    histogram = serializers.ListField(child=serializers.IntegerField())
    threshold = serializers.FloatField()
    still_changing = serializers.IntegerField()
    hours_for_another_round = serializers.FloatField(allow_null=True)
    recommendation = serializers.CharField()


class PersonsWorkSerializer(serializers.Serializer[Any]):
    """Means over the person's captions in the round; shares are 0…1."""

    username = serializers.CharField()
    captions = serializers.IntegerField()
    seconds = serializers.FloatField(allow_null=True)
    unchanged = serializers.FloatField()
    similarity = serializers.FloatField()
    words = serializers.FloatField()
    pasted_share = serializers.FloatField(allow_null=True)
    accepted = serializers.IntegerField()
    returned = serializers.IntegerField()
    fixed = serializers.IntegerField()
    too_fast = serializers.FloatField(allow_null=True)
    checks = serializers.IntegerField(help_text="Check tasks handed in.")
    checks_passed = serializers.IntegerField(help_text="Those of them without the planted error.")
    alarms = serializers.ListField(child=serializers.CharField())


class PeopleAgreementSerializer(serializers.Serializer[Any]):
    """How like each other the captions of the same images are, of two people or of one with the others; 1 is the most."""

    people = serializers.ListField(child=serializers.CharField())
    comparisons = serializers.IntegerField()
    words = serializers.FloatField()
    meaning = serializers.FloatField(allow_null=True)


class AgreementSerializer(serializers.Serializer[Any]):
    """Over images that several people captioned. α is Krippendorff's, over the words' distances and over what was decided on
    each phrase (kept, corrected, dropped)."""

    images = serializers.IntegerField()
    words = MeasuredSerializer(help_text="1 − normalised edit distance of their words.")
    words_alpha = serializers.FloatField(allow_null=True)
    meaning = MeasuredSerializer(
        help_text="Cosine of their embeddings by the captioner's encoder, once measured."
    )
    by_pair = PeopleAgreementSerializer(many=True)
    by_person = PeopleAgreementSerializer(many=True)
    concepts_compared = serializers.IntegerField()
    concept_agreement = serializers.FloatField(allow_null=True)
    concept_alpha = MeasuredSerializer(allow_null=True)
    second_looks = serializers.IntegerField(help_text="Captions that reviewers of two levels saw.")
    second_looks_alike = serializers.FloatField(
        allow_null=True, help_text="The share of them that the later level left as it was."
    )


def _round(request: Request, pk: int) -> Round:
    round = visible(user=caller(request), rows=Round.objects.select_related("project"), pk=pk)
    require_role(user=caller(request), project_id=round.project_id, role=Role.ADMIN)
    return round


class RoundReportView(APIView):
    """The arms of a round (admin)."""

    project_at = of_object(Round)

    @extend_schema(responses=RoundReportSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """What starting from the draft did to time, length and editing; what reviewers decided."""
        round = _round(request, pk)
        report = {**asdict(round_report(round=round)), "levels": reviews_by_level(round=round)}
        return Response(RoundReportSerializer(report).data)


class ConvergenceView(APIView):
    """Whether captions still change (admin)."""

    project_at = of_object(Round)

    @extend_schema(responses=ConvergenceSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Against the round before."""
        return Response(asdict(convergence(round=_round(request, pk))))


class PeopleReportView(APIView):
    """Each person's work in a round (admin)."""

    project_at = of_object(Round)

    @extend_schema(responses=PersonsWorkSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """By name, with alarms."""
        return Response([asdict(work) for work in people_report(round=_round(request, pk))])


class AgreementView(APIView):
    """How far people agree where several caption one image (admin)."""

    project_at = of_object(Round)

    @extend_schema(responses=AgreementSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Per pair and per person, on captions and on concepts."""
        return Response(AgreementSerializer(asdict(agreement(round=_round(request, pk)))).data)


class MeasureView(APIView):
    """Having a round's captions measured (admin)."""

    project_at = of_object(Round)

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """A worker of the captioner compares them with their images and with each other, for the report and agreement."""
        round = _round(request, pk)
        refuse_fields(request)
        job = request_measures(round=round, requested_by=caller(request))
        return Response(JobSerializer(job).data, status=202)
