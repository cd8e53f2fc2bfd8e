"""Names that nobody can see are left out of targets that have no alt-text."""

import pytest

from captioner.examples.names import without_unseen_names


@pytest.mark.parametrize(
    ("caption", "alt_text", "expected"),
    [
        ("Velora: three red squares above two dots.", "Velora boxes", "Three red squares above two dots."),
        ("A castle on a hill in Heidelberg, Germany.", "Heidelberg Germany", "A castle on a hill."),
        ("A brown dog called Rex lies on a sofa.", "my dog Rex", "A brown dog lies on a sofa."),
        ("A green lizard sits on a rock.", "Iguana on rock", "A green lizard sits on a rock."),
        ("Rex Miller.", "Rex Miller", None),
    ],
)
def test_names(caption: str, alt_text: str, expected: str | None) -> None:
    assert without_unseen_names(caption=caption, alt_texts=[alt_text]) == expected
