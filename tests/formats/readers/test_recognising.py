"""Every format is recognised by its content and read as its owners write it."""

import gzip
import io
import json
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from annotation_server.errors import UnknownFormat
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from tests.drawing import drawn, write_picture

Read = Callable[..., list[ImportRow]]


def read(path: Path, format: str, **columns: str) -> list[ImportRow]:
    source = open_source(source=str(path), columns=columns)
    assert source.format == format
    return list(source.rows)


def short(rows: list[ImportRow], folder: Path) -> list[tuple[Any, ...]]:
    """What most formats say of a row: where the picture is, and the texts."""
    return [
        (
            row.picture.relative_to(folder).as_posix() if isinstance(row.picture, Path) else row.picture,
            row.alt_texts,
        )
        for row in rows
    ]


def png(seed: int) -> bytes:
    file = io.BytesIO()
    drawn(seed, width=9, height=8).save(file, "PNG")
    return file.getvalue()


def tar(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [["image", "alt", "id"], ["a.jpg", '"An ""iguana""\nü"', "1"], ["b.jpg", "", "2"]]
    path = tmp_path / "rows.data"
    path.write_text("\n".join(delimiter.join(cells) for cells in lines) + "\n", encoding=encoding)
    assert short(read(path, "table"), tmp_path) == [("a.jpg", ['An "iguana"\nü']), ("b.jpg", [""])]


def test_rows_of_another_length_and_guarded_formulas(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("image,alt\na.jpg\nb.jpg,'=1+1\nc.jpg,'tis,\nd.jpg,One, two\n")
    rows = read(path, "table")
    assert rows[3].problem.startswith("The row has 3 cells; the table has 2 columns. Put texts with a ','")
    assert short(rows[:3], tmp_path) == [("a.jpg", []), ("b.jpg", ["=1+1"]), ("c.jpg", ["'tis"])]


def test_wit(tmp_path: Path) -> None:
    """As in its TSV: the picture's address, and the alt-text among other descriptions."""
    path = tmp_path / "wit_v1.train.all-00000-of-00010.tsv.gz"
    names = "language\tpage_url\timage_url\tpage_title\tcaption_reference_description\tcaption_alt_text_description"
    row = "en\thttps://en.example/Iguana\thttps://up.example/iguana.jpg\tIguana\tA green iguana\tiguana on a rock"
    path.write_bytes(gzip.compress(f"{names}\n{row}\n".encode()))
    assert short(read(path, "table"), tmp_path) == [("https://up.example/iguana.jpg", ["iguana on a rock"])]


@pytest.mark.parametrize("first", ["caption", "address"])
def test_a_list_of_captions_and_addresses_without_names(tmp_path: Path, first: str) -> None:
    """As Conceptual Captions come."""
    cells = ["a green iguana", "https://example.org/1.jpg"]
    path = tmp_path / "train.tsv"
    path.write_text("\t".join(cells if first == "caption" else cells[::-1]) + "\n")
    assert short(read(path, "table"), tmp_path) == [("https://example.org/1.jpg", ["a green iguana"])]


def test_altogether_ft(tmp_path: Path) -> None:
    row = {
        "round3": "A green iguana on a rock.",
        "alt": "iguana",
        "url": "https://example.org/1.jpg",
        "img_path": "images/1.jpg",
        "source": "wit",
        "face_bbox": [[1, 2, 3, 4]],
    }
    path = tmp_path / "altogether.json"
    path.write_text(json.dumps({"data": [row, "nonsense"]}))
    good, bad = read(path, "altogether_ft")
    assert good == ImportRow(
        number=1,
        name="images/1.jpg",
        picture=tmp_path / "images/1.jpg",
        alt_texts=["iguana"],
        source="wit",
        image_url="https://example.org/1.jpg",
        face_boxes=[[1.0, 2.0, 3.0, 4.0]],
        captions={3: ["A green iguana on a rock."]},
    )
    assert bad.problem == "It is not a JSON object."


def test_coco(tmp_path: Path) -> None:
    write_picture(tmp_path / "val2017/1.png", 1)
    (tmp_path / "annotations").mkdir()
    content = {
        "licenses": [{"id": 4, "name": "CC-BY"}],
        "images": [
            {"id": 7, "file_name": "1.png", "license": 4},
            {"id": 8, "file_name": "2.png", "coco_url": "http://images.example/2.png"},
        ],
        "annotations": [
            {"id": 1, "image_id": 7, "caption": "An iguana."},
            {"id": 2, "image_id": 8, "caption": "A newt."},
            {"id": 3, "image_id": 7, "caption": "A lizard."},
        ],
    }
    path = tmp_path / "annotations/captions_val2017.json"
    path.write_text(json.dumps(content))
    rows = read(path, "coco")
    assert short(rows, tmp_path) == [
        ("val2017/1.png", ["An iguana.", "A lizard."]),
        ("http://images.example/2.png", ["A newt."]),
    ]
    assert [(row.licence, row.source_key) for row in rows] == [("CC-BY", "7"), ("", "8")]


def test_label_studio(tmp_path: Path) -> None:
    write_picture(tmp_path / "upload/1/ab12-iguana.png", 1)

    def annotation(text: str, **more: Any) -> dict[str, Any]:
        return {"result": [{"type": "textarea", "value": {"text": [text]}}], **more}

    tasks = [
        {
            "id": 5,
            "data": {"image": "/data/upload/1/ab12-iguana.png", "alt": "iguana"},
            "annotations": [annotation("First."), annotation("Last."), annotation("No.", was_cancelled=True)],
            "predictions": [],
        },
        {"id": 6, "data": {"image": "/data/local-files/?d=pix/newt.png"}, "annotations": []},
        {"id": 7},
    ]
    path = tmp_path / "project-1.json"
    path.write_text(json.dumps(tasks))
    rows = read(path, "label_studio")
    assert short(rows[:2], tmp_path) == [("upload/1/ab12-iguana.png", ["iguana"]), ("pix/newt.png", [])]
    assert [(row.source_key, row.captions, row.problem) for row in rows] == [
        ("5", {1: ["First.", "Last."]}, ""),
        ("6", {}, ""),
        ("", {}, "The task has no data."),
    ]


@pytest.mark.parametrize("lines", [True, False])
def test_doccano(tmp_path: Path, lines: bool) -> None:
    rows = [
        {"id": 1, "filename": "a.jpg", "label": ["An iguana.", "Another."], "Comments": []},
        {"id": 2, "filename": "b.jpg", "label": [], "Comments": []},
    ]
    path = tmp_path / "all.json"
    path.write_text("\n".join(json.dumps(row) for row in rows) if lines else json.dumps(rows))
    found = read(path, "doccano")
    assert short(found, tmp_path) == [("a.jpg", []), ("b.jpg", [])]
    assert [row.captions for row in found] == [{1: ["An iguana.", "Another."]}, {}]


def test_a_list_of_objects(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps([{"file_name": "a.jpg", "caption": "iguana"}]))
    assert short(read(tmp_path / "rows.json", "json_rows"), tmp_path) == [("a.jpg", ["iguana"])]


def test_parquet_with_pictures_and_splits_by_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for split, seed in {"test": 1, "train": 2}.items():
        table = pyarrow.table(
            {"image": [{"bytes": png(seed), "path": "x.png"}], "caption": ["iguana"], "extra": [{"a": 1}]}
        )
        parquet.write_table(table, tmp_path / f"data/{split}-00000-of-00001.parquet")
    rows = read(tmp_path, "parquet")
    assert [(row.picture, row.alt_texts, row.split) for row in rows] == [
        (png(1), ["iguana"], "eval"),
        (png(2), ["iguana"], "train"),
    ]


def test_parquet_as_img2dataset_writes_it(tmp_path: Path) -> None:
    columns = {"url": ["http://example.org/1.jpg"], "key": ["000"], "caption": ["iguana"], "jpg": [png(1)]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "00000.parquet")
    [row] = read(tmp_path / "00000.parquet", "parquet")
    assert (row.picture, row.alt_texts, row.source_key, row.image_url) == (
        png(1),
        ["iguana"],
        "000",
        "http://example.org/1.jpg",
    )


def test_a_saved_hugging_face_dataset(tmp_path: Path) -> None:
    """Written by the library itself."""
    import datasets

    features = datasets.Features({"image": datasets.Image(), "text": datasets.Value("string")})
    rows = {"image": [drawn(1, width=9, height=8)], "text": ["iguana"]}
    one = datasets.Dataset.from_dict(rows, features=features)
    one.save_to_disk(tmp_path / "one")
    datasets.DatasetDict({"train": one, "test": one}).save_to_disk(tmp_path / "both")
    [row] = read(tmp_path / "one", "hf_dataset")
    assert (isinstance(row.picture, bytes), row.alt_texts, row.split) == (True, ["iguana"], "")
    assert [row.split for row in read(tmp_path / "both", "hf_dataset")] == ["eval", "train"]


@pytest.mark.parametrize("name", ["00000.tar", "00000.tar.gz"])
def test_webdataset_as_img2dataset_writes_it(tmp_path: Path, name: str) -> None:
    about = {
        "caption": "iguana",
        "url": "http://example.org/1.jpg",
        "key": "0001",
        "width": 9,
        "licence": "CC0",
    }
    members = {"0001.jpg": png(1), "0001.txt": b"iguana", "0001.json": json.dumps(about).encode()}
    [row] = read(tar(tmp_path / name, members, "w:gz" if name.endswith("gz") else "w"), "webdataset")
    assert (row.name, row.picture, row.alt_texts, row.source_key, row.image_url, row.licence) == (
        f"{name}:0001",
        png(1),
        ["iguana"],
        "0001",
        "http://example.org/1.jpg",
        "CC0",
    )


def test_webdataset_with_several_texts(tmp_path: Path) -> None:
    texts = json.dumps({"texts": [["alt", "iguana"], ["title", "Iguana of Tamova"], "iguana"]}).encode()
    tar(tmp_path / "0.tar", {"a/1.jpeg": png(1), "a/1.json": texts, "b/1.png": png(2)})
    first, second = read(tmp_path, "webdataset")
    assert (first.alt_texts, second.alt_texts) == (["iguana", "Iguana of Tamova", "iguana"], [])


def test_odd_members_of_an_archive_are_told_and_passed_over(tmp_path: Path) -> None:
    path = tar(
        tmp_path / "0.tar", {"1.png": png(1), "../../2.png": png(2), "/3.png": png(3), "4.txt": b"alone"}
    )
    with tarfile.open(path, "a") as archive:
        link = tarfile.TarInfo("5.png")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("6.png")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
        large = tarfile.TarInfo("7.json")
        large.size = 5 * 1024 * 1024
        archive.addfile(large, io.BytesIO(b" " * large.size))
    assert {row.name.partition(":")[2]: row.problem for row in read(path, "webdataset")} == {
        "1": "",
        "4": "The sample has no picture.",
        "7": "'7.json' has 5,242,880 bytes; at most 4,194,304 are taken.",
    }


def test_an_archive_that_breaks_off(tmp_path: Path) -> None:
    path = tar(tmp_path / "0.tar", {f"{number}.png": png(number) * 20 for number in range(5)})
    path.write_bytes(path.read_bytes()[:10_000])
    rows = read(path, "webdataset")
    assert "The archive breaks off here" in "".join(row.problem for row in rows)
    assert rows[0].problem == ""


def test_pages(tmp_path: Path) -> None:
    write_picture(tmp_path / "static/pix/iguana.png", 1)
    write_picture(tmp_path / "posts/newt.png", 2)
    (tmp_path / "posts/a.md").write_text(
        "---\ntitle: x\nimage: ![no](no.png)\n---\n"
        "![An *iguana* &amp; a rock](/pix/iguana.png) and ![](newt.png)\n\n"
        '![lizard\non a wall]({{ "/pix/iguana.png" | url }})\n\n`![code](code.png)`\n'
    )
    (tmp_path / "index.html").write_text(
        "<img src='{{ site.baseurl }}/pix/iguana.png' alt='quote &quot;&eacute;'><img src=posts/newt.png>"
        "<script>var x = '<img src=y.png>'</script><img alt='far' src='https://example.org/far.png'>"
    )
    assert [(name, texts) for name, texts in short(read(tmp_path, "pages"), tmp_path)] == [
        ("static/pix/iguana.png", ['quote "é']),
        ("posts/newt.png", []),
        ("https://example.org/far.png", ["far"]),
        ("static/pix/iguana.png", ["An iguana & a rock"]),
        ("posts/newt.png", [""]),
        ("static/pix/iguana.png", ["lizard\non a wall"]),
    ]


def test_a_folder_with_a_manifest_is_what_the_manifest_says(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png", 1)
    write_picture(tmp_path / "b.png", 2)
    (tmp_path / "metadata.jsonl").write_text('{"file_name": "a.png", "text": "iguana"}\n')
    assert short(read(tmp_path, "jsonl"), tmp_path) == [("a.png", ["iguana"])]


@pytest.mark.parametrize("module", ["markdown_it", "pyarrow"])
def test_a_missing_package_is_named(tmp_path: Path, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if module == "pyarrow":
        parquet.write_table(pyarrow.table({"image": ["a.png"]}), tmp_path / "rows.parquet")
    else:
        (tmp_path / "index.md").write_text("![iguana](iguana.png)")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(
        UnknownFormat, match=f"needs the Python package {module}. Install the extra `formats`"
    ):
        open_source(source=str(tmp_path))
