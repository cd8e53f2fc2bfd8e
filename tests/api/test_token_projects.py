"""A token of one project reaches that one, whatever else the call says; and ids in one call belong together."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from annotation_server.api.token_projects import closed, place_of
from annotation_server.api.urls import urlpatterns
from annotation_server.choices import Role, TokenScope
from annotation_server.models import ApiToken, Caption, Cohort, Image, Project, Round, User, Webhook
from annotation_server.steps.people.change_cohort import create_cohort
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.projects.change_webhook import add_webhook, try_webhook
from annotation_server.steps.projects.create_project import set_role
from tests.api.conftest import World
from tests.api.test_access import VERBS, addresses, ask, body_of, contents, path_of, read
from tests.api.test_bodies import document, name_of, objects, operations, plain

OURS = sorted(
    name for name in set(addresses()) if not name.startswith(("account-", "openid", "front-end", "health"))
)
# Numbers in bodies that are no object's id.
NUMBERS = {
    *("version", "count", "seconds", "level", "anchor", "days", "byte_count", "grace_hours", "number"),
    *(
        "annotators_per_image",
        "control_share",
        "check_share",
        "seed",
        "review_share",
        "review_levels",
        "share",
    ),
    *("lease_minutes", "sample", "mix", "mix_seed", "pasted_share", "caption_limit", "gate_margin"),
    *("gate_min_rows", "eval_share"),
}


def calls() -> Iterator[tuple[Any, str]]:
    """Every view of the API with each of its actions, or verbs."""
    for pattern in urlpatterns:
        view: Any = pattern.callback
        if not hasattr(view, "cls"):
            continue
        actions = getattr(view, "actions", None)
        named = (
            actions.values()
            if actions
            else [verb.lower() for verb in VERBS if hasattr(view.cls, verb.lower())]
        )
        yield from ((view.cls, name) for name in named)


def test_every_call_says_where_its_project_is() -> None:
    """A new one that does not say it is closed to tokens of one project, and fails here."""
    found = list(calls())
    assert len(found) > 100
    unsaid = []
    for view, name in found:
        said = getattr(view, "project_at", None)
        if said is None or (isinstance(said, dict) and name not in said and "*" not in said):
            unsaid.append((view.__name__, name))
    assert unsaid == []


def test_what_says_nothing_is_closed() -> None:
    class Silent:
        pass

    assert place_of(Silent(), "GET") is closed


@pytest.fixture
def lizards(
    world: World,
    open_round: Callable[..., Round],
    make_images: Callable[..., list[Image]],
    hand_in: Any,
    person: Any,
) -> dict[str, Any]:
    """The other project's objects: one of each that a call can name."""
    project = Project.objects.get(slug="lizards")
    otto = world.callers["other project's admin"]
    liz = person("liz", Role.ANNOTATOR, project)
    image = make_images(1, of=project)[0]
    round = open_round(of=project, review_share=1.0)
    caption = hand_in(round, liz)
    webhook, _ = add_webhook(project=project, url="https://example.org/l", verbs=[], added_by=otto)  # type: ignore[arg-type]
    return {
        "project": project,
        "round": round.pk,
        "image": image.pk,
        "caption": caption.pk,
        "webhook": webhook.pk,
        "delivery": try_webhook(webhook=webhook, tried_by=otto).pk,  # type: ignore[arg-type]
        "cohort": create_cohort(project=project, name="geckos", created_by=None).pk,
    }


def test_nothing_that_a_call_adds_moves_a_token_to_another_project(
    world: World, lizards: dict[str, Any]
) -> None:
    """The token is for lizards, its person owns the site; every route is asked for iguanas' objects and told that they are
    lizards'."""
    secret = world.tokens["token of another project"]
    client = APIClient(raise_request_exception=False, headers={"authorization": f"Token {secret}"})
    said = {"project": "lizards", "slug": "lizards", "round": lizards["round"]}
    wrong = []
    for name in OURS:
        path = path_of(name, world)
        of_iguanas = not name.endswith("-list") and path != reverse("session")
        body = {**body_of(name, world), **said}
        for verb in VERBS:
            answer = ask(
                client, verb, f"{path}?project=lizards&round={lizards['round']}", name, json.dumps(body)
            )
            told = read(answer)
            if answer.status_code < 400 and (b"iguanas" in told and name != "schema"):
                wrong.append((name, verb, answer.status_code))
            if of_iguanas and answer.status_code < 400 and ("pk" in path or "iguanas" in path):
                wrong.append((name, verb, answer.status_code))
    assert wrong == []


def test_an_export_of_another_projects_round_is_refused(world: World, lizards: dict[str, Any]) -> None:
    secret = world.tokens["token of one project"]
    client = APIClient(headers={"authorization": f"Token {secret}"})
    body = {"round": lizards["round"], "format": "jsonl"}
    assert client.post("/api/v1/exports/", body, format="json").status_code == 404
    told = client.post("/api/v1/exports/", {**body, "project": "iguanas"}, format="json")
    assert told.status_code in {400, 404}


def test_no_token_gets_a_secret_or_a_link(world: World) -> None:
    """Everything is asked with the strongest token there is; nothing of what is answered opens a door."""
    owner = world.callers["owner"]
    assert owner is not None
    secret = make_api_token(user=owner, name="all", scope=TokenScope.ADMIN)
    client = APIClient(raise_request_exception=False, headers={"authorization": f"Token {secret}"})
    told: list[tuple[str, ...]] = []
    for name in OURS:
        for verb in VERBS:
            answer = ask(client, verb, path_of(name, world), name, json.dumps(body_of(name, world)))
            text = read(answer).decode(errors="replace")
            if name != "schema" and answer.status_code < 400:
                told += [(name, verb) for word in ('"secret"', '"link"', "/sign-in/") if word in text]
            told += [(name, verb, "cookie") for cookie in answer.cookies if cookie == "sessionid"]
    assert told == []
    assert not User.objects.filter(username="newcomer").exists()
    assert ApiToken.objects.filter(user=owner, name="nightly").count() == 0


def test_ids_of_a_path_belong_together(world: World, lizards: dict[str, Any]) -> None:
    """The slug is iguanas', what is in it lizards'; the caller owns the site and sees both."""
    client = APIClient(raise_request_exception=False)
    client.force_login(world.callers["owner"])  # type: ignore[arg-type]
    own = {"webhook": world.webhook.pk, "delivery": world.delivery.pk, "cohort": world.cohort.pk}
    bodies = {name: body_of(name, world) for name in OURS}
    before, asked, wrong = contents(), 0, []
    for name in OURS:
        path = path_of(name, world)
        for noun, key in own.items():
            foreign = path.replace(f"/{key}/", f"/{lizards[noun]}/")
            if foreign == path or "/projects/" not in path:
                continue
            for verb in VERBS:
                answer = ask(client, verb, foreign, name, json.dumps(bodies[name]))
                asked += 1
                if answer.status_code not in {404, 405}:
                    wrong.append((name, verb, answer.status_code))
    assert asked > 20
    assert wrong == []
    assert contents() == before


def test_ids_of_a_body_belong_to_what_the_path_names(world: World, lizards: dict[str, Any]) -> None:
    client = APIClient(raise_request_exception=False)
    client.force_login(world.callers["owner"])  # type: ignore[arg-type]
    own = {
        "caption": world.caption.pk,
        "image": world.image.pk,
        "chosen": world.caption.pk,
        "seen": [world.caption.pk] * 2,
    }
    foreign = {**lizards, "chosen": lizards["caption"], "seen": [lizards["caption"]] * 2}
    lesson = {"starting_text": "x", "has": [["x"]], "example": "x"}
    bodies = {name: body_of(name, world) for name in OURS}
    before, found, wrong = contents(), set(), []
    for verb, path in operations():
        name = name_of(path)
        schema = (
            document()["paths"][path][verb]
            .get("requestBody", {})
            .get("content", {})
            .get("application/json", {})
        )
        if not schema or "{" not in path:
            continue
        for at, fields in objects(schema["schema"]):
            for field in fields & set(own):
                found.add((name, field))
                body = {
                    **bodies[name],
                    **{key: value for key, value in own.items() if key in fields},
                    field: foreign[field],
                }
                if at:  # the lessons' pictures
                    body = {str(at[0]): [{**lesson, field: foreign[field]}]}
                answer = client.generic(
                    verb.upper(), path_of(name, world), json.dumps(body), "application/json"
                )
                if answer.status_code not in {400, 404, 409}:
                    wrong.append((name, field, answer.status_code))
    assert {("task-review", "caption"), ("task-undo", "caption"), ("lessons", "image")} <= found
    assert {("round-adjudication", field) for field in ("image", "seen", "chosen")} <= found
    assert wrong == []
    assert contents() == before


def test_every_number_in_a_body_is_known_as_an_id_or_as_none() -> None:
    """A new id in a body needs its line in the test above."""
    unknown: set[str] = set()
    for verb, path in operations():
        content: dict[str, Any] = document()["paths"][path][verb].get("requestBody", {}).get("content", {})
        for at, fields in objects(content.get("application/json", {}).get("schema", {})):
            unknown |= {field for field in fields if _is_number(content, at, field)}
    assert unknown - NUMBERS == {"caption", "image", "seen", "chosen", "round"}


def _is_number(content: dict[str, Any], at: tuple[str | int, ...], field: str) -> bool:
    schema = plain(content["application/json"]["schema"])
    for step in at:
        schema = plain(schema["items"] if isinstance(step, int) else schema["properties"][step])
    one = plain(schema["properties"][field])
    while one.get("type") == "array":
        one = plain(one["items"])
    return one.get("type") in {"integer", "number"}


def test_a_name_in_a_body_is_looked_up_in_its_project(world: World, lizards: dict[str, Any]) -> None:
    """Cohorts and people are named, not numbered: another project's are none of this one."""
    client = APIClient()
    client.force_login(world.callers["owner"])  # type: ignore[arg-type]
    assert Cohort.objects.filter(name="geckos").count() == 1
    assert Caption.objects.exists()
    member = client.patch("/api/v1/projects/iguanas/members/ana/", {"cohort": "geckos"}, format="json")
    launch = {"project": "iguanas", "starting_text": "alt_text"}
    people = client.post("/api/v1/rounds/preview/", {**launch, "people": ["liz"]}, format="json")
    cohorts = client.post(
        "/api/v1/rounds/preview/", {**launch, "cohorts": [{"cohort": "geckos", "share": 1}]}, format="json"
    )
    assert [one.status_code for one in (member, people, cohorts)] == [400, 400, 400]
    set_role(project=lizards["project"], user=world.callers["annotator"], role=Role.ANNOTATOR, set_by=None)  # type: ignore[arg-type]


def test_no_token_makes_an_admin_or_a_way_out(world: World) -> None:
    """A role outlives the token, and so does the address that a webhook tells everything to."""
    admin = world.callers["admin"]
    assert admin is not None
    secret = make_api_token(user=admin, name="t", scope=TokenScope.ADMIN)
    client = APIClient(headers={"authorization": f"Token {secret}"})
    project = Project.objects.get(slug="iguanas")
    webhook = Webhook.objects.create(project=project, url="https://example.org/", sealed_secret="x")
    asked = [
        ("/api/v1/projects/iguanas/members/ana/", {"role": "admin"}),
        (f"/api/v1/projects/iguanas/webhooks/{webhook.pk}/", {"url": "https://example.net/"}),
    ]
    for path, body in asked:
        answer = client.patch(path, body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed"), path
    paused = client.patch("/api/v1/projects/iguanas/members/ana/", {"paused": True}, format="json")
    assert paused.status_code == 200
