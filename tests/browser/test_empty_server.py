"""The owner of an empty server comes to a first caption with a browser and nothing else.

The server is the one that `make start` starts. The walk: sign in, create a project, bring pictures in, launch, invite; then the
person who was invited submits a caption.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotation_server.embedded.processes import free_port
from tests.browser.conftest import listen
from tests.browser.workbench import caption, submit, write
from tests.drawing import write_picture

ROOT = Path(__file__).resolve().parents[2]
JOB_MS = 120_000
READY_SECONDS = 240

pytestmark = [pytest.mark.serial, pytest.mark.timeout(600)]


@pytest.fixture
def sign_in_address(tmp_path: Path) -> Iterator[str]:
    """What `make start` says of how the first owner signs in."""
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    said = {"ALTOGETHER_VAR": str(tmp_path / "var"), "PORT": str(free_port()), "DEMO": "0", "OWNER": "ana"}
    with subprocess.Popen(
        [sys.executable, "-m", "annotation_server.demo"],
        cwd=ROOT,
        env=ours | said,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = ""
        lines = []
        for line in process.stdout:
            lines.append(line)
            if found := re.match(r"ana signs in here, once: (http\S+/sign-in/\S+)$", line):
                address = found[1]
            if line.startswith("Logs are in"):
                break
        try:
            assert address, lines
            assert not [line for line in lines if line.startswith("Note")], (
                lines
            )  # the server answers already
            yield address
        finally:
            process.terminate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures as they lie on a disk: in folders, some with their text beside them, and what the computer adds."""
    trip = tmp_path / "trip"
    for number, place in enumerate(["boat", "day 1/lake", "day 1/iguana"]):
        write_picture(trip / f"{place}.png", number, width=640, height=480)
        (trip / f"{place}.txt").write_text(f"alt-text of {place}")
    (trip / ".DS_Store").write_bytes(b"\0")
    return trip


def test_the_owner_of_an_empty_server_walks_to_a_first_caption(
    sign_in_address: str,
    folder: Path,
    new_context: Callable[..., BrowserContext],
    complaints: list[str],
) -> None:
    started = time.monotonic()
    page = opened(new_context(permissions=["clipboard-read", "clipboard-write"]), complaints)
    page.goto(sign_in_address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Create a project").click()
    page.get_by_label("Name", exact=True).fill("Fotos aus Köln")
    page.get_by_label("Language of the captions").select_option(label="German")
    page.get_by_label("Longest caption, in characters").fill("600")
    page.get_by_label("Guidelines").fill("Say what is **visible**.")
    page.reload()
    expect(page.get_by_label("Guidelines")).to_have_value("Say what is **visible**.")
    page.get_by_role("button", name="Create the project").click()

    page.get_by_label("Choose a folder").set_input_files(folder)
    expect(page.get_by_text("6 files,")).to_contain_text("sent together, as trip.zip")
    expect(page.get_by_text("1 hidden file is left out.")).to_be_visible()
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="Look at it, then start")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_role("heading", name="All rows have come in")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("link", name="To the project").click()

    expect(page.get_by_text("3 images")).to_be_visible()
    page.get_by_role("button", name="Launch round 1…").click()
    page.get_by_role("dialog").get_by_role("button", name="Launch round 1").click()
    expect(page.get_by_text("nobody but you is in the project")).to_be_visible()
    page.locator(".what-now").get_by_role("button", name="Invite people…").click()
    dialog = page.get_by_role("dialog", name="Invite people")
    dialog.get_by_label("Invite by name").fill("ben")
    dialog.get_by_role("button", name="Invite", exact=True).click()
    dialog.get_by_role("button", name="Copy").click()
    link = page.evaluate("navigator.clipboard.readText()")
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("nobody is at work on it now")).to_be_visible()

    guest = opened(new_context(), complaints)
    guest.goto(link)
    guest.get_by_role("button", name="Sign in").click()
    guest.get_by_role("link", name="Annotate").click()
    expect(caption(guest)).to_have_value(re.compile("alt-text of"))
    write(guest, "Ein Boot auf einem See.")
    submit(guest)
    expect(page.get_by_text("1 of 3 done")).to_be_visible(timeout=JOB_MS)
    seconds = round(time.monotonic() - started, 1)
    print(f"from the sign-in link to the first caption: {seconds} s")  # shown by pytest -s


def opened(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    listen(page, complaints)
    return page
