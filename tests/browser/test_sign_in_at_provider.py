"""Another site's sign-in, clicked through: linked on the account's page, used on the sign-in page, unlinked again."""

from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotation_server.models import Project, User
from tests.api.account import GOOD_PASSWORD
from tests.api.test_sign_in_at_provider import CLIENT, running_provider
from tests.browser.conftest import sign_in
from tests.site import Site, another_web_process


@pytest.fixture
def trusting_site(site: Site) -> Iterator[Site]:
    """A site that trusts the tests' own provider."""
    with (
        running_provider() as provider,
        another_web_process(
            site,
            OIDC_SERVER_URL=provider.url,
            OIDC_NAME="Example ID",
            OIDC_CLIENT_ID=CLIENT["client_id"],
            OIDC_CLIENT_SECRET=CLIENT["secret"],
        ) as trusting,
    ):
        yield trusting


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="ana", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in with Example ID")).to_be_visible()


def test_linking_signing_in_and_unlinking(
    trusting_site: Site, page: Page, project: Project, ana: User
) -> None:
    site = trusting_site.url
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Sign in with Example ID").click()
    expect(page.get_by_role("alert")).to_contain_text("No account here is linked")
    assert Axe().run(page).response["violations"] == []

    sign_in(page, trusting_site, ana)
    page.goto(f"{site}/account")
    page.get_by_role("button", name="Link with Example ID").click()
    page.wait_for_url(f"{site}/account")
    expect(page.get_by_role("button", name="Unlink from Example ID")).to_be_visible()
    assert SocialAccount.objects.get().user == ana

    sign_out(page)
    page.goto(f"{site}/projects/iguanas/guidelines")
    page.get_by_role("button", name="Sign in with Example ID").click()
    page.wait_for_url(f"{site}/projects/iguanas/guidelines")
    expect(page.get_by_role("button", name="ana", exact=True)).to_be_visible()

    page.goto(f"{site}/account")
    unlink = page.get_by_role("button", name="Unlink from Example ID")
    unlink.click()
    expect(page.get_by_role("alert")).to_contain_text("Set a password first")
    page.get_by_label("New password").fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("You have a password.")).to_be_visible()
    unlink.click()
    expect(page.get_by_role("button", name="Link with Example ID")).to_be_visible()
    assert not SocialAccount.objects.exists()
