"""A project whose first round is done, each caption of it accepted by a reviewer: where the machine of a round begins."""

from collections.abc import Sequence
from uuid import uuid4

from annotation_server.choices import Role, RoundState, Split, StartingText, Verdict
from annotation_server.models import Caption, Cohort, Image, ImageCluster, Membership, Project, Round, User
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.change_cohort import create_cohort, put_into_cohort
from annotation_server.steps.projects.create_project import set_role
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption

IMAGES = 4
CAPTION = "A green iguana basks near Puerto Ayora."


def make_people(project: Project, *, annotators: Sequence[str], reviewers: Sequence[str]) -> dict[str, User]:
    """Members of the project by their names there."""
    roles = {**dict.fromkeys(annotators, Role.ANNOTATOR), **dict.fromkeys(reviewers, Role.REVIEWER)}
    people = {person: add_person(username=f"{person}-{project.slug}") for person in roles}
    for person, role in roles.items():
        set_role(project=project, user=people[person], role=role, set_by=None)
    return people


def make_cohort(project: Project, people: Sequence[User]) -> Cohort:
    """A cohort of these members."""
    cohort = create_cohort(project=project, name=f"with {people[0].username}", created_by=None)
    for member in Membership.objects.filter(project=project, user__in=people):
        put_into_cohort(membership=member, cohort=cohort, put_by=None)
    return cohort


def finish_first_round(project: Project, *, annotator: User, reviewer: User) -> None:
    """Over four new images, all captioned by one person."""
    make_images(project, IMAGES)
    round = launch_round(
        project=project,
        settings=RoundSettings(starting_text=StartingText.ALT_TEXT, review_share=1.0),
        launched_by=None,
    )
    for task in claim_tasks(round_id=round.pk, annotator=annotator, count=IMAGES):
        submission = submit_caption(
            task_id=task, annotator=annotator, submission_id=uuid4(), text=CAPTION, seconds=9.0, concepts=[]
        )
        caption = Caption.objects.get(pk=submission.caption.pk)
        review_caption(
            caption=caption, reviewer=reviewer, verdict=Verdict.ACCEPTED, comment="", text=None, limit=100
        )
    close_round(round=round, closed_by=None)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)


def make_images(project: Project, count: int) -> None:
    for _ in range(count):
        Image.objects.create(
            project=project,
            cluster=ImageCluster.objects.create(project=project, split=Split.TRAIN),
            split=Split.TRAIN,
            sha256=uuid4().hex * 2,
            perceptual_hash=0,
            file_name="x",
            width=1,
            height=1,
            byte_count=1,
            media_type="image/png",
        )
