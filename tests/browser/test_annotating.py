"""An annotator's way: picture, starting text, difference, submit, the next one."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from annotation_server.choices import ConceptOutcome, DropReason, TaskState
from annotation_server.models import Caption, Project, Round, Task, User, WorkingCopy
from annotation_server.options.import_images import ImportOptions
from annotation_server.steps.imports.import_images import import_images
from tests.browser.conftest import OpenPage
from tests.browser.workbench import caption, difference, expect_state, submit, write
from tests.drawing import write_picture, write_rows


def test_from_the_first_screen_to_the_second_picture(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana)
    page.get_by_role("link", name="Annotate").click()
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019")
    expect(caption(page)).to_be_focused()
    expect(page.locator(".stage img")).to_have_js_property("naturalWidth", 640)

    write(page, "A green iguana in a tree, Costa Rica")
    expect_state(page, "saved")
    assert difference(page) == "[-Green-]{+A green+} iguana in {+a tree, +}Costa Rica[-, 2019-]"

    submit(page)
    expect(caption(page)).to_have_value("Lake Bled")
    expect(caption(page)).to_be_focused()
    [made] = Caption.objects.all()
    assert (made.text, made.annotator) == ("A green iguana in a tree, Costa Rica", ana)
    assert made.seconds is not None
    assert Task.objects.get(pk=made.task_id).state == TaskState.SUBMITTED


def test_to_the_end_of_the_round(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    for _ in range(5):
        expect(caption(page)).to_be_focused()
        write(page, f"{caption(page).input_value()}, seen from afar")
        submit(page)
    expect(page.get_by_role("heading", name="Nothing left for you")).to_be_visible()
    assert Caption.objects.count() == 5


def test_a_reload_brings_the_same_task_with_what_was_typed(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, "Half a caption")
    expect_state(page, "saved")
    page.reload()
    expect(caption(page)).to_have_value("Half a caption")
    assert WorkingCopy.objects.get(text="Half a caption").annotator == ana


def test_what_became_of_the_concepts_is_stored(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, "A green iguana on a branch")
    expect(page.locator(".chip.undecided")).to_have_count(2)
    page.keyboard.press("Alt+c")
    page.keyboard.press("n")  # Costa Rica: not in the image; then the focus is on 2019.
    page.keyboard.press("u")
    expect(caption(page)).to_be_focused()
    submit(page)
    expect(caption(page)).to_have_value("Lake Bled")
    assert [(each.phrase, each.outcome, each.reason) for each in Caption.objects.get().concepts.all()] == [
        ("Green iguana", ConceptOutcome.KEPT, ""),
        ("Costa Rica", ConceptOutcome.DROPPED, DropReason.NOT_IN_IMAGE),
        ("2019", ConceptOutcome.DROPPED, DropReason.UNSURE),
    ]


def test_the_last_submission_is_taken_back(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    write(page, "Too early")
    submit(page)
    expect(caption(page)).to_have_value("Lake Bled")
    page.keyboard.press("Alt+u")
    expect(caption(page)).to_have_value("Too early")
    write(page, "In good time")
    submit(page)
    expect(caption(page)).to_have_value("Lake Bled")
    early, late = Caption.objects.order_by("id")
    assert (early.text, late.text, late.parent_id) == ("Too early", "In good time", early.pk)


def test_skipping_asks_why(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.keyboard.press("Alt+s")
    page.get_by_role("dialog").get_by_role("button", name="I do not know what this is").click()
    expect(caption(page)).to_have_value("Lake Bled")
    first = Task.objects.get(starting_text="Green iguana in Costa Rica, 2019")
    assert [skip.reason for skip in first.skips.all()] == ["I do not know what this is"]


def test_a_flag_goes_to_the_reviewer(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.keyboard.press("Alt+f")
    page.get_by_label("In your own words").fill("Is it the same animal?")
    page.get_by_role("dialog").get_by_role("button", name="Flag", exact=True).click()
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    assert Task.objects.get(flagged=True).flag_note == "Is it the same animal?"


def test_a_closed_round_says_what_is_kept(open_as: OpenPage, first_round: Round, ana: User) -> None:
    Round.objects.filter(pk=first_round.pk).update(state="closed")
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(page.get_by_role("heading", name="This round is not open")).to_be_visible()


def test_looking_closely_brings_the_picture_in_full_size(
    open_as: OpenPage, project: Project, open_round: Callable[..., Round], ana: User, tmp_path: Path
) -> None:
    write_picture(tmp_path / "large.jpg", 1, width=3000, height=2000)
    import_images(
        project=project,
        source=str(
            write_rows(
                tmp_path / "rows.jsonl", [{"image": "large.jpg", "alt_text": "dunes", "split": "train"}]
            )
        ),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=lambda **told: None,
    )
    page = open_as(ana, f"/annotate/{open_round().pk}")
    picture = page.locator(".stage img")
    expect(picture).to_have_attribute("src", re.compile("/screen/"))
    page.get_by_role("button", name="Image at 1:1").click()
    # It is made now, for the first time.
    expect(picture).to_have_attribute("src", re.compile("/original/"), timeout=30_000)
    assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [3000, 2000]
    expect(caption(page)).to_be_focused()
