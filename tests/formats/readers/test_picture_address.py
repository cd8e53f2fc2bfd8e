"""Addresses as strangers write them: read where they can be, refused by name where they cannot, never a crash."""

import ast
from pathlib import Path

import pytest

from annotation_server.errors import AddressRefused
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.picture_address import picture_address
from annotation_server.reach.guarded import checked_url, joined_address, split_address

PROJECT = Path(__file__).resolve().parents[3]
# Whoever splits an address without these may end in a ValueError: guarded.split_address and joined_address refuse by name.
BARE = {"urlsplit", "urlparse", "urljoin"}
MAY = {
    "annotation_server/reach/guarded.py",
    "annotation_server/embedded/servers.py",  # An address that we wrote down ourselves.
    "captioner/samples/remote.py",  # Knows nothing of the server; refuses in its own words.
}
BROKEN = [
    "http://[::1",
    "http://a]b/",
    "http://exa\u2100mple.org/x",
    "http://h:99999/",
    "http://h:x/",
    "//[/x",
]


@pytest.mark.parametrize("address", BROKEN)
def test_what_cannot_be_split_is_refused_by_name(address: str) -> None:
    for refused in (split_address, checked_url):
        with pytest.raises(AddressRefused, match="The address cannot be read"):
            refused(address)
    assert joined_address("http://example.org/", "/x") == "http://example.org/x"
    with pytest.raises(AddressRefused, match="The address cannot be read"):
        checked_url(joined_address("http://example.org/", address))


def test_nobody_splits_addresses_by_another_way() -> None:
    found = set()
    for top in ("annotation_server", "captioner"):
        for path in (PROJECT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.ImportFrom) or node.module != "urllib.parse":
                    continue
                if BARE & {name.name for name in node.names}:
                    found.add(path.relative_to(PROJECT).as_posix())
    assert found == MAY


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (" http://h/b.jpg", "http://h/b.jpg"),
        ("HTTP://h/x ", "HTTP://h/x"),
        ("https://h/x\r\n", "https://h/x"),
        ("//h/plain.jpg", "https://h/plain.jpg"),
        ("/srv/a.jpg", None),
        ("a.jpg", None),
        ("///a.jpg", None),
        ("database.jpg", None),
    ],
)
def test_what_a_cell_means(cell: str, meant: str | None) -> None:
    assert picture_address(cell) == meant


def test_odd_addresses_of_a_table_are_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"url": "//h/a.jpg"}\n{"url": "data:image/png;base64,AAAA"}\n{"url": "http://[::1"}\n')
    first, second, third = open_source(source=str(path)).rows
    assert first.picture == "https://h/a.jpg"
    assert second.problem.startswith("It is a data: address")
    assert third.picture == "http://[::1"


def test_a_broken_address_on_a_page_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<img alt=a src='http://[::1'><img alt=b src='//[/x'><img alt=c src='data:,x'><img alt=d src='[::1'>"
    )
    rows = list(open_source(source=str(tmp_path), format="pages").rows)
    assert [row.alt_texts for row in rows if not row.problem] == [["a"], ["b"], ["d"]]
    assert [row.problem[:22] for row in rows if row.problem] == ["It is a data: address,"]
