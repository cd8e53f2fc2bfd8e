"""Signing in by a one-time link."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from annotation_server.models import Project, SignInLink, User
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from tests.site import Site


def test_opening_the_link_does_not_use_it_up(site: Site, page: Page, project: Project, ana: User) -> None:
    address = f"{site.url}/sign-in/{make_sign_in_link(user=ana)}"
    page.goto(address)
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Iguanas")).to_be_visible()


def test_a_used_link_says_so(site: Site, page: Page, ana: User) -> None:
    address = f"{site.url}/sign-in/{make_sign_in_link(user=ana)}"
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("link")
    assert "/sign-in/" in page.url


def test_a_stale_link_says_so(site: Site, page: Page, ana: User) -> None:
    secret = make_sign_in_link(user=ana)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page.goto(f"{site.url}/sign-in/{secret}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_pasted_link_signs_in_and_leads_back_to_where_one_wanted_to_go(
    site: Site, page: Page, project: Project, ana: User
) -> None:
    page.goto(f"{site.url}/projects/iguanas")
    page.get_by_label("Paste your sign-in link").fill(f"{site.url}/sign-in/{make_sign_in_link(user=ana)}")
    page.get_by_role("button", name="Use the link").click()
    page.wait_for_url(f"{site.url}/projects/iguanas")


def test_signing_in_never_leaves_the_site(site: Site, page: Page, ana: User) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"):
        page.context.clear_cookies()
        page.goto(f"{site.url}/sign-in?next={elsewhere}")
        page.get_by_label("Paste your sign-in link").fill(make_sign_in_link(user=ana))
        page.get_by_role("button", name="Use the link").click()
        page.wait_for_url(f"{site.url}/")


def test_signing_out(site: Site, page: Page, ana: User) -> None:
    page.goto(f"{site.url}/sign-in/{make_sign_in_link(user=ana)}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    page.get_by_role("button", name="ana").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site.url}/sign-in")
    page.goto(site.url)
    expect(page.get_by_label("Paste your sign-in link")).to_be_visible()
