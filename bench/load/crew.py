"""Everybody who works in the soak, on a round that is large enough for them."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Thread

from django.core.files.storage import default_storage
from PIL import Image as Picture

from annotation_server.choices import Role
from annotation_server.models import Image, Project
from annotation_server.pictures.encoding import Coding, encoded
from annotation_server.pictures.storage import MADE_AT_IMPORT, rendition_name
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from bench.big_round import launch, make_people, make_project
from bench.load.annotator import THINKING_SECONDS, Annotator
from bench.load.connection import Connection, Tally
from bench.load.ledger import Ledger
from bench.load.shift import Shift
from bench.load.staff import Admin, Reviewer

REVIEW_SHARE = 0.05
REVIEWERS = 2
SIZE = (1024, 768)


@dataclass(frozen=True, kw_only=True)
class Crew:
    """The people, and what they were told."""

    annotators: list[Annotator]
    reviewers: list[Reviewer]
    admin: Admin
    shift: Shift
    ledger: Ledger
    tally: Tally

    @property
    def everybody(self) -> list[Thread]:
        """All threads."""
        return [*self.annotators, *self.reviewers, self.admin]


def make_crew(*, url: str, people: int, minutes: float) -> Crew:
    """A project with tasks for all that time, its pictures, and the people; nobody works yet."""
    tasks = int(people * (minutes * 60 / THINKING_SECONDS[0] + 10))
    project = make_project(slug="soak", images=tasks)
    _lend_a_picture(project)
    round, _ = launch(project, review_share=REVIEW_SHARE)
    shift = Shift(project=project.slug, round_id=round.pk)
    tally, ledger = Tally(), Ledger()

    def connections(count: int, role: Role) -> list[tuple[int, Connection]]:
        """Every second one is a browser."""
        found = []
        for number, (user, token) in enumerate(make_people(project, count, role=role)):
            connection = Connection(url=url, tally=tally, token="" if number % 2 == 0 else token)
            if number % 2 == 0:
                connection.sign_in(link=make_sign_in_link(user=user))
            found.append((user.pk, connection))
        return found

    return Crew(
        annotators=[
            Annotator(number=number, user_id=user, connection=connection, ledger=ledger, shift=shift)
            for number, (user, connection) in enumerate(connections(people, Role.ANNOTATOR))
        ],
        reviewers=[
            Reviewer(number=number, connection=connection, shift=shift)
            for number, (_, connection) in enumerate(connections(REVIEWERS, Role.REVIEWER))
        ],
        admin=Admin(connection=connections(1, Role.ADMIN)[0][1], shift=shift),
        shift=shift,
        ledger=ledger,
        tally=tally,
    )


def _lend_a_picture(project: Project) -> None:
    """Every image shows the same one: what is served is what counts here."""
    coarse = Picture.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).convert("RGB")
    shown = coarse.resize(SIZE, Picture.Resampling.BICUBIC)
    content = encoded(shown, coding=Coding(), size=MADE_AT_IMPORT, at_most=1 << 30)
    picture = Path(default_storage.path(default_storage.save("soak.picture", BytesIO(content))))
    for sha256 in Image.objects.filter(project=project).values_list("sha256", flat=True).iterator():
        name = Path(default_storage.path(rendition_name(sha256=sha256, size=MADE_AT_IMPORT)))
        name.parent.mkdir(parents=True, exist_ok=True)
        name.symlink_to(picture)
