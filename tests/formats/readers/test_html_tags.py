"""Pages are cut into tags as browsers do, and what never ends is looked at once."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_server.formats.readers import html_tags
from annotation_server.formats.readers.html_tags import Tag, tags_and_texts


def starts(page: str) -> list[tuple[str, dict[str, str | None]]]:
    return [
        (one.name, one.attributes) for one in tags_and_texts(page) if isinstance(one, Tag) and not one.is_end
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            '<IMG SRC=a.jpg alt="A &amp; b" alt=second hidden/>',
            [("img", {"src": "a.jpg", "alt": "A & b", "hidden": None})],
        ),
        ("<img alt='it \"is\"' src = 'a b'>", [("img", {"alt": 'it "is"', "src": "a b"})]),
        ('<img alt="1 > 0 <b>">', [("img", {"alt": "1 > 0 <b>"})]),
        ("<!-- <img src=a> --><img src=b>", [("img", {"src": "b"})]),
        ("<script>if (a<img) '<img src=a>'</script><img src=b>", [("script", {}), ("img", {"src": "b"})]),
        ("<title><img src=a></title>", [("title", {})]),
        ("a < b <3 <img src=b>", [("img", {"src": "b"})]),
        ("<!doctype html><?xml?></ x><img src=b>", [("img", {"src": "b"})]),
        ("<img <img src=b>", [("img", {"<img": None, "src": "b"})]),
        ("<p><img src=b", [("p", {})]),
        ('<p><img alt="never ends><img src=b>', [("p", {})]),
        ("<img alt=&#" + "1" * 5_000 + ";>", [("img", {"alt": "\ufffd"})]),
    ],
)
def test_tags(page: str, expected: list[tuple[str, dict[str, str | None]]]) -> None:
    assert starts(page) == expected


class Counted:
    """A pattern that counts the characters it went through."""

    seen = 0

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    def match(self, page: str, at: int) -> re.Match[str] | None:
        found = self.pattern.match(page, at)
        Counted.seen += len(found.group()) + 1 if found else 1
        return found


@pytest.mark.parametrize(
    "piece",
    [
        "<img ",
        "<",
        "</",
        "<!--",
        "<!",
        "<?",
        "<a b=",
        "<a b='",
        '<a "',
        "<script>",
        "</script",
        "&#",
        "<a/",
        "<a  =",
    ],
)
def test_what_never_ends_is_looked_at_once(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages of 100 kB of `<img ` kept both workers busy."""
    for name in ("OPENING", "NAME", "BETWEEN", "ATTRIBUTE", "EQUALS", "UNQUOTED"):
        monkeypatch.setattr(html_tags, name, Counted(getattr(html_tags, name)))
    Counted.seen = 0
    page = piece * 2_000
    made = list(tags_and_texts(page))
    assert len(made) <= len(page)
    assert Counted.seen <= 6 * len(page)


class Usual(HTMLParser):
    """What the standard library finds."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(dict(attrs))


WORD = st.text("abc é&;>", max_size=8)
IMAGE = st.builds(lambda alt, src: f"<img alt=\"{alt}\" src='{src}'>", WORD, st.text("abc/.", max_size=8))
PIECE = st.one_of(
    IMAGE, st.sampled_from(["<p>", "</p>", "text", "<br/>", "<!-- - -->", "\n", "<a href=x>", "&lt;"])
)


@given(st.lists(PIECE, max_size=12).map("".join))
def test_a_plain_page_is_read_as_the_standard_library_does(page: str) -> None:
    usual = Usual()
    usual.feed(page)
    usual.close()
    assert [attributes for name, attributes in starts(page) if name == "img"] == usual.images
