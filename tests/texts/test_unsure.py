"""Words that a captioner was unsure of: whole words, of any script, and as good as drawn where an error was planted."""

from random import Random

import pytest

from annotation_server.texts.unsure import in_turns, unsure_of_planted, unsure_words


def shaded(text: str, tokens: list[tuple[str, float]]) -> str:
    pieces = in_turns(text, unsure_words(text, tokens))
    assert "".join(pieces) == text
    return "".join(f"[{piece}]" if place % 2 else piece for place, piece in enumerate(pieces))


@pytest.mark.parametrize(
    ("text", "tokens", "expected"),
    [
        (
            "A marine iguana on rock",
            [(" A", -0.01), ("Ġmarine", -2), ("Ġig", -0.1), ("uana", -1.5), (" on", -0.1), (" rock", -0.2)],
            "A [marine] [iguana] on rock",
        ),
        (
            "Ein Fuß: 赤い 🦎 ya",
            [
                *(
                    ("Ein", -0.1),
                    (" Fu", -0.1),
                    ("", -3),
                    ("ß", -0.1),
                    (":", -0.1),
                    (" 赤", -0.1),
                    ("い", -2),
                ),
                *((" ", -0.1), ("", -0.1), ("", -2), ("🦎", -0.1), (" ya", -0.1)),
            ],
            "Ein [Fuß]: 赤[い] 🦎 ya",
        ),
        ("Fuß ya", [("Fu", -0.1), ("\ufffd", -3), ("\ufffd", -0.1), (" ya", -0.1)], "[Fuß] ya"),
        ("Déjà vu, twice.", [], "Déjà vu, twice."),
        ("Déjà vu, twice.", [("</s>", -9)], "Déjà vu, twice."),
        ("Déjà vu, twice.", [("vu", -9), ("vu", -9), ("Déjà", -9)], "Déjà [vu], twice."),
        ("", [("a", -9)], ""),
        ("one __ two", [("one", -9), (" __", -9), (" two", -0.1)], "[one] __ two"),
    ],
)
def test_words_with_an_unlikely_token(text: str, tokens: list[tuple[str, float]], expected: str) -> None:
    assert shaded(text, tokens) == expected


DRAFT = "A green iguana basks on a rock near Puerto Ayora. The sky is clear."


def flagged(text: str, names: set[str]) -> list[list[int]]:
    words = [(text.find(name), name) for name in names if name in text]
    return [[start, start + len(name)] for start, name in sorted(words)]


@pytest.mark.parametrize(
    ("planted", "kept"),
    [
        (
            "A purple iguana basks on a rock near Puerto Ayora. The sky is clear.",
            {"iguana", "Ayora", "clear"},
        ),
        ("A green iguana basks on a rock near Lake Bled. The sky is clear.", {"green", "iguana", "clear"}),
        (
            "A green iguana basks on a rock near Puerto Ayora. A ladder can be seen to one side.",
            {"green", "Ayora"},
        ),
    ],
)
@pytest.mark.parametrize("seed", range(8))
def test_what_both_texts_have_stays_as_it_was(planted: str, kept: set[str], seed: int) -> None:
    unsure = flagged(DRAFT, {"green", "iguana", "Ayora", "clear"})
    found = unsure_of_planted(draft=DRAFT, unsure=unsure, planted=planted, lot=Random(seed))
    words = [planted[start:end] for start, end in found]
    assert kept <= set(words)
    assert not {"basks", "rock", "near"} & set(words)
    assert "".join(in_turns(planted, found)) == planted


def test_new_words_are_as_unsure_as_the_drafts() -> None:
    """Over many lots: capitals among capitals (1 of 4), others among others (2 of 9)."""
    unsure = flagged(DRAFT, {"green", "Ayora", "clear"})
    planted = DRAFT.replace("green", "purple").replace("Puerto Ayora", "Lake Bled")
    told = {"purple": 0, "Lake": 0}
    for seed in range(2_000):
        found = unsure_of_planted(draft=DRAFT, unsure=unsure, planted=planted, lot=Random(seed))
        for start, end in found:
            if planted[start:end] in told:
                told[planted[start:end]] += 1
    assert told["purple"] / 2_000 == pytest.approx(2 / 9, abs=0.03)
    assert told["Lake"] / 2_000 == pytest.approx(1 / 4, abs=0.03)
