"""Launching as the tests of it do, and what was made."""

from typing import Any

from annotation_server.choices import StartingText
from annotation_server.models import Project, Round, Task
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.rounds.launch_round import launch_round


def launch(project: Project, number: int | None = None, **settings: Any) -> Round:
    chosen = RoundSettings(**{"starting_text": StartingText.ALT_TEXT, **settings})
    return launch_round(project=project, settings=chosen, launched_by=None, number=number)


def images_of(round: Round) -> list[int]:
    return list(Task.objects.filter(round=round).order_by("position").values_list("image", flat=True))
