"""A project with a row of every kind that an archive has, written down at once: no step would make them all in a second."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from annotation_server.choices import (
    CaptionSource,
    ConceptOutcome,
    DropReason,
    Role,
    RoundState,
    RunState,
    Split,
    StartingText,
    TaskState,
    Verdict,
)
from annotation_server.models import (
    Adjudication,
    AltText,
    Caption,
    CaptionerRun,
    ClaimBookmark,
    Cohort,
    Concept,
    Draft,
    DraftSet,
    Evaluation,
    Event,
    Export,
    ExportImage,
    GuidelinesVersion,
    Image,
    ImageCluster,
    Lesson,
    Membership,
    Project,
    Review,
    Round,
    Skip,
    Task,
    TrainingSet,
    TrainingSetRow,
    User,
    WorkingCopy,
)
from annotation_server.pictures.storage import original_name
from annotation_server.releases.row_index import DIGEST_BYTES, FIELDS

MANIFEST = {"files": [{"name": "captions.jsonl", "bytes": 3, "sha256": "0" * 64}], "row_count": 1}


def member(project: Project, username: str, role: Role = Role.ANNOTATOR, **more: Any) -> User:
    """A new account in the project."""
    user = User.objects.create(username=username, password="!")
    Membership.objects.create(project=project, user=user, role=role, **more)
    return user


def picture(project: Project, number: int) -> Image:
    """A training image whose file nobody has."""
    sha256 = f"{number:064x}"
    return Image.objects.create(
        project=project,
        cluster=ImageCluster.objects.create(project=project, split=Split.TRAIN),
        split=Split.TRAIN,
        sha256=sha256,
        perceptual_hash=number,
        file_name=original_name(sha256=sha256, media_type="image/png"),
        width=96,
        height=64,
        byte_count=1_000,
        media_type="image/png",
        face_boxes=[[1, 2, 30.5, 40]],
    )


def lived_in(slug: str, *, first_image: int = 0) -> Project:
    """One finished round, one open one with a task in somebody's hands; a captioner, an adjudication, two exports."""
    project = Project.objects.create(slug=slug, name=slug.title(), review_level_names=["Reviewer"])
    cohort = Cohort.objects.create(project=project, name="experts")
    ana = member(project, f"ana-of-{slug}", cohort=cohort)
    ben = member(project, f"ben-of-{slug}")
    rita = member(project, f"rita-of-{slug}", Role.REVIEWER)
    GuidelinesVersion.objects.create(project=project, number=1, text="# Write", author=rita)
    image, other = (picture(project, first_image + number) for number in (1, 2))
    alt = AltText.objects.create(image=image, position=0, text="an iguana", phrases=["iguana"])
    AltText.objects.create(image=other, position=0, text="")
    Lesson.objects.create(
        project=project,
        position=0,
        image=other,
        starting_text="a dog",
        has=[["cat"]],
        lacks=["dog"],
        example="A cat.",
    )
    now = timezone.now()
    first = Round.objects.create(
        project=project,
        number=1,
        state=RoundState.CLOSED,
        starting_text=StartingText.ALT_TEXT,
        people=[ana.pk, ben.pk],
        image_choice={"sources": [], "domains": ["example.org"], "unconverged_only": False, "sample": None},
        launched_by=rita,
        closed_at=now,
    )
    one, two = (
        Task.objects.create(
            round=first,
            image=image,
            slot=slot,
            position=slot,
            starting_text="an iguana",
            starting_source=StartingText.ALT_TEXT,
            alt_text=alt,
            annotator=None,
        )
        for slot in (0, 1)
    )
    texts = [
        Caption.objects.create(
            task=task, annotator=who, submission_id=uuid4(), text=f"A text by {who}.", alt_text=alt
        )
        for task, who in ((one, ana), (two, ben))
    ]
    better = Caption.objects.create(
        task=one, annotator=rita, submission_id=uuid4(), text="A better text.", parent=texts[0], seconds=3.5
    )
    Task.objects.filter(pk=one.pk).update(state=TaskState.ACCEPTED, annotator=ana, current_caption=better)
    Task.objects.filter(pk=two.pk).update(state=TaskState.ACCEPTED, annotator=ben, current_caption=texts[1])
    Review.objects.create(
        caption=texts[0],
        reviewer=rita,
        verdict=Verdict.FIXED,
        comment="So.",
        anchor=[0, 3],
        fixed_caption=better,
    )
    Adjudication.objects.create(
        round=first, image=image, chosen=better, seen=[better.pk, texts[1].pk], decided_by=rita
    )
    Concept.objects.create(
        caption=texts[0], phrase="iguana", outcome=ConceptOutcome.DROPPED, reason=DropReason.WRONG
    )
    frozen = TrainingSet.objects.create(project=project, through_round=first, row_count=1, sha256="1" * 64)
    TrainingSetRow.objects.create(training_set=frozen, caption=better, image=image)
    run = CaptionerRun.objects.create(
        project=project,
        number=1,
        training_set=frozen,
        through_round=first,
        recipe="tiny",
        settings={"training": {"epochs": 1}},
        state=RunState.FINISHED,
        report={
            "losses": [[1, 2.5]],
            "warnings": ["few rows"],
            "samples": [{"sha256": image.sha256, "alt_text": "an iguana", "with_alt": "an iguana"}],
        },
        promoted=True,
        promotion_reason="Better.",
        finished_at=now,
    )
    Evaluation.objects.create(
        run=run,
        round=first,
        source=CaptionSource.WITH_ALT,
        metrics={"cider": 1.5, "bleu": None},
        row_count=3,
        rows_sha256="2" * 64,
    )
    drafts = DraftSet.objects.create(run=run, decode={"sampling": "greedy"}, row_count=1)
    draft = Draft.objects.create(
        draft_set=drafts,
        image=image,
        text="a draft",
        mean_logprob=-0.5,
        token_logprobs=[["a", -0.1], ["b", None]],
    )
    second = Round.objects.create(
        project=project,
        number=2,
        state=RoundState.OPEN,
        starting_text=StartingText.DRAFT,
        drafting_run=run,
        cohort_shares={str(cohort.pk): 1.0},
    )
    held = Task.objects.create(
        round=second,
        image=image,
        position=0,
        cohort=cohort,
        state=TaskState.CLAIMED,
        annotator=ana,
        lease_expires_at=now + timedelta(minutes=20),
        starting_text="a draft",
        starting_source=StartingText.DRAFT,
        alt_text=alt,
        previous_caption=texts[1],
        draft=draft,
    )
    waiting = Task.objects.create(
        round=second, image=other, position=1, starting_source=StartingText.ALT_TEXT, cohort=cohort
    )
    WorkingCopy.objects.create(task=held, annotator=ana, text="half a te", version=2)
    Skip.objects.create(task=waiting, annotator=ben, reason="I do not know what this is")
    ClaimBookmark.objects.create(round=second, annotator=ana, position=1)
    exports(project, first, run, image)
    Event.objects.create(
        project=project,
        actor=rita,
        verb="image.adjudicated",
        object_type="image",
        object_id=str(image.pk),
        after={"caption": better.pk},
    )
    return project


def exports(project: Project, round: Round, run: CaptionerRun, image: Image) -> None:
    """One of people's captions after another, and one of the captioner's."""
    previous = None
    for options, whose in (
        ({"images": False, "text": "caption", "splits": ["train"]}, None),
        ({"images": False, "text": "caption", "splits": ["train"]}, None),
        ({"with_alt_text": True, "splits": [], "through_image": image.pk}, run),
    ):
        export = Export.objects.create(
            project=project,
            round=round,
            run=whose,
            format="jsonl",
            options=options,
            folder="/somewhere/else",
            row_count=1,
            manifest=MANIFEST,
            manifest_sha256="3" * 64,
            previous=previous,
            changes={"added": 1, "changed": 0, "gone": 0} if previous else None,
            finished_at=timezone.now(),
        )
        ExportImage.objects.create(export=export, image=image, digests=bytes(DIGEST_BYTES * len(FIELDS)))
        previous = export
