"""Failure signatures of a captioner, in plain words."""

from collections.abc import Mapping

Scores = Mapping[str, float]

# Below this share of the whole's CIDEr-D a domain counts as a drop.
DOMAIN_DROP = 0.6
COLLAPSE = 0.25
# Above this share of captions, in per cent, a captioner makes names up as a habit.
INVENTING = 10.0
# Above this share, in per cent, captions do not end by themselves.
CUT_OFF = 5.0


def warning_signs(*, sources: Mapping[str, Scores], domains: Mapping[str, Mapping[str, Scores]]) -> list[str]:
    """What in the metrics a person should look at before trusting the captioner."""
    with_alt, without_alt, alt_text = (sources[name] for name in ("with_alt", "without_alt", "alt_text"))
    warnings = []
    if with_alt["cider"] <= alt_text["cider"]:
        warnings.append(
            "With alt-text the captions are no closer to the human ones than the alt-text itself."
        )
    if with_alt["clip_score"] > alt_text["clip_score"] and with_alt["bleu"] <= alt_text["bleu"]:
        warnings.append(
            "The CLIP score is above the alt-text's but BLEU is not: captions fit the image and read badly; look at samples."
        )
    if without_alt["cider"] < COLLAPSE * with_alt["cider"]:
        warnings.append(
            "Without the alt-text the captions collapse: the captioner leans on the text instead of looking at the image."
        )
    if without_alt["invented_names"] > INVENTING:
        warnings.append(
            f"Without the alt-text {without_alt['invented_names']:.0f} % of the captions name what nothing told; "
            "text.unseen_names=leave_out keeps such names out of what is learned."
        )
    for told, of_source in (("With", with_alt), ("Without", without_alt)):
        if of_source["cut_off"] > CUT_OFF:
            warnings.append(
                f"{told} alt-text {of_source['cut_off']:.0f} % of the captions were cut off, and {of_source['looped']:.0f} % "
                "go round in circles; raise decode.max_tokens for the former, train longer for the latter."
            )
    for name, scores in domains.items():
        if scores["with_alt"]["cider"] < DOMAIN_DROP * with_alt["cider"]:
            warnings.append(f"On images of the domain {name!r} the captions are much worse than elsewhere.")
    return warnings
