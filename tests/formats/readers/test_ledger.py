"""Every part of a source ends in the ledger as used or as left for a reason."""

from pathlib import Path

from annotation_server.formats.readers import ledger as module
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.table import SHORT
from tests.drawing import write_picture


def account_of(path: Path) -> dict[str, dict[str, object]]:
    """Kind → how many were used, and for each reason how many were left with the first one's name."""
    source = open_source(source=str(path))
    list(source.rows)
    assert source.ledger.complete
    return {
        page["kind"]: {
            "used": page["used"],
            **{one["reason"]: (one["count"], one["example"]) for one in page["reasons"]},
        }
        for page in source.account()
    }


def test_a_folder_accounts_for_every_file(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.png", "sub/c.webp", "d.JPEG"):
        write_picture(tmp_path / name, 1)
    write_picture(tmp_path / "e.png", 1).rename(tmp_path / "e")
    for name in ("a.txt", "b.caption", "sub/C.webp.TXT", "d.txt", "nobody.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "d.json").write_text('["no object"]')
    (tmp_path / "b.json").write_text('{"domain": "animals", "colour": "green"}')
    (tmp_path / "._a.jpg").write_bytes(b"resource fork")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX/x.jpg").write_bytes(b"hidden")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "a.jpg")
    (tmp_path / "w.heic").write_bytes(b"ftypheic")
    (tmp_path / "tool.exe").write_bytes(b"MZ")
    assert account_of(tmp_path) == {
        "file": {
            "used": 10,
            module.HIDDEN: (2, "._a.jpg"),
            module.LINK: (1, "link.jpg"),
            "HEIC pictures are not taken: save them as JPEG or PNG.": (1, "w.heic"),
            "It cannot be read: its picture's row is refused.": (1, "d.json"),
            module.TEXT_OF_NO_PICTURE: (1, "nobody.txt"),
            module.OF_NO_USE: (1, "tool.exe"),
        },
        "text": {"used": 3, module.ROW_REFUSED: (1, "d.JPEG")},
        "column": {"used": 3, "Its name means nothing here: say what it is.": (1, "colour")},
    }


def test_pictures_that_no_row_names_are_told(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        write_picture(tmp_path / name, 1)
    (tmp_path / "data.csv").write_text("image,alt,split\na.png,iguana,train\nb.png,newt,nowhere\n")
    assert account_of(tmp_path)["file"] == {"used": 3, module.PICTURE_OF_NO_ROW: (1, "c.png")}


def test_a_source_behind_a_link_is_accounted_for_as_well(tmp_path: Path) -> None:
    write_picture(tmp_path / "real/pix/a.png", 1)
    (tmp_path / "real/data.jsonl").write_text('{"image": "pix/../pix/a.png", "alt": "iguana", "id": 1}')
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert account_of(tmp_path / "link") == {
        "file": {"used": 2},
        "text": {"used": 1},
        "column": {"used": 3},
    }


def test_a_source_whose_rows_were_not_all_read_leaves_no_file(tmp_path: Path) -> None:
    for number in range(3):
        write_picture(tmp_path / f"{number}.png", number)
    source = open_source(source=str(tmp_path))
    next(source.rows)
    assert (source.ledger.complete, source.ledger.left(Kind.FILE)) == (False, {})


def test_a_ledger_stays_small(tmp_path: Path) -> None:
    """However many reasons a reader makes up, and however long its examples are."""
    ledger = Ledger()
    for number in range(10_000):
        ledger.leave(Kind.MEMBER, f"Reason {number}.", example="x\x00\ud800" * 1_000)
        ledger.see_row(ImportRow(number=number, name="x", picture=tmp_path / f"{number}.png"))
    [member] = ledger.as_json()
    assert (member["left"], len(member["reasons"])) == (10_000, module.REASONS_LIMIT + 1)
    assert member["reasons"][0]["reason"] == module.OTHER_REASONS
    assert {len(one["example"]) for one in member["reasons"]} == {module.EXAMPLE_LENGTH}
    assert "\x00" not in member["reasons"][0]["example"]
    assert len(ledger._read) * ledger._read.itemsize == 80_000


def test_a_row_that_ends_before_its_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("image,size,caption\na.jpg,1,an iguana\nb.jpg,1\nc.jpg\nd.jpg,1,\n")
    assert account_of(tmp_path / "rows.csv")["text"] == {"used": 2, SHORT: (2, "row 2")}
