"""An admin's way by clicking: inviting, previewing, launching, closing; the jobs that follow are seen."""

from collections.abc import Callable

from playwright.sync_api import expect

from annotation_server.choices import Role, RoundState, TaskState
from annotation_server.models import Caption, Image, Membership, Project, Round, Task, User
from tests.browser.conftest import OpenPage

HandIn = Callable[..., Caption]


def test_a_round_is_previewed_launched_and_taken_back(
    open_as: OpenPage, project: Project, pictures: Callable[..., list[Image]], ada: User
) -> None:
    pictures("a red boat", "Lake Bled", "")
    page = open_as(ada, "/projects/iguanas")
    expect(page.get_by_text("Launch the first round from the alt-texts")).to_be_visible()
    page.get_by_role("button", name="Launch round 1…").click()
    dialog = page.get_by_role("dialog", name="Launch round 1")
    expect(dialog.get_by_label("the captioner's draft")).to_be_disabled()
    expect(dialog.get_by_text("Not yet: no captioner run passed the gate")).to_be_visible()
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_text("This makes 3 tasks over 3 images")).to_be_visible()
    assert Round.objects.count() == 0
    dialog.get_by_label("Annotators per image").fill("2")
    dialog.get_by_role("button", name="Launch round 1").click()
    expect(page.get_by_text("0 of 6 done")).to_be_visible()
    [made] = Round.objects.all()
    assert (made.state, made.annotators_per_image, made.review_share) == (RoundState.OPEN, 2, 0.1)
    page.get_by_role("button", name="Undo the launch").click()
    expect(page.get_by_role("button", name="Launch round 1…")).to_be_visible()
    assert Task.objects.count() == 0


def test_levels_of_review_are_named(
    open_as: OpenPage, project: Project, pictures: Callable[..., list[Image]], ada: User
) -> None:
    pictures("a red boat")
    page = open_as(ada, "/projects/iguanas")
    page.get_by_role("heading", name="Review and reasons").click()
    card = page.locator("details", has_text="Review and reasons")
    card.get_by_label("Levels of review").fill("2")
    card.get_by_label("Who reviews at level 2").fill("Language lead")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_text("Saved")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Launch round 1…").click()
    dialog = page.get_by_role("dialog", name="Launch round 1")
    expect(dialog.get_by_text("Accepted by one after the other: Review 1 → Language lead.")).to_be_visible()
    dialog.get_by_role("button", name="Launch round 1").click()
    expect(page.get_by_text("0 of 1 done")).to_be_visible()
    assert Round.objects.get().review_level_names == ["", "Language lead"]


def test_a_round_is_closed_with_open_eyes_and_the_jobs_are_seen(
    open_as: OpenPage, first_round: Round, ada: User, ana: User, hand_in: HandIn
) -> None:
    hand_in(first_round, ana, "A green iguana on a branch.")
    page = open_as(ada, "/projects/iguanas")
    expect(page.get_by_text("1 of 5 done")).to_be_visible()
    page.get_by_role("button", name="Close the round…").click()
    dialog = page.get_by_role("dialog", name="Close round 1?")
    expect(dialog.get_by_role("row", name="Unfinished")).to_contain_text("4")
    dialog.get_by_role("button", name="Close round 1").click()
    expect(page.get_by_role("heading", name="Build the training set")).to_be_visible()
    expect(page.get_by_text("Saw 1 caption, up to round 1")).to_be_visible(timeout=30_000)
    assert Round.objects.get().state == RoundState.CLOSED
    assert Task.objects.filter(state=TaskState.ACCEPTED).count() == 1
    assert Task.objects.filter(state=TaskState.CANCELLED).count() == 4


def test_somebody_is_invited_and_paused(open_as: OpenPage, project: Project, ada: User) -> None:
    page = open_as(ada, "/projects/iguanas")
    page.get_by_label("Invite").fill("nora")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("nora signs in with this link")).to_be_visible()
    link = page.locator(".note code").inner_text()
    page.get_by_label("Role of nora").select_option("reviewer")
    row = page.get_by_role("row", name="nora")
    row.get_by_role("button", name="Pause").click()
    expect(row.get_by_role("button", name="Resume")).to_be_visible()
    member = Membership.objects.get(user__username="nora")
    assert (member.role, member.paused_at is None) == (Role.REVIEWER, False)

    page.context.clear_cookies()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Good to see you, nora")).to_be_visible()


def test_an_annotator_sees_no_console(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, "/projects/iguanas")
    expect(page.get_by_role("heading", name="Round 1")).to_be_visible()
    expect(page.get_by_role("button", name="Close the round…")).to_have_count(0)
    expect(page.get_by_role("heading", name="People")).to_have_count(0)
