"""An admin launches rounds with every choice of the form: what the preview says is what is made, and it can be undone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models.functions import Now
from playwright.sync_api import Page, expect

from annotation_server.choices import RoundState, RunState, StartingText, TaskOrder, TaskState
from annotation_server.models import Caption, CaptionerRun, Draft, DraftSet, Image, Project, Round, Task, User
from annotation_server.options.launch_round import ImageChoice, RoundSettings
from annotation_server.rules.launch_preview import launch_preview
from tests.browser.conftest import OpenPage

WORKER_MS = 90_000
TEXT = "A green iguana on a grey rock near Lake Bled."

HandIn = Callable[..., Caption]


def close(round: Round) -> None:
    """As closing leaves it, without the jobs that follow: the workers of the site would do them meanwhile."""
    Task.objects.filter(round=round).update(state=TaskState.ACCEPTED)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED, closed_at=Now())


@pytest.fixture
def drafted(first_round: Round, ana: User, hand_in: HandIn) -> list[Image]:
    """The five images of a closed round, with drafts for the next one."""
    images = list(Image.objects.order_by("pk"))
    for image in images:
        hand_in(first_round, ana, f"{TEXT} Number {image.pk}.")
    close(first_round)
    run = CaptionerRun.objects.create(
        project=first_round.project,
        number=1,
        through_round=first_round,
        recipe="tiny",
        state=RunState.FINISHED,
        promoted=True,
    )
    draft_set = DraftSet.objects.create(run=run, decode={}, row_count=5)
    for image in images:
        Draft.objects.create(draft_set=draft_set, image=image, text=f"{TEXT} Draft.", mean_logprob=-image.pk)
    return images


def test_every_choice_arrives_and_the_launch_is_undone(
    open_as: OpenPage, drafted: list[Image], ada: User, ben: User, rita: User
) -> None:
    Image.objects.filter(pk__in=[image.pk for image in drafted[:4]]).update(domain="sea", source="wit")
    seed = telling_seed(drafted[0].project)
    page = open_as(ada, "/projects/iguanas")
    page.get_by_role("button", name="Launch round 2…").click()
    dialog = page.get_by_role("dialog", name="Launch round 2")
    expect(dialog.get_by_label("the captioner's draft")).to_be_checked()
    for label, value in {
        "Sources, by comma": "wit",
        "Domains, by comma": "sea, land",
        "A random sample of": "4",
        "Annotators per image": "2",
        "Reviewed, in %": "40",
        "Levels of review": "2",
        "Check tasks, in %": "50",
        "Without the draft, in %": "50",
        "Minutes a task is held": "45",
        "Seed": str(seed),
    }.items():
        dialog.get_by_label(label).fill(value)
    dialog.get_by_label("Order").select_option("most to do first")
    dialog.get_by_label("People may edit their own caption of the previous round").check()
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_text("This makes 8 tasks over 4 images")).to_be_visible()
    facts = dialog.locator(".facts")
    control = int(fact(page, "without the draft"))
    checks = int(fact(page, "check tasks on top"))
    assert 0 < control < 8
    assert 0 < checks <= 4
    expect(facts).not_to_contain_text("from alt-texts")
    dialog.get_by_text("Some of the planted errors").click()
    expect(dialog.locator(".planted ins").first).to_be_visible()
    expect(dialog.locator(".preview img")).to_have_count(8)
    assert Axe().run(page).response["violations"] == []
    dialog.get_by_role("button", name="Launch round 2").click()
    expect(page.get_by_role("button", name="Undo the launch")).to_be_visible()
    made = Round.objects.get(number=2)
    assert (made.annotators_per_image, made.review_share, made.review_levels) == (2, 0.4, 2)
    assert (made.control_share, made.check_share, made.lease_minutes, made.seed) == (0.5, 0.5, 45, seed)
    assert (made.order, made.own_previous_allowed) == ("expected_edit", True)
    assert made.image_choice == {
        "sources": ["wit"],
        "domains": ["sea", "land"],
        "unconverged_only": False,
        "sample": 4,
    }
    tasks = Task.objects.filter(round=made)
    assert tasks.filter(check_kind="").count() == 8
    assert (tasks.filter(control=True).count(), tasks.exclude(check_kind="").count()) == (control, checks)
    # The least certain draft is of the image with the highest number. Odd places are the extra ones, which are drawn.
    places = tasks.order_by("position").values_list("image", "position")
    firsts = [image for image, place in places if place % 2 == 0][:4]
    assert len(set(firsts)) == 4
    assert firsts == sorted(firsts, reverse=True)
    page.get_by_role("button", name="Undo the launch").click()
    expect(page.get_by_role("button", name="Launch round 2…")).to_be_visible()
    assert not Round.objects.filter(number=2).exists()


def telling_seed(project: Project) -> int:
    """The first whose lot puts tasks into both arms and an error into some. The lot is of the images' numbers, which depend
    on the tests before this one."""

    def tells(seed: int) -> bool:
        settings = RoundSettings(
            starting_text=StartingText.DRAFT,
            images=ImageChoice(sources=["wit"], domains=["sea", "land"], sample=4),
            annotators_per_image=2,
            order=TaskOrder.EXPECTED_EDIT,
            control_share=0.5,
            check_share=0.5,
            seed=seed,
        )
        preview = launch_preview(project=project, settings=settings)
        return 0 < preview.control < preview.tasks and preview.checks > 0

    return next(filter(tells, range(1, 100)))


def fact(page: Page, name: str) -> str:
    """The number beside its name in the preview."""
    return page.locator(".facts div").filter(has_text=name).locator("dd").inner_text()


def test_alt_texts_are_compared_before_a_first_round(
    open_as: OpenPage, pictures: Callable[..., list[Image]], ada: User, quick_encoder: None
) -> None:
    pictures("a red boat", "Lake Bled", "")
    page = open_as(ada, "/projects/iguanas")
    page.get_by_role("button", name="Launch round 1…").click()
    dialog = page.get_by_role("dialog", name="Launch round 1")
    dialog.get_by_label("Order").select_option("most to do first")
    dialog.get_by_role("button", name="Preview").click()
    unknown = dialog.get_by_text("2 of 3 images have neither a draft nor a comparison with their alt-text")
    expect(unknown).to_be_visible()
    dialog.get_by_role("button", name="Compare them").click()
    expect(dialog.get_by_text("A worker of the captioner does it")).to_be_visible()
    expect(page.get_by_role("heading", name="Embed images")).to_be_attached(timeout=WORKER_MS)
    expect(page.locator(".job[data-state=succeeded]")).to_be_attached(timeout=WORKER_MS)
    dialog.get_by_role("button", name="Preview").click()
    expect(unknown).to_be_hidden()
    expect(dialog.get_by_role("button", name="Compare them")).to_have_count(0)


def test_another_round_is_launched_on_what_still_changes(
    open_as: OpenPage,
    drafted: list[Image],
    open_round: Callable[..., Round],
    ada: User,
    ben: User,
    hand_in: HandIn,
) -> None:
    second = open_round(starting_text="previous_caption")
    for number in range(5):
        task = Task.objects.filter(round=second, state=TaskState.PENDING).earliest("position")
        text = "Nothing of it is as it was." if number < 2 else task.starting_text
        hand_in(second, ben, text, seconds=90.0)
    close(second)
    page = open_as(ada, "/projects/iguanas/rounds/2")
    expect(page.get_by_text("2 of 5 captions still changed clearly")).to_be_visible()
    card = page.locator("section").filter(has=page.get_by_role("heading", name="Do captions still change?"))
    expect(card).to_contain_text("3 min")
    assert Axe().run(page).response["violations"] == []
    card.get_by_role("button", name="Launch a round on these 2 only…").click()
    dialog = page.get_by_role("dialog", name="Launch round 3")
    expect(dialog.get_by_label("Only images whose last caption still changed clearly")).to_be_checked()
    dialog.get_by_label("the previous caption").check()
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_text("This makes 2 tasks over 2 images")).to_be_visible()
    dialog.get_by_role("button", name="Launch round 3").click()
    expect(dialog).to_be_hidden()
    third = Task.objects.filter(round__number=3)
    assert {task.starting_text for task in third} == {"Nothing of it is as it was."}
