"""The method's point, counted on rendered scenes: names kept, right claims kept, wrong claims dropped."""

import re

from annotation_server.demo_data.scenes import Known

WORD = re.compile(r"\w+")


def claims_row(*, texts: dict[int, str], known: dict[int, Known]) -> dict[str, float]:
    """Shares over held-out scenes: `names_kept`, `right_claims_kept` and `wrong_claims_copied` in the machine's texts.

    `texts` maps image ids to what the captioner wrote with the alt-text before it.
    """
    scenes = [
        (set(WORD.findall(text)), known[image]) for image, text in texts.items() if known[image].held_out
    ]
    return {
        "names_kept": _share([scene.name in words for words, scene in scenes]),
        "right_claims_kept": _share([c in words for words, scene in scenes for c in scene.right_claims]),
        "wrong_claims_copied": _share([c in words for words, scene in scenes for c in scene.wrong_claims]),
    }


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 3) if found else 0.0
