"""An admin's way, by clicking: close the round, watch the captioner, launch the next round, export."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from annotation_server.choices import RoundState, Split, StartingText
from annotation_server.models import CaptionerRun, Image, Project, Round, Task, User
from annotation_server.steps.claim_task import claim_tasks
from annotation_server.steps.submit_caption import submit_caption
from tests.browser.conftest import OpenPage

# The captioner's jobs on four pictures take some seconds, and the machine may be busy.
JOBS_MS = 300_000


@pytest.fixture
def annotated(pictures: Callable[..., list[Image]], open_round: Callable[..., Round], ana: User) -> Round:
    """A round that was done: three pictures to train on, one held out."""
    pictures("a red boat", "Lake Bled", "an iguana")
    pictures("Old town of Graz, Austria", split=Split.EVAL)
    round = open_round()
    for task_id in claim_tasks(round=round, annotator=ana, count=10):
        task = Task.objects.get(pk=task_id)
        submit_caption(
            task=task,
            annotator=ana,
            submission_id=uuid4(),
            text=f"{task.starting_text}, seen from afar",
            seconds=5.0,
            concepts=[],
            limit=1_000,
        )
    return round


@pytest.mark.usefixtures("quick_encoder")
@pytest.mark.timeout(900)
def test_from_closing_a_round_to_the_next_and_an_export(
    open_as: OpenPage, project: Project, annotated: Round, ada: User
) -> None:
    page = open_as(ada, f"/projects/{project.slug}")
    page.get_by_role("button", name="Close the round…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row", name="Captions accepted")).to_contain_text(
        str(Task.objects.filter(round=annotated).count())
    )
    dialog.get_by_role("button", name="Close round 1").click()
    expect(page.get_by_text("Train the captioner")).to_be_visible()

    runs = page.locator("section", has=page.get_by_role("heading", name="Captioner runs"))
    expect(runs).to_contain_text("below the gate", timeout=JOBS_MS)
    expect(runs).to_contain_text("held-out captions")
    run = CaptionerRun.objects.get()
    assert (run.promoted, run.error) == (False, "")

    page.get_by_role("button", name="Launch round 2…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Not yet: no captioner run passed the gate and wrote drafts.")).to_be_visible()
    dialog.get_by_role("button", name="Launch round 2").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="Round 2", exact=True)).to_be_visible()
    launched = Round.objects.get(project=project, number=2)
    assert (launched.state, launched.starting_text) == (RoundState.OPEN, StartingText.PREVIOUS_CAPTION)

    page.get_by_label("What").select_option(label="Round 1")
    page.get_by_role("button", name="Make an export").click()
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("link", name=re.compile(r"jsonl")).first.click(timeout=30_000)
    rows = [json.loads(line) for line in download.value.path().read_text().splitlines()]
    assert len(rows) == Task.objects.filter(round=annotated).count()
