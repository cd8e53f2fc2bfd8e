"""Nothing that a person typed is lost: offline, killed, signed out, a second tab, a round that closed."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from annotation_server.models import Caption, Round, Task, User, WorkingCopy
from annotation_server.steps.people.change_member import pause_member, resume_member
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from annotation_server.steps.rounds.close_round import close_round
from deploy.chromium import find_or_install_chromium
from tests.browser.conftest import LAPTOP, OpenPage, flags, sign_in
from tests.browser.workbench import caption, expect_state, press_submit, submit, write
from tests.site import Site

UNSENT = re.compile("waiting to be sent")


def test_offline_work_is_sent_once_when_the_network_is_back(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.context.set_offline(True)
    for text in ("First, offline", "Second, offline"):
        write(page, text)
        press_submit(page)
    expect(page.get_by_text("2 submissions waiting to be sent")).to_be_visible()
    write(page, "Third, half done")
    expect_state(page, "offline – kept on this device")
    assert Caption.objects.count() == 0

    page.context.set_offline(False)
    expect_state(page, "saved")
    expect(page.get_by_text(UNSENT)).to_have_count(0)
    assert sorted(Caption.objects.values_list("text", flat=True)) == ["First, offline", "Second, offline"]
    assert WorkingCopy.objects.filter(text="Third, half done").count() == 1


def test_a_tab_closed_offline_keeps_its_words(
    site: Site, open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    context = page.context
    expect(caption(page)).to_be_focused()
    context.set_offline(True)
    write(page, "Submitted offline")
    press_submit(page)
    write(page, "Typed offline")
    expect_state(page, "offline – kept on this device")
    page.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{site.url}/annotate/{first_round.pk}")
    expect(caption(again)).to_have_value("Typed offline")
    expect_state(again, "saved")
    expect(again.get_by_text(UNSENT)).to_have_count(0)
    assert list(Caption.objects.values_list("text", flat=True)) == ["Submitted offline"]


@pytest.fixture
def profile(browser: Browser, tmp_path: Path) -> Iterator["Profile"]:
    """A browser whose profile lies on the disk, to be killed and started again."""
    made = Profile(browser=browser, folder=tmp_path / "profile")
    yield made
    made.close()


class Profile:
    """Chromium with a profile of its own."""

    def __init__(self, *, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self._context: BrowserContext | None = None

    def open(self) -> Page:
        """Start the browser."""
        self._context = self._browser.browser_type.launch_persistent_context(
            self._folder, executable_path=find_or_install_chromium(), args=flags(), viewport=LAPTOP
        )
        return self._context.new_page()

    def kill(self) -> None:
        """As the kernel does when memory runs out."""
        lock = str((self._folder / "SingletonLock").readlink())
        os.kill(int(lock.rpartition("-")[2]), signal.SIGKILL)
        self._context = None
        (self._folder / "SingletonLock").unlink(missing_ok=True)

    def close(self) -> None:
        """In peace."""
        if self._context is not None:
            self._context.close()


def test_a_killed_browser_keeps_the_words_that_no_server_has(
    site: Site, profile: Profile, first_round: Round, ana: User
) -> None:
    page = profile.open()
    sign_in(page, site, ana)
    page.goto(f"{site.url}/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    page.context.set_offline(True)
    write(page, "Submitted before the crash")
    press_submit(page)
    write(page, "Typed before the crash")
    expect_state(page, "offline – kept on this device")
    profile.kill()

    page = profile.open()
    sign_in(
        page, site, ana
    )  # Chromium writes cookies down only every half minute, so the session may be gone.
    page.goto(f"{site.url}/annotate/{first_round.pk}")
    expect(caption(page)).to_have_value("Typed before the crash")
    expect_state(page, "saved")
    expect(page.get_by_text(UNSENT)).to_have_count(0)
    assert list(Caption.objects.values_list("text", flat=True)) == ["Submitted before the crash"]


def test_an_expired_session_is_renewed_in_place(open_as: OpenPage, first_round: Round, ana: User) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    Session.objects.all().delete()
    write(page, "Typed without a session")
    dialog = page.get_by_role("dialog", name="Your session has run out")
    dialog.get_by_label("Paste your sign-in link").fill(make_sign_in_link(user=ana))
    dialog.get_by_role("button", name="Use the link").click()
    expect_state(page, "saved")
    expect(caption(page)).to_have_value("Typed without a session")
    assert WorkingCopy.objects.filter(text="Typed without a session").count() == 1


def test_a_second_tab_asks_which_text_goes_on(open_as: OpenPage, first_round: Round, ana: User) -> None:
    here = open_as(ana, f"/annotate/{first_round.pk}")
    there = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(there)).to_be_focused()
    write(here, "Typed here")
    expect_state(here, "saved")
    write(there, "Typed there")
    dialog = there.get_by_role("dialog", name="Two texts of one task")
    expect(dialog).to_contain_text("Typed there")
    dialog.get_by_role("button", name="Keep mine").click()
    expect_state(there, "saved")
    write(here, "Typed here again")
    here.get_by_role("button", name="Take the other").click()
    expect(caption(here)).to_have_value("Typed there")
    submit(here)
    assert Caption.objects.get().text == "Typed there"


def test_a_round_that_closed_meanwhile_leaves_the_words(
    open_as: OpenPage, first_round: Round, ana: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    close_round(round=first_round, closed_by=None)
    write(page, "Typed a moment too late")
    press_submit(page)
    page.get_by_role("button", name="1 caption not taken – kept on this device").click()
    dialog = page.get_by_role("dialog", name="Kept on this device")
    expect(dialog).to_contain_text("Typed a moment too late")
    expect(dialog).to_contain_text("The round was closed")
    dialog.get_by_role("button", name="Drop").click()
    expect(dialog).not_to_contain_text("Typed a moment too late")
    assert Caption.objects.count() == 0
    task = Task.objects.get(starting_text="Green iguana in Costa Rica, 2019")
    assert WorkingCopy.objects.get(task=task).text == "Typed a moment too late"


def test_who_is_paused_while_typing_is_told_and_goes_on_later(
    open_as: OpenPage, first_round: Round, ana: User, ada: User
) -> None:
    page = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(page)).to_be_focused()
    member = ana.memberships.select_related("project").get()
    pause_member(membership=member, paused_by=ada)
    for text in ("An iguana", "An iguana, asleep"):
        with page.expect_response("**/working-copy/") as answer:
            write(page, text)
        assert answer.value.status == 403
        expect(page.locator(".save")).to_contain_text("ada paused you")
        expect(page.locator(".save")).to_contain_text("kept on the server")
        expect(caption(page)).to_have_value(text)
        assert WorkingCopy.objects.get(annotator=ana, version__gt=0).text == text
    page.reload()
    expect(page.get_by_text("ada paused you")).to_be_visible()

    resume_member(membership=member, resumed_by=ada)
    page.reload()
    expect(caption(page)).to_be_visible()


def test_two_tabs_are_merged_word_by_word(
    site: Site, open_as: OpenPage, first_round: Round, ana: User
) -> None:
    one = open_as(ana, f"/annotate/{first_round.pk}")
    expect(caption(one)).to_be_focused()
    two = one.context.new_page()
    two.goto(one.url)
    expect(caption(two)).to_be_focused()
    write(one, "A green iguana on a wall")
    expect_state(one, "saved")
    write(two, "A marine iguana on a rock")
    dialog = two.get_by_role("dialog", name="Two texts of one task")
    dialog.get_by_title("Now “marine”; press for “green”").click()
    dialog.get_by_role("button", name="Take this one").click()
    expect(caption(two)).to_have_value("A green iguana on a rock")
    expect_state(two, "saved")
    assert WorkingCopy.objects.get(task__starting_text__startswith="Green").text == "A green iguana on a rock"


def test_a_crash_while_two_texts_wait_for_a_choice_loses_neither(
    site: Site, open_as: OpenPage, first_round: Round, ana: User
) -> None:
    one = open_as(ana, f"/annotate/{first_round.pk}")
    context = one.context
    expect(caption(one)).to_be_focused()
    two = context.new_page()
    two.goto(one.url)
    expect(caption(two)).to_be_focused()
    context.set_offline(True)
    for page, text in ((one, "Typed in the first tab"), (two, "Typed in the second tab")):
        write(page, text)
        expect_state(page, "offline – kept on this device")
    for page in (one, two):
        page.close(run_before_unload=False)

    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{site.url}/annotate/{first_round.pk}")
    dialog = again.get_by_role("dialog", name="Two texts of one task")
    expect(dialog).to_contain_text("Typed in the first tab")
    expect(dialog).to_contain_text("Typed in the second tab")
    dialog.get_by_role("button", name="Take the other").click()
    expect(caption(again)).to_have_value("Typed in the first tab")
