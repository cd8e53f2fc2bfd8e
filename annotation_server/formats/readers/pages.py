"""The pages of a site: a folder of Markdown or HTML files with ![alt](src) and <img alt>, and the pictures they show."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.folder import EXTENSIONS
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "pages"
MARKDOWN = {".md", ".markdown"}
HTML = {".html", ".htm"}
PAGE_LIMIT = 16 * 1024 * 1024
# Where site generators keep what a page calls "/pix/iguana.webp".
ROOTS = ("", "static", "public", "assets", "content", "source", "docs")
# What a site's generator would fill in: {{ site.baseurl }}/pix/iguana.webp, {{ "/pix/iguana.webp" | url }}.
TEMPLATE = re.compile(r"\{\{\s*(?:[\"']([^\"'{}]{1,500})[\"'])?[^{}]{0,200}\}\}")


class _Images(HTMLParser):
    """Every <img>: its address and its alt-text; None when the page has no alt attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            named = dict(attrs)
            if source := named.get("src"):
                self.found.append((source, (named["alt"] or "") if "alt" in named else None))


def recognises(path: Path) -> bool:
    """A page with a picture; but a folder of pictures with sidecars that also has a readme is a folder."""
    if not path.is_dir() or not any(images_of(page) for page in _pages(path)):
        return False
    sidecars = (one for one in path.rglob("*") if one.suffix.lower() in {".txt", ".json"})
    return not any(one.with_suffix(extension).is_file() for one in sidecars for extension in EXTENSIONS)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Pages in the order of their names, pictures in the order of the page."""
    known = Columns(names=["image", "alt_texts", "source_url"], said=columns)
    return Source(format=NAME, rows=_rows(path, known), total=0, columns=known)


def images_of(page: Path) -> list[tuple[str, str | None]]:
    """Addresses and alt-texts of a page's pictures."""
    if page.stat().st_size > PAGE_LIMIT:
        return []
    text = page.read_text("utf-8", "replace")
    parser = _Images()
    if page.suffix.lower() in MARKDOWN:
        from markdown_it import MarkdownIt

        text = MarkdownIt("commonmark").render(_without_front_matter(_filled_in(text)))
    parser.feed(text)
    parser.close()
    return parser.found


def _rows(folder: Path, columns: Columns) -> Iterator[ImportRow]:
    number = 0
    for page in _pages(folder):
        for address, alt in images_of(page):
            number += 1
            cells = {
                "image": _found(address, page=page, folder=folder),
                "alt_texts": [] if alt is None else [alt],
                "source_url": address if urlsplit(address).scheme else page.relative_to(folder).as_posix(),
            }
            yield columns.row(number=number, cells=cells, folder=folder)


def _pages(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in MARKDOWN | HTML and path.is_file() and not path.is_symlink():
            yield path


def _found(address: str, *, page: Path, folder: Path) -> str:
    """The picture's path below the folder, or its http(s) address. One that is not there keeps its name for the report."""
    if re.match("https?:", address, re.IGNORECASE):
        return address
    path = unquote(urlsplit(_filled_in(address)).path).replace("\x00", "")
    if not path.startswith("/") and (page.parent / path).is_file():
        return str((page.parent / path).resolve())
    plain = path.lstrip("/")
    return next((f"{root}/{plain}" for root in ROOTS if root and (folder / root / plain).is_file()), plain)


def _without_front_matter(text: str) -> str:
    """Static site generators put YAML between two lines of dashes first."""
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL)


def _filled_in(text: str) -> str:
    """Templates become the path that they quote, or nothing."""
    return TEMPLATE.sub(lambda found: found[1] or "", text)
