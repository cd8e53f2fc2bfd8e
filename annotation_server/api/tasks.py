"""Tasks: the working copy, the submission, and what else an annotator or reviewer does with one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.caller import caller
from annotation_server.api.pictures import TaskImageSerializer, task_image
from annotation_server.choices import (
    ConceptOutcome,
    DropReason,
    Role,
    StartingText,
    TaskState,
    Verdict,
)
from annotation_server.errors import NotAllowed, NotFound
from annotation_server.models import Caption, Task
from annotation_server.models.project import MOST_REVIEW_LEVELS
from annotation_server.queries.membership import require_role, visible
from annotation_server.queries.task_view import task_views
from annotation_server.steps.review_caption import review_caption
from annotation_server.steps.save_working_copy import save_working_copy
from annotation_server.steps.skip_task import flag_task, release_task, skip_task
from annotation_server.steps.submit_caption import ConceptOutcomeGiven, submit_caption
from annotation_server.steps.undo_submission import undo_submission


class TaskDraftSerializer(serializers.Serializer[Any]):
    """What the captioner wrote for it."""

    text = serializers.CharField()
    run = serializers.CharField()
    mean_logprob = serializers.FloatField(allow_null=True)
    token_logprobs = serializers.ListField(child=serializers.ListField(child=serializers.JSONField()))


class WorkingCopySerializer(serializers.Serializer[Any]):
    """The text so far; `version` is the one the text was loaded from."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)
    version = serializers.IntegerField(min_value=0)


class SavedWorkingCopySerializer(WorkingCopySerializer):
    """After a save; the lease is null when the task is in other hands by now (the words are kept)."""

    lease_expires_at = serializers.DateTimeField(allow_null=True)


class TaskReviewSerializer(serializers.Serializer[Any]):
    """What the reviewer said of a returned task."""

    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField()
    anchor = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="[start, end] in caption_text."
    )
    reviewer = serializers.CharField()
    caption_text = serializers.CharField(help_text="The text that the reviewer read.")


class TaskSerializer(serializers.Serializer[Any]):
    """Everything the workbench shows of a task."""

    id = serializers.IntegerField()
    round = serializers.IntegerField()
    state = serializers.ChoiceField(choices=TaskState.choices)
    starting_text = serializers.CharField()
    starting_source = serializers.ChoiceField(choices=StartingText.choices)
    alt_texts = serializers.ListField(child=serializers.CharField())
    phrases = serializers.ListField(
        child=serializers.CharField(), help_text="The concrete phrases of the alt-texts, found at import."
    )
    previous_caption = serializers.CharField(allow_null=True)
    draft = TaskDraftSerializer(allow_null=True)
    working_copy = WorkingCopySerializer()
    image = TaskImageSerializer()
    lease_expires_at = serializers.DateTimeField(allow_null=True)
    review = TaskReviewSerializer(allow_null=True)
    flagged = serializers.BooleanField()
    flag_note = serializers.CharField()


def as_task(view: dict[str, Any]) -> dict[str, Any]:
    """A task view with its image's addresses. Plain dicts: this is the hottest answer of the server."""
    return {**view, "image": task_image(**view["image"])}


class ConceptSerializer(serializers.Serializer[Any]):
    """What became of one phrase of the alt-text."""

    phrase = serializers.CharField(max_length=500)
    outcome = serializers.ChoiceField(choices=ConceptOutcome.choices)
    reason = serializers.ChoiceField(choices=DropReason.choices, required=False, allow_null=True)


class SubmissionSerializer(serializers.Serializer[Any]):
    """A caption to hand in; `submission_id` is made by the client, one per submission."""

    submission_id = serializers.UUIDField()
    text = serializers.CharField(trim_whitespace=False, allow_blank=True)
    seconds = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1e7)
    pasted_share = serializers.FloatField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=1,
        help_text="Share of characters that were pasted.",
    )
    concepts = ConceptSerializer(many=True, required=False, default=list)


class SubmittedCaptionSerializer(serializers.ModelSerializer[Caption]):
    """The stored caption."""

    class Meta:
        model = Caption
        fields = ["id", "task", "submission_id", "text", "late", "created_at"]


class ReasonSerializer(serializers.Serializer[Any]):
    """Why: one of the project's reasons, the person's own words, or both. A reason that is not in the list counts as words."""

    reason = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)


class UndoSerializer(serializers.Serializer[Any]):
    """Which submission to take back."""

    caption = serializers.IntegerField(min_value=1)


class ReviewSerializer(serializers.Serializer[Any]):
    """A verdict on the caption that the reviewer read."""

    caption = serializers.IntegerField(min_value=1)
    level = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_REVIEW_LEVELS,
        help_text="As the queue says; needed where a round has several levels of review.",
    )
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField(required=False, default="", allow_blank=True)
    text = serializers.CharField(required=False, allow_null=True, trim_whitespace=False)
    anchor = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=10**7),
        required=False,
        allow_null=True,
        min_length=2,
        max_length=2,
        help_text="[start, end]: the characters of the caption that the comment is about.",
    )


class TaskViewSet(viewsets.GenericViewSet[Task]):
    """One task at a time."""

    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def _task(self) -> Task:
        """The task in the path, if its project is the caller's."""
        rows = Task.objects.select_related("round__project")
        return visible(user=caller(self.request), rows=rows, path="round__project", pk=self.kwargs["pk"])

    def _given(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        given = serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    @extend_schema(responses=TaskSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A task that the caller holds or held; reviewers see every task."""
        task = self._task()
        held = (
            task.annotator_id == caller(request).pk
            or task.working_copies.filter(annotator=caller(request)).exists()
        )
        if not held:
            try:
                require_role(user=caller(request), project_id=task.round.project_id, role=Role.REVIEWER)
            except NotAllowed as error:
                raise NotFound("There is no such task, or it is not yours.") from error
        return Response(as_task(task_views(task_ids=[task.pk], viewer_id=caller(request).pk)[0]))

    @extend_schema(request=WorkingCopySerializer, responses=SavedWorkingCopySerializer)
    @action(detail=True, methods=["put"], url_path="working-copy")
    def working_copy(self, request: Request, pk: str) -> Response:
        """Autosave; extends the lease. 409 newer-text-saved carries the newer text and its version."""
        given, task = self._given(WorkingCopySerializer), self._task()
        version, lease = save_working_copy(
            task=task, annotator=caller(request), limit=task.round.project.caption_limit, **given
        )
        return Response({"text": given["text"], "version": version, "lease_expires_at": lease})

    @extend_schema(
        request=SubmissionSerializer,
        responses={201: SubmittedCaptionSerializer, 200: SubmittedCaptionSerializer},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand a caption in: 201, or 200 with the same answer when this submission was stored before."""
        given = self._given(SubmissionSerializer)
        submission = submit_caption(
            task_id=int(pk),
            annotator=caller(request),
            submission_id=given["submission_id"],
            text=given["text"],
            seconds=given.get("seconds"),
            pasted_share=given.get("pasted_share"),
            concepts=[_concept(one) for one in given["concepts"]],
        )
        answer = SubmittedCaptionSerializer(submission.caption).data
        return Response(answer, status=200 if submission.repeated else 201)

    @extend_schema(request=ReasonSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def skip(self, request: Request, pk: str) -> Response:
        """Pass the task on to somebody else."""
        skip_task(task=self._task(), annotator=caller(request), **self._given(ReasonSerializer))
        return Response(status=204)

    @extend_schema(request=ReasonSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def flag(self, request: Request, pk: str) -> Response:
        """Ask for a reviewer's eyes; the caller goes on with the task."""
        flag_task(task=self._task(), annotator=caller(request), **self._given(ReasonSerializer))
        return Response(status=204)

    @extend_schema(request=ReasonSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Give the task back now."""
        release_task(task=self._task(), annotator=caller(request), **self._given(ReasonSerializer))
        return Response(status=204)

    @extend_schema(request=UndoSerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take the caller's last submission back, while the round is open and nobody reviewed it."""
        given, task = self._given(UndoSerializer), self._task()
        rows = Caption.objects.select_related("task").filter(task=task, annotator=caller(request))
        caption = visible(user=caller(request), rows=rows, path="task__round__project", pk=given["caption"])
        undo_submission(caption=caption, annotator=caller(request))
        return Response(as_task(task_views(task_ids=[task.pk], viewer_id=caller(request).pk)[0]))

    @extend_schema(request=ReviewSerializer, responses={201: TaskSerializer})
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """Accept, return, or fix and accept (reviewer)."""
        given, task = self._given(ReviewSerializer), self._task()
        require_role(user=caller(request), project_id=task.round.project_id, role=Role.REVIEWER)
        rows = Caption.objects.select_related("task", "annotator")
        caption = visible(
            user=caller(request), rows=rows, path="task__round__project", pk=given["caption"], task=task
        )
        review_caption(
            caption=caption,
            reviewer=caller(request),
            level=given.get("level"),
            verdict=Verdict(given["verdict"]),
            comment=given["comment"],
            text=given.get("text"),
            anchor=tuple(given["anchor"]) if given.get("anchor") else None,
            limit=task.round.project.caption_limit,
        )
        return Response(as_task(task_views(task_ids=[task.pk], viewer_id=caller(request).pk)[0]), status=201)


def _concept(given: dict[str, Any]) -> ConceptOutcomeGiven:
    reason = given.get("reason")
    return ConceptOutcomeGiven(
        phrase=given["phrase"],
        outcome=ConceptOutcome(given["outcome"]),
        reason=DropReason(reason) if reason else None,
    )
