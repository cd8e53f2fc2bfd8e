"""Who may not do something is told that and nothing else: never what is wrong with what they sent.

Generated from the access table: whoever is refused there is refused in the same way with any rubbish in the body or address.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.conftest import World
from tests.api.test_access import CALLERS, ask, body_of, calling, committed, path_of, read

REFUSED = {401, 403, 404}
RUBBISH = [
    "{",
    "[]",
    '{"rubbish": "\\u0000"}',
    '{"name": {}, "text": [[]], "version": "x", "days": -1, "count": 1e99}',
]
# Their bodies say which project it is about: what else is in them is not looked at before.
NAMED_IN_BODY = {
    "round-list": "project",
    "round-preview": "project",
    "import-list": "project",
    "archive-list": "project",
    "image-embed": "project",
    "export-list": "round",
}
# The body is the right: a link's secret, a password. 401 is also how signing out is answered.
OPEN = {"session", "session-provider", "account-sign-in", "account-sign-in-by-passkey"} | {
    "account-session",
    # What these are about is in their body or address, and everybody may ask.
    "api-tokens",
    "task-undo",
    "export-latest",
}
ODD_ADDRESS = "?project=%00&at=x&cursor=%00&page_size=x&round=x&search=%00"


# A paused person's last words are kept, so a body that has none is looked at.
HEARD = {("task-submit", "paused member")}


def rubbish(name: str, expected: int, world: World) -> Iterator[str]:
    """Bodies that nobody could take."""
    named = NAMED_IN_BODY.get(name)
    if named:
        yield json.dumps({named: body_of(name, world)[named], "starting_text": [], "rubbish": {"x": [1]}})
    if (
        not named or expected != 404
    ):  # A project that the caller may not know is only hidden once the body names it.
        yield from RUBBISH


@pytest.mark.parametrize("caller", CALLERS)
def test_whoever_is_refused_is_refused_before_anything_is_checked(caller: str, world: World) -> None:
    client: Any = calling(world, caller)
    wrong = []
    for (name, verb), statuses in committed().items():
        expected = statuses[CALLERS.index(caller)]
        if expected not in REFUSED or name in OPEN or (name, caller) in HEARD:
            continue
        path = path_of(name, world)
        for body in rubbish(name, expected, world) if verb != "GET" else ():
            answer = ask(client, verb, path, name, body)
            if answer.status_code != expected:
                wrong.append((name, verb, body, answer.status_code, expected, read(answer)[:200]))
        answer = ask(client, verb, path + ODD_ADDRESS, name, json.dumps(body_of(name, world)))
        if answer.status_code != expected:
            wrong.append((name, verb, ODD_ADDRESS, answer.status_code, expected, read(answer)[:200]))
    assert not wrong, wrong
