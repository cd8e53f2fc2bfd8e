"""The audit log: every change over the API leaves a line in it, and a project's admins read it, for one object too."""

import json
from typing import Any

from rest_framework.test import APIClient

from annotation_server.choices import JobState
from annotation_server.models import Event, Job
from tests.api.conftest import World
from tests.api.test_access import addresses, ask, body_of, contents, path_of, read
from tests.undone import undone

# Calls that change rows without being a change of the project: what is being typed, who holds what, what one has read.
QUIET = {
    "round-claim",
    "task-working-copy",
    "task-release",
    "guidelines-seen",
    "practised",
    "webhook-test",
    "webhook-delivery",
}


def test_every_change_over_the_api_is_in_the_audit_log(world: World) -> None:
    silent = []
    for name in sorted(set(addresses())):
        if name in QUIET or name.startswith(("account-", "session")):
            continue
        for verb in ("POST", "PUT", "PATCH", "DELETE"):
            for caller in ("admin", "annotator", "reviewer"):
                with undone():
                    if name == "job-retry":
                        Job.objects.filter(pk=world.job.pk).update(state=JobState.FAILED)
                    before, events = contents(), Event.objects.count()
                    answer = called(name, verb, world, caller)
                    changed = answer.status_code < 300 and contents() != before
                    if changed and Event.objects.count() == events:
                        silent.append((name, verb))
    assert silent == []


def called(name: str, verb: str, world: World, caller: str) -> Any:
    user = world.callers[caller]
    assert user is not None
    client = APIClient(raise_request_exception=False)
    client.force_login(user)
    answer = ask(client, verb, path_of(name, world), name, json.dumps(body_of(name, world)))
    read(answer)
    return answer


def test_the_life_of_one_object(world: World) -> None:
    """A member's, from what they were to what they are."""
    admin = world.callers["admin"]
    assert admin is not None
    client = APIClient()
    client.force_login(admin)
    for body in ({"role": "reviewer"}, {"paused": True}, {"paused": False}):
        assert client.patch("/api/v1/projects/iguanas/members/ben/", body, format="json").status_code == 200
    ben = world.callers["another annotator"]
    assert ben is not None
    key = ben.memberships.get().pk
    rows = client.get(f"/api/v1/events/?project=iguanas&object_type=membership&object_id={key}").json()[
        "results"
    ]
    told = [(row["verb"], row["actor"], row["before"], row["after"]) for row in rows]
    assert [verb for verb, _, _, _ in told[:3]] == [
        "membership.resumed",
        "membership.paused",
        "membership.set",
    ]
    assert {actor for _, actor, _, _ in told[:3]} == {"ada"}
    assert told[2][2:] == ({"role": "annotator"}, {"role": "reviewer", "user": ben.pk})
    assert (told[1][2]["paused"], told[1][3]["paused"]) == (False, True)
