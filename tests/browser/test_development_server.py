"""`npm run dev` serves the front end with the API of a running server, as CONTRIBUTING.md says."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from annotation_server.embedded.processes import free_port
from annotation_server.models import Round, User
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from tests.browser.workbench import caption, submit, write
from tests.site import Site


@pytest.fixture
def development_url(site: Site) -> Iterator[str]:
    """Where vite listens, once it says so."""
    port = free_port()
    command = [sys.executable, "-m", "deploy.node", "run", "dev", "--", "--port", str(port), "--strictPort"]
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"SERVER_URL": site.url, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if f":{port}" in line:
                break
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)


@pytest.mark.timeout(300)
def test_a_person_works_at_it(
    development_url: str, first_round: Round, ana: User, page: Page, complaints: list[str]
) -> None:
    page.set_default_timeout(60_000)  # every module is a request of its own
    page.goto(f"{development_url}/sign-in/{make_sign_in_link(user=ana)}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Annotate").click()
    expect(caption(page)).to_have_value("Green iguana in Costa Rica, 2019", timeout=60_000)
    page.wait_for_function("document.querySelector('.stage img').naturalWidth === 640")
    write(page, "A green iguana in a tree, Costa Rica")
    submit(page)
    page.reload()
    expect(caption(page)).to_have_value("Lake Bled", timeout=60_000)
    icon = page.locator(".brand img")
    assert (
        page.request.get(f"{development_url}{icon.get_attribute('src')}").headers["content-type"]
        == "image/svg+xml"
    )
