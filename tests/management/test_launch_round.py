"""manage.py launch_round: previews, launches, and says in one line why not."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotation_server.models import Image, Project, Round, Task

FROM_ALT_TEXT = ["--starting-text", "alt_text"]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("launch_round", *arguments, stdout=out)
    return out.getvalue()


def test_a_preview_creates_nothing(project: Project, make_images: Callable[..., list[Image]]) -> None:
    make_images(3)
    said = run("iguanas", "--starting-text", "alt_text", "--sample", "2", "--seed", "5", "--preview")
    assert said.startswith("2 tasks on 2 images: 2 from alt-texts, 0 from previous captions, 0 from drafts")
    assert "Note: Annotators wanted per image: 1; people who can work on them: 0." in said
    assert Round.objects.count() == 0


def test_a_launch_follows_the_choice(project: Project, make_images: Callable[..., list[Image]]) -> None:
    images = make_images(3)
    Image.objects.filter(pk=images[1].pk).update(source="wit")
    said = run("iguanas", "1", "--starting-text", "alt_text", "--source", "wit", "--order", "random")
    assert said == "Round 1 of iguanas is open with 1 tasks.\n"
    assert Task.objects.get().image == images[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["lizards", *FROM_ALT_TEXT], "There is no project 'lizards'."),
        (["iguanas", "2", *FROM_ALT_TEXT], "Round 2 cannot be launched now; the next one is 1."),
        (["iguanas"], "the following arguments are required: --starting-text"),
        (
            ["iguanas", *FROM_ALT_TEXT, "--control-share", "2"],
            "--control-share: Ensure this value is less than or equal to 1.",
        ),
        (["iguanas", "--starting-text", "draft"], "No promoted captioner run has written drafts yet."),
        (["iguanas", *FROM_ALT_TEXT, "--source", "nowhere"], "No image fits"),
    ],
)
def test_refusals_are_one_line(
    project: Project, make_images: Callable[..., list[Image]], arguments: list[str], reason: str
) -> None:
    make_images(1)
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)
    assert Round.objects.count() == 0
