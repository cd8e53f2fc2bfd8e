"""Tasks: the working copy, the submission, and what else an annotator or reviewer does with one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body
from annotation_server.api.bounded import LARGEST_ID, LONGEST_TEXT, BoundedList
from annotation_server.api.caller import caller
from annotation_server.api.pictures import TaskImageSerializer, task_image
from annotation_server.api.token_projects import of_object
from annotation_server.choices import (
    ConceptOutcome,
    DropReason,
    Role,
    StartingText,
    TaskState,
    Verdict,
)
from annotation_server.errors import NotFound
from annotation_server.models import Caption, Task
from annotation_server.models.project import MOST_REVIEW_LEVELS
from annotation_server.queries.people.membership import require_role, role_in, visible
from annotation_server.queries.tasks.task_view import as_left_behind, task_views
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.save_working_copy import save_working_copy
from annotation_server.steps.tasks.skip_task import flag_task, release_task, skip_task
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.steps.tasks.undo_submission import undo_submission
from annotation_server.texts.concepts import ConceptOutcomeGiven
from annotation_server.texts.text import COMMENT_LIMIT

# Of one caption: all phrases of its alt-texts.
MOST_CONCEPTS = 1_000


class TaskDraftSerializer(serializers.Serializer[Any]):
    """What the captioner wrote for it."""

    text = serializers.CharField()
    run = serializers.CharField()
    pieces = serializers.ListField(
        child=serializers.CharField(allow_blank=True),
        help_text="The text in pieces, by turns: what the captioner was sure of, and what it was unsure of.",
    )


class ConceptSerializer(Body):
    """What became of one phrase of the alt-text."""

    phrase = serializers.CharField(max_length=500)
    outcome = serializers.ChoiceField(choices=ConceptOutcome.choices)
    reason = serializers.ChoiceField(choices=DropReason.choices, required=False, allow_null=True)


class WorkingCopySerializer(Body):
    """The text so far; `version` is the one the text was loaded from."""

    text = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, trim_whitespace=False)
    version = serializers.IntegerField(min_value=0)


class WorkInProgressSerializer(WorkingCopySerializer):
    """What is kept of somebody's work before they hand it in. The text may be longer than a caption may be."""

    concepts = BoundedList(
        child=ConceptSerializer(),
        max_length=MOST_CONCEPTS,
        required=False,
        allow_null=True,
        help_text="All that is decided so far; left out or null: as it was.",
    )


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
    concepts = ConceptSerializer(
        many=True, help_text="What the caller decided on phrases so far, or in their caption."
    )
    concepts_before = ConceptSerializer(
        many=True, help_text="What was decided in the caption of the round before."
    )
    image = TaskImageSerializer()
    lease_expires_at = serializers.DateTimeField(allow_null=True)
    review = TaskReviewSerializer(allow_null=True)
    flagged = serializers.BooleanField()
    flag_note = serializers.CharField()


def as_task(view: dict[str, Any]) -> dict[str, Any]:
    """A task view with its image's addresses. Plain dicts: this is the hottest answer of the server."""
    return {**view, "image": task_image(**view["image"])}


class SubmissionSerializer(Body):
    """A caption to hand in; `submission_id` is made by the client, one per submission."""

    submission_id = serializers.UUIDField()
    text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False, allow_blank=True)
    seconds = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1e7)
    pasted_share = serializers.FloatField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=1,
        help_text="Share of characters that were pasted.",
    )
    concepts = BoundedList(child=ConceptSerializer(), max_length=MOST_CONCEPTS, required=False, default=list)


class SubmittedCaptionSerializer(serializers.ModelSerializer[Caption]):
    """The stored caption."""

    class Meta:
        model = Caption
        fields = ["id", "task", "submission_id", "text", "late", "created_at"]


class ReasonSerializer(Body):
    """Why: one of the project's reasons, the person's own words, or both. A reason that is not in the list counts as words."""

    reason = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)


class UndoSerializer(Body):
    """Which submission to take back."""

    caption = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class ReviewSerializer(Body):
    """A verdict on the caption that the reviewer read."""

    caption = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    level = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_REVIEW_LEVELS,
        help_text="As the queue says; needed where a round has several levels of review.",
    )
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    comment = serializers.CharField(max_length=COMMENT_LIMIT, required=False, default="", allow_blank=True)
    text = serializers.CharField(
        max_length=LONGEST_TEXT,
        required=False,
        allow_null=True,
        trim_whitespace=False,
        help_text="Of a fix; may be left out where only the concept answers are corrected.",
    )
    concepts = BoundedList(
        child=ConceptSerializer(),
        max_length=MOST_CONCEPTS,
        required=False,
        allow_null=True,
        help_text="Of a fix: the answers as they are right. Left out: the author's that the text still bears out.",
    )
    anchor = BoundedList(
        child=serializers.IntegerField(min_value=0, max_value=10**7),
        required=False,
        allow_null=True,
        min_length=2,
        max_length=2,
        help_text="[start, end]: the characters of the caption that the comment is about.",
    )


class TaskViewSet(viewsets.GenericViewSet[Task]):
    """One task at a time."""

    project_at = of_object(Task, "round__project")
    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def _task(self, *, even_paused: bool = False) -> Task:
        """The task in the path, if its project is the caller's."""
        rows = Task.objects.select_related("round__project")
        user, key = caller(self.request), self.kwargs["pk"]
        return visible(user=user, rows=rows, path="round__project", even_paused=even_paused, pk=key)

    def _given(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        given = serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    @extend_schema(responses=TaskSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A task that the caller holds; of one that they held, what they had and wrote. Reviewers see every task."""
        task, user = self._task(), caller(request)
        role = role_in(user=user, project_id=task.round.project_id)
        if role in {Role.REVIEWER, Role.ADMIN}:
            return Response(as_task(task_views(task_ids=[task.pk], viewer_id=user.pk, every_review=True)[0]))
        [view] = task_views(task_ids=[task.pk], viewer_id=user.pk)
        if task.annotator_id != user.pk:
            if not task.working_copies.filter(annotator=user).exists():
                raise NotFound("There is no such task, or it is not yours.")
            view = as_left_behind(view, handed_in=task.captions.filter(annotator=user).exists())
        return Response(as_task(view))

    @extend_schema(request=WorkInProgressSerializer, responses=SavedWorkingCopySerializer)
    @action(detail=True, methods=["put"], url_path="working-copy")
    def working_copy(self, request: Request, pk: str) -> Response:
        """Autosave; extends the lease. 409 newer-text-saved carries the newer text and its version. 403 paused: the words are
        kept all the same."""
        task, given = self._task(even_paused=True), self._given(WorkInProgressSerializer)
        concepts = given.get("concepts")
        version, lease = save_working_copy(
            task=task,
            annotator=caller(request),
            text=given["text"],
            version=given["version"],
            limit=LONGEST_TEXT,
            concepts=None if concepts is None else [{"reason": None, **one} for one in concepts],
        )
        return Response({"text": given["text"], "version": version, "lease_expires_at": lease})

    @extend_schema(
        request=SubmissionSerializer,
        responses={201: SubmittedCaptionSerializer, 200: SubmittedCaptionSerializer},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand a caption in: 201, or 200 with the same answer when this submission was stored before."""
        try:
            given = self._given(SubmissionSerializer)
        except Exception:  # The step asks whose task it is; here only before the words are found fault with.
            self._task(even_paused=True)
            raise
        submission = submit_caption(
            task_id=int(pk),
            annotator=caller(request),
            submission_id=given["submission_id"],
            text=given["text"],
            seconds=given.get("seconds"),
            pasted_share=given.get("pasted_share"),
            concepts=_concepts(given["concepts"]) or [],
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
        """Take a submission of the caller's back, while the round is open and nobody has reviewed it. Until they submit again,
        the caption stands. 409 task-not-yours says why not."""
        task, given = self._task(), self._given(UndoSerializer)
        rows = Caption.objects.select_related("task").filter(task=task, annotator=caller(request))
        caption = visible(user=caller(request), rows=rows, path="task__round__project", pk=given["caption"])
        undo_submission(caption=caption, annotator=caller(request))
        return Response(as_task(task_views(task_ids=[task.pk], viewer_id=caller(request).pk)[0]))

    @extend_schema(request=ReviewSerializer, responses={201: TaskSerializer})
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """Accept, return, or fix and accept (reviewer). Who accepted may decide once more, until somebody else has."""
        task = self._task()
        require_role(user=caller(request), project_id=task.round.project_id, role=Role.REVIEWER)
        given = self._given(ReviewSerializer)
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
            concepts=_concepts(given.get("concepts")),
        )
        [view] = task_views(task_ids=[task.pk], viewer_id=caller(request).pk, every_review=True)
        return Response(as_task(view), status=201)


def _concepts(given: list[dict[str, Any]] | None) -> list[ConceptOutcomeGiven] | None:
    return None if given is None else [_concept(one) for one in given]


def _concept(given: dict[str, Any]) -> ConceptOutcomeGiven:
    reason = given.get("reason")
    return ConceptOutcomeGiven(
        phrase=given["phrase"],
        outcome=ConceptOutcome(given["outcome"]),
        reason=DropReason(reason) if reason else None,
    )
