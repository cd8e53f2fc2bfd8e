"""Who is paused is out of that project and of no other, with their words kept; who held a task does not hold it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from annotation_server.choices import Role, TaskState
from annotation_server.models import (
    ApiToken,
    Caption,
    Event,
    Image,
    Membership,
    Round,
    Task,
    User,
    WorkingCopy,
)
from annotation_server.steps.people.change_member import pause_member, resume_member
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.people.remove_member import remove_member
from annotation_server.steps.tasks.claim_task import claim_tasks

ClientOf = Callable[[User | None], APIClient]
LONG_AGO = "UPDATE task SET lease_expires_at = statement_timestamp() - interval '1 minute' WHERE id = %s"


@pytest.fixture
def round(make_images: Callable[..., list[Image]], open_round: Callable[..., Round]) -> Round:
    make_images(3)
    return open_round(review_share=1.0)


@pytest.fixture
def task(round: Round, ana: User) -> Task:
    """Ana's."""
    [pk] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    return Task.objects.get(pk=pk)


def submission(text: str) -> dict[str, str]:
    return {"submission_id": str(uuid4()), "text": text}


def take_over(task: Task, by: User) -> None:
    """By way of a lease that ran out: as many are claimed as there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(LONG_AGO, [task.pk])
    claimed = claim_tasks(round_id=task.round_id, annotator=by, count=20)
    assert task.pk in claimed


def member(user: User) -> Membership:
    return Membership.objects.select_related("project").get(user=user)


def test_a_former_holder_sees_nothing_of_what_came_after_them(
    task: Task, ana: User, ben: User, rita: User, client_of: ClientOf
) -> None:
    path = f"/api/v1/tasks/{task.pk}/"
    client_of(ana).put(f"{path}working-copy/", {"text": "Ana's words", "version": 0}, format="json")
    take_over(task, ben)
    client_of(ben).post(f"{path}flag/", {"note": "Ben's note"}, format="json")
    done = client_of(ben).post(f"{path}submit/", submission("Ben's caption"), format="json").json()
    client_of(rita).post(
        f"{path}review/",
        {"caption": done["id"], "verdict": "returned", "comment": "Rita's comment"},
        format="json",
    )
    seen = client_of(ana).get(path)
    assert not any(word in seen.content for word in (b"Ben", b"ben", b"Rita", b"rita"))
    told = seen.json()
    assert (told["working_copy"]["text"], told["starting_text"]) == ("Ana's words", task.starting_text)
    assert (told["state"], told["flagged"], told["lease_expires_at"], told["review"]) == (
        "pending",
        False,
        None,
        None,
    )
    assert b"Ben" in client_of(ben).get(path).content
    assert b"Rita" in client_of(rita).get(path).content
    lists = ["/api/v1/captions/", f"/api/v1/captions/?task={task.pk}", f"/api/v1/rounds/{task.round_id}/"]
    assert not any(b"Ben's" in client_of(ana).get(one).content for one in lists)


def test_who_is_paused_reads_the_guidelines_nowhere(
    task: Task, ana: User, ada: User, client_of: ClientOf
) -> None:
    project = task.round.project
    path = f"/api/v1/projects/{project.slug}/"
    change = {"text": "Name what is seen.", "note": "", "version": 0}
    assert client_of(ada).put(f"{path}guidelines/", change, format="json").status_code == 200
    places = [path, "/api/v1/projects/", f"{path}guidelines/", f"{path}guidelines/versions/1/"]
    assert all(b"Name what is seen." in client_of(ana).get(one).content for one in places)
    pause_member(membership=member(ana), paused_by=ada)
    assert not any(b"Name what is seen." in client_of(ana).get(one).content for one in places)


def test_a_member_is_changed_as_asked_or_not_at_all(
    task: Task, ana: User, ada: User, client_of: ClientOf
) -> None:
    before = Membership.objects.values().get(user=ana)
    answer = client_of(ada).patch(
        f"/api/v1/projects/{task.round.project.slug}/members/ana/",
        {"role": "reviewer", "paused": True, "cohort": "nobody's"},
        format="json",
    )
    assert answer.status_code == 400
    assert Membership.objects.values().get(user=ana) == before
    task.refresh_from_db()
    assert task.annotator == ana


@pytest.mark.parametrize("way", ["skip", "release", "lease"])
def test_a_flag_is_for_its_maker_and_the_reviewers(
    way: str, task: Task, ana: User, ben: User, rita: User, client_of: ClientOf
) -> None:
    path = f"/api/v1/tasks/{task.pk}/"
    client_of(ana).post(f"{path}flag/", {"note": "Ana's note"}, format="json")
    assert client_of(ana).get(path).json()["flag_note"] == "Ana's note"
    if way == "lease":
        take_over(task, ben)
    else:
        client_of(ana).post(f"{path}{way}/", {"reason": "Too dark."}, format="json")
    claimed = client_of(ben).post(f"/api/v1/rounds/{task.round_id}/claim/", {"count": 3}, format="json")
    [told] = [one for one in claimed.json()["tasks"] if one["id"] == task.pk]
    assert (told["flagged"], told["flag_note"]) == (False, "")
    assert b"Ana's note" not in client_of(ben).get(path).content
    told = client_of(rita).get(path).json()
    assert (told["flagged"], told["flag_note"]) == (True, "Ana's note")
    client_of(ben).post(f"{path}flag/", {"note": "Ben's note"}, format="json")
    assert client_of(ben).get(path).json()["flag_note"] == "Ben's note"


def test_a_late_caption_comes_in_once_and_leaves_the_task_to_its_holder(
    task: Task, ana: User, ben: User, rita: User, client_of: ClientOf
) -> None:
    path = f"/api/v1/tasks/{task.pk}/"
    take_over(task, ben)
    client_of(ben).post(f"{path}flag/", {"note": "Ben's note"}, format="json")
    before = Task.objects.values().get(pk=task.pk)
    body = submission("Ana's, late")
    first = client_of(ana).post(f"{path}submit/", body, format="json")
    assert (first.status_code, first.json()["late"]) == (201, True)
    again = client_of(ana).post(f"{path}submit/", body, format="json")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"]), (
        "the same one, after a lost answer"
    )
    second = client_of(ana).post(f"{path}submit/", submission("And another"), format="json")
    assert (second.status_code, second.json()["code"]) == (409, "task-not-yours")
    assert Task.objects.values().get(pk=task.pk) == before
    queue = client_of(rita).get(f"/api/v1/rounds/{task.round_id}/review-queue/").json()
    assert [one["id"] for one in queue] == [first.json()["id"]], "a reviewer decides"


@pytest.mark.parametrize("way", ["skip", "release"])
def test_who_gave_a_task_away_hands_nothing_in_once_somebody_has_it(
    way: str, task: Task, ana: User, ben: User, client_of: ClientOf
) -> None:
    client_of(ana).post(f"/api/v1/tasks/{task.pk}/{way}/", {"reason": "Too dark."}, format="json")
    assert task.pk in claim_tasks(round_id=task.round_id, annotator=ben, count=20)
    for _ in range(2):
        answer = client_of(ana).post(f"/api/v1/tasks/{task.pk}/submit/", submission("Mine"), format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "task-not-yours")
    assert Caption.objects.count() == 0


def test_a_paused_person_is_told_who_paused_them_and_their_words_are_kept(
    task: Task, ana: User, ada: User, client_of: ClientOf
) -> None:
    client, path = client_of(ana), f"/api/v1/tasks/{task.pk}/"
    pause_member(membership=member(ana), paused_by=ada)
    saved = client.put(f"{path}working-copy/", {"text": "So far", "version": 0}, format="json")
    assert (saved.status_code, saved.json()["code"]) == (403, "paused")
    assert "ada paused you" in saved.json()["detail"]
    more = {"text": "So far, and more", "version": saved.json()["version"]}
    assert client.put(f"{path}working-copy/", more, format="json").json()["code"] == "paused"
    assert WorkingCopy.objects.get(task=task, annotator=ana).text == "So far, and more"
    handed = client.post(f"{path}submit/", submission("All of it"), format="json")
    assert (handed.status_code, handed.json()["code"]) == (403, "paused")
    assert WorkingCopy.objects.get(task=task, annotator=ana).text == "All of it"
    assert (Caption.objects.count(), Task.objects.get(pk=task.pk).state) == (0, TaskState.PENDING)
    resume_member(membership=member(ana), resumed_by=ada)
    assert client.post(f"{path}submit/", submission("All of it"), format="json").status_code == 201


@pytest.mark.parametrize("role", Role.values)
def test_whoever_is_paused_only_sees_that_and_their_own_captions(
    role: str, task: Task, person: Callable[..., User], ada: User, client_of: ClientOf, hand_in: Any
) -> None:
    pia = person("pia", Role(role))
    own = hand_in(Round.objects.get(), pia, "Pia's caption")
    others = hand_in(Round.objects.get(), task.annotator, "Ana's caption", task=task)
    pause_member(membership=member(pia), paused_by=ada)
    client = client_of(pia)
    assert [one["id"] for one in client.get("/api/v1/captions/").json()["results"]] == [own.pk]
    assert client.get(f"/api/v1/captions/{others.pk}/").status_code == 404
    [project] = client.get("/api/v1/projects/").json()["results"]
    assert (project["slug"], project["paused"]) == ("iguanas", True)
    for path in (
        f"/api/v1/images/{own.task.image_id}/pixels/thumbnail/",
        f"/api/v1/tasks/{own.task_id}/",
        "/api/v1/projects/iguanas/guidelines/",
        f"/api/v1/rounds/{task.round_id}/review-queue/",
    ):
        assert (client.get(path).status_code, client.get(path).json()["code"]) == (403, "paused"), path
    for path in ("images", "exports", "rounds", "jobs", "events"):
        assert client.get(f"/api/v1/{path}/").json()["results"] == [], path


def test_pausing_ends_no_session_and_touches_no_other_project(
    ana: User, ada: User, client_of: ClientOf, django_user_model: Any
) -> None:
    olga = django_user_model.objects.create(username="olga", is_superuser=True)
    Membership.objects.create(project=member(ana).project, user=olga, role=Role.ANNOTATOR)
    for one in (ana, olga):
        client = client_of(one)
        pause_member(membership=member(one), paused_by=ada)
        assert client.get("/api/v1/session/").json()["user"]["username"] == one.username
    assert client_of(olga).get("/api/v1/projects/iguanas/guidelines/").status_code == 200, "the site is hers"


def test_a_member_is_removed_and_their_captions_stay(
    task: Task, ana: User, ben: User, ada: User, client_of: ClientOf, hand_in: Any
) -> None:
    done = hand_in(Round.objects.get(), ana, "Ana's caption", task=task)
    [held] = claim_tasks(round_id=task.round_id, annotator=ana, count=1)
    secret = make_api_token(user=ana, name="script", project=member(ana).project)
    gone = client_of(ada).delete("/api/v1/projects/iguanas/members/ana/")
    assert gone.status_code == 204
    assert held in claim_tasks(round_id=task.round_id, annotator=ben, count=20)
    assert Caption.objects.get(pk=done.pk).annotator == ana
    assert ApiToken.objects.get().revoked_at is not None
    assert client_of(ana).get(f"/api/v1/tasks/{held}/").status_code == 404
    assert client_of(ana).get("/api/v1/captions/").json()["results"] == []
    assert APIClient(headers={"authorization": f"Token {secret}"}).get("/api/v1/captions/").status_code == 401
    event = Event.objects.get(verb="membership.removed")
    assert (event.actor, event.before) == (ada, {"role": "annotator", "user": ana.pk})
    assert event.after == {"handed_over": 1, "tokens_revoked": 1}
    assert client_of(ada).delete("/api/v1/projects/iguanas/members/ana/").status_code == 404


def test_the_last_admin_is_not_removed(ada: User, client_of: ClientOf) -> None:
    answer = client_of(ada).delete("/api/v1/projects/iguanas/members/ada/")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert Membership.objects.filter(user=ada).exists()


def test_a_token_of_one_project_is_refused_while_its_person_is_out(ana: User, ada: User) -> None:
    secret = make_api_token(user=ana, name="script", project=member(ana).project)
    client = APIClient(headers={"authorization": f"Token {secret}"})
    assert client.get("/api/v1/rounds/").status_code == 200
    pause_member(membership=member(ana), paused_by=ada)
    assert client.get("/api/v1/rounds/").status_code == 403
    resume_member(membership=member(ana), resumed_by=ada)
    assert client.get("/api/v1/rounds/").status_code == 200
    remove_member(membership=member(ana), removed_by=ada)
    assert client.get("/api/v1/rounds/").status_code == 401


@pytest.mark.parametrize("size", ["screen", "thumbnail", "original"])
def test_nobody_sees_pictures_by_counting_ids(
    size: str,
    task: Task,
    ana: User,
    ben: User,
    rita: User,
    ada: User,
    client_of: ClientOf,
    hand_in: Any,
    make_images: Callable[..., list[Image]],
    django_assert_num_queries: Any,
) -> None:
    """Annotators see those of their tasks and of lessons, reviewers also what has a caption, admins all."""
    hand_in(Round.objects.get(), ana, task=task)
    make_images(2)
    images = list(Image.objects.order_by("pk"))
    lesson = images[-1]
    lesson.lessons.create(
        project=lesson.project, position=0, starting_text="x", about="", has=[], lacks=["y"], example="x"
    )

    def seen(user: User) -> set[int]:
        client = client_of(user)
        paths = {one.pk: f"/api/v1/images/{one.pk}/pixels/{size}/" for one in images}
        refused = {pk for pk, path in paths.items() if b"you had no task" in read(client.get(path))}
        return set(paths) - refused

    own = {task.image_id, lesson.pk}
    assert (seen(ana), seen(ben), seen(rita), seen(ada)) == (
        own,
        {lesson.pk},
        own,
        {one.pk for one in images},
    )
    listed = {one["id"] for one in client_of(rita).get("/api/v1/images/").json()["results"]}
    assert listed == own


def read(response: Any) -> bytes:
    return b"".join(response) if response.streaming else bytes(response.content)
