"""What a person does at the workbench, in the words of the screen."""

from playwright.sync_api import Locator, Page, expect


def caption(page: Page) -> Locator:
    """The caption's text field."""
    return page.get_by_role("textbox", name="Caption")


def write(page: Page, text: str) -> None:
    """Replace the caption by typing."""
    caption(page).fill(text)


def submit(page: Page) -> None:
    """By the keyboard, until the server has it."""
    with page.expect_response("**/submit/") as answer:
        press_submit(page)
    assert answer.value.status == 201


def press_submit(page: Page) -> None:
    """By the keyboard, whatever becomes of it."""
    caption(page).press("Control+Enter")


def expect_state(page: Page, state: str) -> None:
    """What the save state says."""
    expect(page.locator(".save")).to_have_text(state)


def difference(page: Page) -> str:
    """The live difference as one line: [-removed-] and {+added+}."""
    script = """pane => [...pane.querySelector('.difference').children].map(piece =>
        piece.tagName === 'INS' ? `{+${piece.textContent}+}` :
        piece.tagName === 'DEL' ? `[-${piece.textContent}-]` : piece.textContent).join('')"""
    return str(page.get_by_role("region", name="Difference").evaluate(script))
