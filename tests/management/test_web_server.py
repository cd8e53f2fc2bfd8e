"""Links and calls go to the server that runs, and a command that needs one looks for it before it makes anything."""

import json
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotation_server.embedded.processes import free_port
from annotation_server.embedded.web_address import USUAL, remembered_web_address, web_address
from annotation_server.models import Project, SignInLink, User
from tests.warm import manage_py


def test_the_address_is_known_while_the_server_runs(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert web_address(tmp_path) == USUAL
    with remembered_web_address(tmp_path, "http://127.0.0.1:8123"):
        assert web_address(tmp_path) == "http://127.0.0.1:8123"
    assert web_address(tmp_path) == USUAL


def test_what_a_killed_server_left_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    ended = subprocess.Popen(["true"])
    ended.wait()
    for left in [json.dumps({"url": "http://127.0.0.1:8123", "process_id": ended.pid}), "{", "[]", "{}"]:
        (tmp_path / "run" / "web.json").write_text(left)
        assert web_address(tmp_path) == USUAL


def test_links_lead_to_the_port_of_the_demo_that_runs(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with remembered_web_address(tmp_path, "http://127.0.0.1:8123"):
        for command in ["walk_the_loop", "add_person", "sign_in_links", "first_owner"]:
            told = manage_py(command, "--help", ALTOGETHER_VAR=str(tmp_path), COLUMNS="200")
            assert "http://127.0.0.1:8123" in told.stdout, command


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (
            "http://127.0.0.1:{port}",
            "No server of ours answers at http://127.0.0.1:{port}. Start it with `make demo`",
        ),
        ("127.0.0.1:8000", "write an address such as http://127.0.0.1:8000"),
        ("http://", "write an address such as http://127.0.0.1:8000"),
        ("http://[::1", "The address cannot be read"),
    ],
)
def test_the_walk_makes_nothing_without_a_server(url: str, reason: str) -> None:
    port = free_port()
    with pytest.raises(CommandError) as refused:
        call_command("walk_the_loop", url=url.format(port=port))
    assert reason.format(port=port) in str(refused.value)
    assert (Project.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_link_of_a_server_that_does_not_run_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    call_command("add_person", "ben", url=url)
    told = capsys.readouterr()
    assert told.out.startswith(f"{url}/sign-in/")
    assert told.err == f"Note: no server answers at {url} now. Links work once one does.\n"


@pytest.mark.django_db
def test_an_empty_site_gets_one_owner_who_signs_in_by_links_until_they_have_a_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("first_owner", "ana", url="http://x.invalid")
    call_command("first_owner", "ben", url="http://x.invalid")
    first, second = [line for line in capsys.readouterr().out.splitlines() if "signs in" in line]
    assert first.startswith("ana signs in here, once: http://x.invalid/sign-in/")
    assert second.startswith("ana signs in here, once: http://x.invalid/sign-in/")
    assert first != second
    [owner] = User.objects.all()
    assert (owner.username, owner.is_superuser, SignInLink.objects.count()) == ("ana", True, 2)
    owner.set_password("a long enough one")
    owner.save()
    call_command("first_owner", url="http://x.invalid")
    assert capsys.readouterr().out.startswith(
        "ana signs in with a password. Forgotten? manage.py sign_in_links NAME"
    )
    assert SignInLink.objects.count() == 2
