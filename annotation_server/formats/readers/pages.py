"""The pages of a site: Markdown or HTML files with ![alt](src), ![caption](src){alt="…"} and <img alt>, and their pictures."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from urllib.parse import unquote

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.folder import EXTENSIONS
from annotation_server.formats.readers.html_tags import Tag, tags_and_texts
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.lookup import is_below, is_file
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.reach.guarded import path_of

NAME = "pages"
MARKDOWN = {".md", ".markdown", ".qmd", ".rmd"}
HTML = {".html", ".htm"}
PAGE_LIMIT = 16 * 1024 * 1024
NAME_SHOWN = 80
# Where site generators keep what a page calls "/pix/iguana.webp".
ROOTS = ("", "static", "public", "assets", "content", "source", "docs")
# Of an address that leads off the site: https:, //host/…, data:
SCHEME = re.compile(r"\s*(//[^/]|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
# What a site's generator would fill in: {{ site.baseurl }}/pix/iguana.webp, {{ "/pix/iguana.webp" | url }}.
TEMPLATE = re.compile(r"\{\{\s*(?:[\"']([^\"'{}]{1,500})[\"'])?[^{}]{0,200}\}\}")


# What Pandoc, Quarto and Carpentries put behind a picture: {.class fig-alt="A line that rises"}. Hidden in a tag of ours, it
# passes the Markdown renderer as it was written.
BRACES = re.compile(r"(?<=[)\]])[ \t]?\{([^{}]{0,20000})\}", re.DOTALL)
HIDING = "altogether-attributes"
LONGEST_ATTRIBUTES = 100_000
ALT = re.compile(
    r"""(?<![\w-])(?:fig[-.])?alt\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""", re.DOTALL
)

FIGURE_CAPTION = "It is the caption of a figure, not the alt-text of its picture."
TOO_LONG = f"The page is longer than {PAGE_LIMIT:,} bytes."


@dataclass(kw_only=True)
class Shown:
    """A picture on a page. `alt` is None when the page has no alt attribute; `caption` is what stood in its place in the
    brackets where the alt-text is among the attributes."""

    address: str
    alt: str | None
    caption: str = ""


@dataclass(kw_only=True)
class _Images:
    """Every <img>, with the attributes in braces that may follow it in Markdown; and the captions of figures."""

    found: list[Shown] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    _just_shown: bool = False
    _caption: list[str] | None = None

    def see(self, one: Tag | str) -> None:
        """The next tag or text of the page."""
        if isinstance(one, str):
            self._just_shown = False
            if self._caption is not None:
                self._caption.append(one)
        elif not one.is_end:
            self._see_start(one.name, one.attributes)
        elif one.name == "figcaption":
            self.end_caption()

    def _see_start(self, tag: str, named: Mapping[str, str | None]) -> None:
        if tag == HIDING and self._just_shown:
            _take_alt(self.found[-1], (named.get("of") or "")[:LONGEST_ATTRIBUTES])
        self._just_shown = tag == "img" and bool(named.get("src"))
        if self._just_shown:
            alt = (named["alt"] or "") if "alt" in named else None
            self.found.append(Shown(address=named["src"] or "", alt=alt))
        if tag == "figcaption":
            self.end_caption()
            self._caption = []

    def end_caption(self) -> None:
        """What came since its start is one."""
        if self._caption is not None:
            self.captions.append("".join(self._caption))
        self._caption = None


def _take_alt(shown: Shown, attributes: str) -> None:
    if found := ALT.search(attributes):
        text = re.sub(r"\\(.)", r"\1", found[1] if found[1] is not None else found[2])
        shown.caption, shown.alt = shown.alt or "", text


def recognises(path: Path) -> bool:
    """A page with a picture, or a folder of some; but a folder of pictures with sidecars that also has a readme is a folder."""
    if not any(images_of(page).found for page in _pages(path) if not _too_long(page)):
        return False
    sidecars = (one for one in path.rglob("*") if one.suffix.lower() in {".txt", ".json"})
    return not any(one.with_suffix(extension).is_file() for one in sidecars for extension in EXTENSIONS)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Pages in the order of their names, pictures in the order of the page."""
    known = Columns(names=["image", "image_url", "alt_texts", "page_url"], said=columns, complete=True)
    ledger = Ledger()
    return Source(format=NAME, rows=_rows(path, known, ledger), total=0, columns=known, ledger=ledger)


def images_of(page: Path) -> _Images:
    """The pictures of a page, and the captions of its figures."""
    text = page.read_text("utf-8-sig", "replace")
    if page.suffix.lower() in MARKDOWN:
        from markdown_it import MarkdownIt

        text = MarkdownIt("commonmark").render(_hidden(_without_front_matter(_filled_in(text))))
    images = _Images()
    for one in tags_and_texts(text):
        images.see(one)
    images.end_caption()
    return images


def _too_long(page: Path) -> bool:
    return page.stat().st_size > PAGE_LIMIT


def _rows(path: Path, columns: Columns, ledger: Ledger) -> Iterator[ImportRow]:
    folder = path if path.is_dir() else path.parent
    number = 0
    for page in _pages(path):
        if _too_long(page):
            ledger.leave_file(page, TOO_LONG)
            continue
        seen = images_of(page)
        ledger.read_file(page)
        name = page.relative_to(folder).as_posix()
        captions = [*seen.captions, *(shown.caption for shown in seen.found)]
        for caption in filter(None, map(str.strip, captions)):
            ledger.leave(Kind.TEXT, FIGURE_CAPTION, example=caption)
        for shown in seen.found:
            number += 1
            cells = {
                "image": _found(shown.address, page=page, folder=folder),
                "alt_texts": [] if shown.alt is None else [shown.alt],
                "image_url": shown.address if SCHEME.match(shown.address) else "",
                "page_url": name,
            }
            row = columns.row(number=number, cells=cells, folder=folder)
            yield replace(row, name=f"{name}: {row.name[:NAME_SHOWN]}") if row.problem else row


def _pages(path: Path) -> Iterator[Path]:
    for page in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if page.suffix.lower() in MARKDOWN | HTML and page.is_file() and not page.is_symlink():
            yield page


def _found(address: str, *, page: Path, folder: Path) -> str:
    """The picture's path below the folder, or its http(s) address. One that is not there keeps its name for the report."""
    if SCHEME.match(address):
        return address
    path = unquote(path_of(_filled_in(address))).replace("\x00", "")
    beside = page.parent / path
    if not path.startswith("/") and is_below(beside, folder) and is_file(beside):
        return os.path.relpath(beside, folder)
    plain = path.lstrip("/")
    return next((f"{root}/{plain}" for root in ROOTS if root and is_file(folder / root / plain)), plain)


def _without_front_matter(text: str) -> str:
    """Static site generators put YAML between two lines of dashes first."""
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)


def _hidden(text: str) -> str:
    return BRACES.sub(lambda found: f'<{HIDING} of="{escape(found[1])}">', text)


def _filled_in(text: str) -> str:
    """Templates become the path that they quote, or nothing."""
    return TEMPLATE.sub(lambda found: found[1] or "", text)
