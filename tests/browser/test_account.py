"""One's own account in a real browser: password and authenticator app, passkeys, sessions, all reached by clicking."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from annotation_server.models import Project, User
from tests.api.account import GOOD_PASSWORD, code_of
from tests.browser.conftest import OpenPage, listen, sign_in
from tests.site import Site


def open_account(page: Page, name: str) -> None:
    """From the top bar."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("link", name="My account").click()
    expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()


def card(page: Page, title: str) -> Locator:
    """The part of the page under that heading."""
    return page.locator("section.card", has=page.get_by_role("heading", name=title, exact=True))


def set_password(page: Page) -> None:
    page.get_by_label("New password").fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("You have a password.")).to_be_visible()


def type_password(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_password_and_authenticator_app(site: Site, page: Page, project: Project, ana: User) -> None:
    sign_in(page, site, ana)
    open_account(page, "ana")
    set_password(page)
    page.get_by_role("button", name="Set up an authenticator app").click()
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    secret = card(page, "Authenticator app").locator("code").inner_text()
    page.get_by_label("The code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    # There is a password now, so the change asks for it first.
    confirm = page.get_by_role("dialog")
    confirm.get_by_label("Password", exact=True).fill(GOOD_PASSWORD)
    confirm.get_by_role("button", name="Confirm").click()
    expect(card(page, "Authenticator app").get_by_text("active")).to_be_visible()
    page.get_by_role("button", name="Show the codes").click()
    expect(page.locator("pre.codes")).to_contain_text("\n")
    recovery_code = page.locator("pre.codes").inner_text().split("\n")[0]
    assert Axe().run(page).response["violations"] == []

    sign_out(page, "ana")
    type_password(page, "ana")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    page.get_by_label("Code", exact=True).fill(code_of(secret, steps_later=1))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()

    sign_out(page, "ana")
    type_password(page, "ana")
    page.get_by_label("Code", exact=True).fill(recovery_code)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()


def test_a_passkey_signs_in_alone(site: Site, page: Page, project: Project, ana: User) -> None:
    named = replace(site, url=site.url.replace("127.0.0.1", "localhost"))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    sign_in(page, named, ana)
    open_account(page, "ana")
    page.get_by_label("Name of the device").fill("Ana's laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Ana's laptop")).to_be_visible()

    sign_out(page, "ana")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()

    open_account(page, "ana")
    page.get_by_role("button", name="Remove Ana's laptop").click()
    confirm = page.get_by_role("dialog")
    confirm.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Ana's laptop")).to_have_count(0)


def test_without_a_name_there_are_no_passkeys_and_the_page_says_so(
    open_as: OpenPage, project: Project, ana: User
) -> None:
    page = open_as(ana, "/account")
    expect(page.get_by_text("open http://localhost instead")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)


def test_guessing_is_stopped_with_a_clear_word(site: Site, page: Page, ana: User) -> None:
    page.goto(f"{site.url}/sign-in")
    for _ in range(5):
        type_password(page, "ana")
        expect(page.get_by_role("alert")).to_contain_text("not correct")
    type_password(page, "ana")
    expect(page.get_by_role("alert")).to_contain_text("Too many")


def test_ending_the_sessions_elsewhere(
    site: Site,
    open_as: OpenPage,
    new_context: Callable[..., BrowserContext],
    complaints: list[str],
    project: Project,
    ana: User,
) -> None:
    elsewhere = open_as(ana)
    page = new_context().new_page()
    listen(page, complaints)
    sign_in(page, site, ana)
    open_account(page, "ana")
    page.get_by_role("button", name="End the other session").click()
    expect(page.get_by_role("button", name="End the other session")).to_have_count(0)
    elsewhere.goto(f"{site.url}/projects/iguanas")
    expect(elsewhere.get_by_label("Password", exact=True)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signing_in_and_the_account_have_no_accessibility_violations(
    site: Site, open_as: OpenPage, page: Page, project: Project, ana: User, theme: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{site.url}/sign-in")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    account = open_as(ana, "/account", color_scheme=theme)
    expect(account.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    assert Axe().run(account).response["violations"] == []


def test_a_token_is_made_shown_once_and_revoked(open_as: OpenPage, project: Project, ana: User) -> None:
    page = open_as(ana, "/account")
    page.get_by_label("What it is for").fill("nightly export")
    page.get_by_label("in", exact=True).select_option("iguanas")
    page.get_by_role("button", name="Make a token").click()
    secret = page.get_by_role("status").locator("code").inner_text()
    assert len(secret) == 43
    page.reload()
    expect(page.get_by_text("nightly export")).to_be_visible()
    expect(page.get_by_text(secret)).to_have_count(0)
    page.get_by_role("button", name="Revoke nightly export").click()
    expect(page.get_by_text("nightly export")).to_have_count(0)
