"""manage.py choose_captioner and captioner_bases: what they say, and in one line why not."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation_server.choices import BaseState
from annotation_server.models import BaseCheckpoint, Project


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_captioner_is_chosen_and_shown(project: Project, settings: Any, tmp_path: Path) -> None:
    settings.CAPTIONER_BASES = tmp_path
    assert run("captioner_bases", "pre-trained", "--folder", "pre") == "pre-trained  inspecting  pre\n"
    BaseCheckpoint.objects.update(
        state=BaseState.READY, sha256="a" * 64, misfits={"tiny": "", "small": "No."}
    )
    assert run("captioner_bases") == f"pre-trained  ready  pre  {'a' * 12}  0 parameters, fits tiny\n"
    said = run("choose_captioner", "iguanas")
    assert said.startswith("Recipe tiny (the server's); training starts from: recipe.\n")
    assert "altogether  The paper's captioner" in said
    said = run("choose_captioner", "iguanas", "--recipe", "tiny", "--start", "base", "--base", "pre-trained")
    assert said == "Recipe tiny; training starts from: base 'pre-trained'.\n"
    refused("captioner_bases", "pre-trained", "--remove", reason="The captioner of iguanas starts from")
    run("choose_captioner", "iguanas", "--start", "recipe", "--base", "")
    assert run("captioner_bases", "pre-trained", "--remove") == ""


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["choose_captioner", "lizards"], "There is no project 'lizards'."),
        (["choose_captioner", "iguanas", "--recipe", "grand"], "There is no recipe 'grand'."),
        (["choose_captioner", "iguanas", "--base", "none"], "There is no base 'none'."),
        (["captioner_bases", "x", "--folder", "/etc"], "A base lies below the folder CAPTIONER_BASES"),
        (["captioner_bases", "x"], "Say where the base is"),
        (["captioner_bases", "x", "--remove"], "There is no base 'x'."),
    ],
)
def test_refusals_are_one_line(project: Project, arguments: list[str], reason: str) -> None:
    refused(*arguments, reason=reason)


def refused(*arguments: str, reason: str) -> None:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert reason in str(error.value)
    assert len(str(error.value).splitlines()) == 1
