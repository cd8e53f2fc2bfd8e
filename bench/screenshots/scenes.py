"""What bench.screenshots takes pictures of: projects in the states that people meet, made through the real steps."""

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from annotation_server.choices import Role, StartingText, Verdict
from annotation_server.demo_data.photographs import GUIDELINES, write_photographs_manifest
from annotation_server.models import Caption, Membership, Project, Round, Task, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.projects.change_guidelines import change_guidelines, note_guidelines_seen
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.rounds.launch_round import launch_round
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption

ANNOTATORS = ("ana", "ben", "cleo", "dora", "nina")
CAT = "data/chelsea.png"
COFFEE = "data/coffee.png"


@dataclass(frozen=True, kw_only=True)
class World:
    """`round` is the photographs' open round; in `pairs` two people captioned one image; `arabic` has one in Arabic."""

    people: dict[str, User]
    round: Round
    pairs: Round
    arabic: Round


def make_world(folder: Path) -> World:
    """Everything that the pictures need."""
    people = {name: add_person(username=name) for name in (*ANNOTATORS, "rita", "ada")}
    rows = [
        json.loads(row) for row in write_photographs_manifest(folder=folder).read_text("utf-8").splitlines()
    ]
    by_id = {row["id"]: row | {"split": "train"} for row in rows}
    round = _launched("photographs", "Photographs", list(by_id.values()), folder, people, review_share=0.0)
    _news(round.project, people)
    _returned(round, people)
    _flagged(round, people)
    for name in ("cleo", "ben"):  # A cat and a horse, as the pictures' captions say.
        claim_tasks(round_id=round.pk, annotator=people[name], count=1)
    pairs = _launched(
        "pairs", "Pairs", [by_id[COFFEE]], folder, people, annotators_per_image=2, review_share=0.0
    )
    _hand_in(pairs, people["ana"], "A flat white with latte art in a white cup on a wooden table.")
    _hand_in(
        pairs,
        people["ben"],
        "A cup of coffee with a leaf of milk foam, a spoon beside it, on a dark wooden table.",
    )
    in_arabic = by_id[CAT] | {"alt_texts": ["قطة سوداء للتبني، صورة 12", "القطة تشيلسي"]}
    arabic = _launched("arabic", "صور", [in_arabic], folder, people, review_share=0.0)
    return World(people=people, round=round, pairs=pairs, arabic=arabic)


def _launched(
    slug: str,
    name: str,
    rows: list[dict[str, object]],
    folder: Path,
    people: dict[str, User],
    **settings: object,
) -> Round:
    project = create_project(slug=slug, name=name, created_by=None, guidelines=GUIDELINES)
    Project.objects.filter(pk=project.pk).update(language="ar" if slug == "arabic" else "en")
    roles = {"rita": Role.REVIEWER, "ada": Role.ADMIN}
    for username, user in people.items():
        set_role(project=project, user=user, role=roles.get(username, Role.ANNOTATOR), set_by=None)
    Membership.objects.exclude(user=people["nina"]).update(guidelines_seen=1)
    manifest = folder / f"{slug}.jsonl"
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    import_images(
        project=project,
        source=str(manifest),
        imported_by=None,
        options=ImportOptions(),
        progress=lambda **told: None,
    )
    wanted = RoundSettings(starting_text=StartingText.ALT_TEXT, **settings)  # type: ignore[arg-type]
    return launch_round(project=project, settings=wanted, launched_by=None)


def _news(project: Project, people: dict[str, User]) -> None:
    text = GUIDELINES.replace("file names, prices", "file names, watermarks, prices")
    change_guidelines(project=project, text=text, note="Watermarks go, too.", over=1, author=people["ada"])
    for name in ("ben", "cleo", "dora"):
        note_guidelines_seen(project=project, user=people[name], number=2)


def _hand_in(round: Round, user: User, text: str) -> Caption:
    [task_id] = claim_tasks(round_id=round.pk, annotator=user, count=1)
    given = {"submission_id": uuid4(), "seconds": 41.0, "concepts": []}
    submitted = submit_caption(task_id=task_id, annotator=user, text=text, **given)  # type: ignore[arg-type]
    return Caption.objects.get(pk=submitted.caption.pk)


def _returned(round: Round, people: dict[str, User]) -> None:
    """dora has a caption to do again; nobody else holds the picture that ana starts with."""
    [first] = claim_tasks(round_id=round.pk, annotator=people["ana"], count=1)
    assert Task.objects.get(pk=first).annotator == people["ana"]
    text = "An older woman in a navy uniform at a desk, probably an actor, a flag behind her."
    made = _hand_in(round, people["dora"], text)
    Task.objects.filter(pk=made.task_id).update(needs_review=True)
    start = text.index("probably an actor")
    review_caption(
        caption=Caption.objects.select_related("task__round__project").get(pk=made.pk),
        reviewer=people["rita"],
        verdict=Verdict.RETURNED,
        comment="Do not guess: the alt-text tells who this is.",
        text=None,
        limit=10_000,
        anchor=(start, start + len("probably an actor")),
    )


def _flagged(round: Round, people: dict[str, User]) -> None:
    made = _hand_in(
        round, people["cleo"], "A black-and-white photograph of a man behind a camera on a tripod, in a park."
    )
    Task.objects.filter(pk=made.task_id).update(flagged=True, flag_note="Is this really at MIT?")
