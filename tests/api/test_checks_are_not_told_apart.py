"""A check task cannot be told from the others by anything but its words: annotators who note down all that the API says guess
no better than chance, whichever text the round starts from."""

from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from rest_framework.test import APIClient

from annotation_server.choices import StartingText, TaskOrder, Verdict
from annotation_server.models import Caption, CaptionerRun, Image, Review, Round, Task, User
from annotation_server.queries.review.review_queue import review_queue
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.runs.promote_run import promote_run
from annotation_server.steps.runs.write_drafts import write_drafts
from annotation_server.texts.word_edits import word_similarity
from tests.api.telling_apart import (
    Fields,
    chance_of_the_forest,
    figures_of_pieces,
    flattened,
    tell_tales,
)
from tests.conftest import held, unfinished
from tests.undone import undone

IMAGES = 60
WORDS = {
    "starting_text",
    "text",
    "alt_texts",
    "phrases",
    "previous_caption",
    "pieces",
    "words",
    "before",
    "after",
}
# Made by the client or of random digits: what they are says nothing, and a forest would only learn them by heart.
NAMELESS = {
    "submission_id",
    "url",
    "thumbnail_url",
    "original_url",
    "saved_at",
    "created_at",
    "lease_expires_at",
    "id",
    "task",
}


# Four draws judged together: one alone has an AUC of anything from 0.35 to 0.7 by chance.
SECRETS = [
    "the same in every run of the test",
    *(f"the same in every run of the test {n}" for n in (1, 2, 3)),
]


@pytest.fixture(autouse=True)
def _the_same_ids_each_time(db: None) -> None:
    """What is drawn depends on the server's secret and on ids."""
    with connection.cursor() as cursor:
        for table in ("project", "round", "image", "task", "caption", "draft", "user"):
            cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1000")


def a_draft(lot: Random) -> str:
    """Two or three sentences, as captioners write them."""
    colours = [lot.choice(["red", "green", "blue", "white", "black", "brown"]) for _ in range(2)]
    place = lot.choice(["Puerto Ayora", "Lake Bled", "Cape Town", "Monte Rosa", "Santa Cruz"])
    sentences = [
        f"A {colours[0]} {lot.choice(['iguana', 'lizard', 'gecko'])} basks on a {lot.choice(['rock', 'wall'])} near {place}.",
        f"Behind it there is a {colours[1]} {lot.choice(['boat', 'house', 'fence with a gate'])}.",
        lot.choice(
            ["The sky is clear.", "Waves break on the shore in the distance.", "A few clouds are in the sky."]
        ),
    ]
    return " ".join(sentences[: lot.choice([2, 3, 3])])


def as_a_captioner_writes(image: Image, lot: Random) -> dict[str, Any]:
    """A row of drafts.jsonl: each word begins with a space, also the first, long ones have two tokens; its end counts for the
    mean."""
    text = a_draft(lot)
    words = [
        word
        for one in text.split(" ")
        for word in ((f" {one[:-1]}", ".") if one.endswith(".") else (f" {one}",))
    ]
    tokens = [part for word in words for part in ((word[:5], word[5:]) if len(word) > 7 else (word,))]
    logprobs = [-min(lot.expovariate(1.6), 7.0) for _ in tokens]
    return {
        "row_id": str(image.pk),
        "text": text,
        "mean_logprob": sum([*logprobs, -lot.expovariate(3)]) / (len(tokens) + 1),
        "tokens": tokens,
        "token_logprobs": [round(one, 4) for one in logprobs],
    }


@pytest.fixture
def drafted(
    ana: User,
    ada: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
) -> None:
    """A closed round with one reviewed caption of every picture; its run has written drafts."""
    images, lot = make_images(IMAGES), Random(11)
    first = open_round()
    captions = [hand_in(first, ana, a_draft(lot)) for _ in images]
    Review.objects.bulk_create(
        Review(caption=caption, level=1, reviewer=ada, verdict=Verdict.ACCEPTED) for caption in captions
    )
    run = train(first, cider=0.5)
    promote_run(run=run, promoted_by=ada, reason="For the test.")
    rows = [as_a_captioner_writes(image, lot) for image in images]
    write_drafts(run=run, hold=held(unfinished(run)), decode={}, rows=rows, row_count=len(rows))


class Annotator:
    """Works on a round by a lot of their own and notes down what they are told of each task."""

    def __init__(self, client: APIClient, round: Round, seed: int) -> None:
        self.client, self.round, self.lot = client, round, Random(seed)
        self.batch = self.lot.choice([1, 4, 7])
        self.last: dict[str, int] = {"id": 0, "image": 0}
        self.furthest = 0
        self.notes: dict[int, Fields] = {}
        self.counted: dict[str, int] = {}
        self.read: defaultdict[int, set[str]] = defaultdict(set)

    def ask(self, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = getattr(self.client, verb)(f"/api/v1/{path}", body, format="json")
        assert answer.status_code < 300, answer.json()
        return answer

    def note(self, task: int, what: str, answer: Any, *, part: Any = None) -> None:
        """Every header, the status and the body but its words."""
        told = {
            "status": answer.status_code,
            "header": dict(answer.headers),
            "body": part or answer.json() if answer.content else None,
        }
        told["header"].pop("Content-Length", None)
        self.notes[task] |= flattened(without_words(told), what)

    def work(self) -> bool:
        """One batch; False when nothing is left."""
        self.counted = {}
        answer = self.ask("post", f"rounds/{self.round.pk}/claim/", {"count": self.batch})
        tasks = answer.json()["tasks"]
        for place, task in enumerate(tasks):
            self.meet(place, task, len(tasks), answer)
        for task in tasks:
            self.finish(task)
        return bool(tasks)

    def meet(self, place: int, task: dict[str, Any], count: int, answer: Any) -> None:
        own, image = task["id"], task["image"]["id"]
        self.read[own] |= {task["starting_text"], task["previous_caption"] or ""}
        self.notes[own] = {
            "claim.place": place,
            "claim.missing": self.batch - count,
            "claim.id": own,
            "claim.id step": own - self.last["id"],
            "claim.image": image,
            "claim.image step": image - self.last["image"],
            "claim.falls back": float(image < self.furthest),
            "claim.characters": len(task["starting_text"]),
            "claim.as the previous": float(task["previous_caption"] == task["starting_text"]),
            "claim.as the draft": float((task["draft"] or {}).get("text") == task["starting_text"]),
            "claim.saved": float(task["working_copy"]["text"] == task["starting_text"]),
            **figures_of_pieces(task["draft"]),
        }
        self.last = {"id": own, "image": image}
        self.furthest = max(self.furthest, image)
        self.note(own, "claimed", answer, part=task)

    def finish(self, task: dict[str, Any]) -> None:
        own, text = task["id"], task["starting_text"]
        kept = {"text": f"{text} ", "version": task["working_copy"]["version"]}
        if self.lot.random() < 0.3:
            self.note(own, "saved", self.ask("put", f"tasks/{own}/working-copy/", kept))
        if self.lot.random() < 0.05:
            self.note(own, "flagged", self.ask("post", f"tasks/{own}/flag/", {"note": "Blurred."}))
        if self.lot.random() < 0.04:
            self.note(own, "skipped", self.ask("post", f"tasks/{own}/skip/", {"note": "Cannot tell."}))
            self.counted = {}
            return
        if self.lot.random() < 0.5:
            text += " It looks at us."
        caption = self.hand_in(own, text)
        if self.lot.random() < 0.1:
            self.note(own, "undone", self.ask("post", f"tasks/{own}/undo/", {"caption": caption}))
            self.counted = {}
            self.hand_in(own, text)

    def hand_in(self, own: int, text: str) -> int:
        before = self.counted or self.counts()
        body = {"submission_id": str(UUID(int=self.lot.getrandbits(128))), "text": text, "seconds": 9.0}
        answer = self.ask("post", f"tasks/{own}/submit/", body)
        self.note(own, "submitted", answer)
        self.read[own].add(text)
        self.counted = self.counts()
        self.notes[own] |= {name: after - before[name] for name, after in self.counted.items()}
        return int(answer.json()["id"])

    def counts(self) -> dict[str, int]:
        """The round's."""
        told = self.ask("get", f"rounds/{self.round.pk}/").json()
        own = self.ask("get", f"rounds/{self.round.pk}/own-progress/").json()
        told["own"] = {name: own[name] for name in ("done", "today", "returned", "left")}
        return {
            f"{whose} {state} moves": told[whose][state]
            for whose in ("counts", "mine", "own")
            for state in told[whose]
        }

    def look_back(self) -> None:
        """After the reviews: every task and caption of theirs, and how each word came about."""
        for own in self.notes:
            self.note(own, "afterwards", self.ask("get", f"tasks/{own}/"))
        page = self.ask("get", f"captions/?mine=1&round={self.round.pk}").json()
        while True:
            for caption in page["results"]:
                self.refuse_more_than_words(caption)
                self.notes[caption["task"]] |= flattened(without_words(caption), "caption")
                if self.lot.random() < 0.4:
                    self.note(caption["task"], "edit", self.ask("get", f"captions/{caption['id']}/edit/"))
            if page["next"] is None:
                return
            page = self.ask("get", page["next"].split("/api/v1/")[1]).json()

    def refuse_more_than_words(self, caption: dict[str, Any]) -> None:
        """Take out the likeness to the parent: it is a measure of two texts that this person has read."""
        told = caption.pop("parent_similarity")
        assert told in {
            None,
            *(word_similarity(text, caption["text"]) for text in self.read[caption["task"]]),
        }


def without_words(told: Any) -> Any:
    """An answer but its words."""
    if isinstance(told, dict):
        return {name: without_words(one) for name, one in told.items() if name not in WORDS | NAMELESS}
    return [without_words(one) for one in told] if isinstance(told, list) else told


def review_by_lot(round: Round, reviewer: User, lot: Random) -> None:
    """Every fifth goes back; which ones, only the words would tell."""
    for caption in review_queue(round=round, reviewer=reviewer):
        verdict = Verdict.RETURNED if lot.random() < 0.2 else Verdict.ACCEPTED
        review_caption(
            caption=caption,
            reviewer=reviewer,
            verdict=verdict,
            comment="Please look again.",
            text=None,
            limit=1_000,
        )


def told_by(people: list[Annotator], round: Round, reviewer: User) -> tuple[list[list[Fields]], list[bool]]:
    """They do all of it, in turns by lot; gives each one's notes, and of each noted task whether it is a check."""
    lot, working = Random(5), list(people)
    while working:
        one = lot.choice(working)
        if not one.work():
            working.remove(one)
        if lot.random() < 0.2:
            review_by_lot(round, reviewer, lot)
    review_by_lot(round, reviewer, lot)
    for one in people:
        one.look_back()
    checks = set(Task.objects.exclude(check_kind="").values_list("id", flat=True))
    return [list(one.notes.values()) for one in people], [
        task in checks for one in people for task in one.notes
    ]


@pytest.mark.parametrize(
    ("starting_text", "order"),
    [(StartingText.DRAFT, TaskOrder.EXPECTED_EDIT), (StartingText.PREVIOUS_CAPTION, TaskOrder.IMPORTED)],
)
@pytest.mark.usefixtures("drafted")
def test_a_check_is_not_told_from_the_others(
    rita: User,
    person: Callable[..., User],
    client_of: Callable[..., APIClient],
    open_round: Callable[..., Round],
    starting_text: StartingText,
    order: TaskOrder,
    settings: Any,
) -> None:
    notes: list[list[Fields]] = []
    labels: list[bool] = []
    for secret in SECRETS:
        settings.SECRET_KEY = secret
        with undone():
            round = open_round(starting_text=starting_text, check_share=0.4, review_share=0.9, order=order)
            people = [
                Annotator(client_of(person(name)), round, seed)
                for seed, name in enumerate(["ben", "cleo", "dan", "eva"])
            ]
            noted, checks = told_by(people, round, rita)
        assert 20 < sum(checks) < len(checks) - 20
        notes += noted
        labels += checks
    assert tell_tales(notes=notes, labels=labels) == {}
    auc, chance = chance_of_the_forest(notes=notes, labels=labels)
    assert chance > 0.05, f"The forest tells checks with an AUC of {auc}."
