"""What axe finds, also by the rules that it leaves out by itself: names that lack a control's own words, small targets."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEFT_OUT_BY_ITSELF = ("label-content-name-mismatch", "target-size")
OPTIONS = {"rules": {rule: {"enabled": True} for rule in LEFT_OUT_BY_ITSELF}}


def violations(page: Page) -> list[str]:
    """Each as rule and place."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]
