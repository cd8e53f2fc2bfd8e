"""Pages of a site: where their alt-texts stand, and what is told of those that cannot be taken."""

from pathlib import Path

import pytest

from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.ledger import ROW_REFUSED, Kind
from tests.drawing import write_picture

ATTRIBUTES = {
    "{alt='Bacteria colony'}": "Bacteria colony",
    '{fig-alt="A line that rises"}': "A line that rises",
    '{#fig-one .wide fig-alt="A \\"line\\" & *more*" width=50%}': 'A "line" & *more*',
    "{alt='several\nlines' .class}": "several\nlines",
    " {alt='after a blank'}": "after a blank",
    "{.class data-alt='no'}": "Figure 2",
    "": "Figure 2",
    " and {alt='no'} further on": "Figure 2",
    "{alt=''}": "",
}


@pytest.mark.parametrize("behind", ATTRIBUTES)
@pytest.mark.parametrize("suffix", ["md", "qmd", "Rmd"])
def test_the_alt_text_may_stand_in_attributes(tmp_path: Path, behind: str, suffix: str) -> None:
    """As Pandoc, Quarto and Carpentries write it."""
    write_picture(tmp_path / "a.png", 1)
    (tmp_path / f"page.{suffix}").write_text(f"![Figure 2](a.png){behind}\n")
    source = open_source(source=str(tmp_path))
    assert [row.alt_texts for row in source.rows] == [[ATTRIBUTES[behind]]]
    left = {reason: one.example for reason, one in source.ledger.left(Kind.TEXT).items()}
    caption = "It is the caption of a figure, not the alt-text of its picture."
    assert left == ({} if ATTRIBUTES[behind] == "Figure 2" else {caption: "Figure 2"})


@pytest.mark.parametrize("alone", [True, False])
def test_a_data_address_is_refused_by_that_name_and_names_its_page(tmp_path: Path, alone: bool) -> None:
    write_picture(tmp_path / "a.png", 1)
    page = tmp_path / "page.html"
    page.write_text(
        "<figure><img data-src='a.png' src='data:image/gif;base64,R0lGOD' alt=lazy><figcaption>A <b>figure</b>"
        "</figcaption></figure><img src=a.png alt='a red &amp; white door'>{alt='no'}"
    )
    source = open_source(source=str(page if alone else tmp_path))
    found = [(row.name.removeprefix(f"{tmp_path}/"), row.alt_texts, row.problem[:22]) for row in source.rows]
    assert found == [
        ("page.html: data:image/gif;base64,R0lGOD", ["lazy"], "It is a data: address,"),
        ("a.png", ["a red & white door"], ""),
    ]
    assert sorted(source.ledger.left(Kind.TEXT)) == [
        "It is the caption of a figure, not the alt-text of its picture.",
        ROW_REFUSED,
    ]
