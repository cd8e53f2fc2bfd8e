"""Tables as other people's programs write them: quotation marks, delimiters, encodings, rows of another length."""

import gzip
from pathlib import Path

import pytest

from annotation_server.errors import InvalidSettings, Refusal
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.records import LINES_OF_A_RECORD
from annotation_server.formats.readers.text_lines import ENCODINGS


def rows_of(path: Path, *, encoding: str = "", format: str = "") -> list[tuple[str, list[str] | str]]:
    source = open_source(source=str(path), encoding=encoding, format=format)
    return [(row.name, row.problem or row.alt_texts) for row in source.rows]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


CONCEPTUAL = [
    ("a.png", "first picture"),
    ("b.png", '"second picture has an opening quote'),
    ("c.png", "third picture"),
    ("d.png", '"night" at the pier'),
    ("e.png", 'a "dog"'),
    ("f.png", '6" nails on a bench'),
    ("g.png", '"all of it"'),
]


@pytest.mark.parametrize("header", ["caption\timage\n", "image\tcaption\n"])
def test_quotation_marks_of_a_tsv_are_part_of_its_texts(tmp_path: Path, header: str) -> None:
    """As in Conceptual Captions: every line is one row."""
    rows = [pair if header.startswith("image") else pair[::-1] for pair in CONCEPTUAL]
    path = written(tmp_path / "cc.tsv", header + "".join("\t".join(row) + "\n" for row in rows))
    assert rows_of(path) == [(name, [text]) for name, text in CONCEPTUAL]


@pytest.mark.parametrize("alone", range(len(CONCEPTUAL)))
def test_one_quotation_mark_in_a_tsv_is_part_of_its_text_whichever_it_is(tmp_path: Path, alone: int) -> None:
    rows = [CONCEPTUAL[0], CONCEPTUAL[alone], CONCEPTUAL[2]]
    path = written(tmp_path / "cc.tsv", "".join(f"{text}\thttps://e.org/{name}\n" for name, text in rows))
    assert rows_of(path) == [(f"https://e.org/{name}", [text]) for name, text in rows]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_quotation_marks_that_a_program_put_are_none_of_the_text(tmp_path: Path, delimiter: str) -> None:
    text = f'say ""hi""{delimiter} he\nsaid'
    path = written(
        tmp_path / "rows.txt", f'image{delimiter}alt\na.png{delimiter}"{text}"\nb.png{delimiter}"x"\n'
    )
    assert rows_of(path) == [("a.png", [text.replace('""', '"')]), ("b.png", ["x"])]


def test_all_in_quotation_marks(tmp_path: Path) -> None:
    path = written(tmp_path / "r.tsv", '"image"\t"alt"\n"a.png"\t"One."\n')
    assert rows_of(path) == [("a.png", ["One."])]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    good = "".join(f"{number}.png,text {number}\n" for number in range(LINES_OF_A_RECORD + 50))
    path = written(
        tmp_path / "rows.csv", f'image,alt\nx.png,"one, two\n{good}y.png,"three" four, five\nz.png,six\n'
    )
    found = rows_of(path)
    assert len(found) == LINES_OF_A_RECORD + 53
    assert [name for name, text in found if isinstance(text, str)] == [
        "row 1",
        f"row {LINES_OF_A_RECORD + 52}",
    ]
    assert str(found[0][1]).startswith("Its quotation marks do not match")
    assert found[-1] == ("z.png", ["six"])


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("sep=;\nimage;alt\na.png;One, two.\n", ["One, two."]),
        ('"sep=|"\r\nimage|alt\r\na.png|One.\r\n', ["One."]),
        ("Alt text, or what stood there;Image Src\nOne.;a.png\n", []),
        ("image, alt \na.png, One.\n", [" One."]),
        ("image,alt\ra.png,One.\r", ["One."]),
        ("\n\nimage,alt\n\na.png,One.\n", ["One."]),
        ("image,,alt\na.png,,One.\n", ["One."]),
        ("image,alt,alt\na.png,One.,Two.\n", ["One."]),
        ("image,alt,,\na.png,One.,,,,\n", ["One."]),
        ("image,alt,note\na.png,One.\n", ["One."]),
        ("image,alt,note\na.png\n", []),
        ("a.png#0\tOne.\n", ["One."]),
        ("image| comment_number| comment\na.png| 0| One.\n", [" One."]),
    ],
)
def test_tables_of_other_programs(tmp_path: Path, text: str, texts: list[str]) -> None:
    assert rows_of(written(tmp_path / "table.data", text)) == [("a.png", texts)]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_can_be_said(tmp_path: Path, encoding: str, packed: bool) -> None:
    text = "Ein Leguan".encode(encoding).decode(encoding)
    for word in ("ü é", "è", "č", "д", "ά", "ş", "א", "ع", "ś", "ę", "ひ", "中", "한", "ก"):
        try:
            text += word.encode(encoding).decode(encoding)
        except UnicodeError:
            continue
    path = written(tmp_path / "rows.csv", f"image,alt\na.png,{text}\n", encoding)
    if packed:
        path.write_bytes(gzip.compress(path.read_bytes()))
    assert rows_of(path, encoding=encoding) == [("a.png", [text])]
    lines = written(tmp_path / "rows.jsonl", f'{{"image": "a.png", "alt": "{text}"}}\n', encoding)
    if packed:
        lines.write_bytes(gzip.compress(lines.read_bytes()))
    assert rows_of(lines, encoding=encoding) == [("a.png", [text])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_what_the_file_says_itself_needs_not_be_said(tmp_path: Path, encoding: str, kind: str) -> None:
    text = "image,alt\na.png,ü\n" if kind == "csv" else '{"image": "a.png", "alt": "ü"}\n'
    assert rows_of(written(tmp_path / "rows", text, encoding)) == [("a.png", ["ü"])]


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl"])
def test_bytes_of_another_encoding_refuse_their_row_and_say_what_to_do(tmp_path: Path, kind: str) -> None:
    lines = {
        "csv": "image,alt\na.png,One.\nb.png,café\nc.png,Three.\n",
        "tsv": "image\talt\na.png\tOne.\nb.png\tcafé\nc.png\tThree.\n",
        "jsonl": '{"image": "a.png", "alt": "One."}\n{"image": "b.png", "alt": "café"}\n{"image": "c.png", "alt": "Three."}\n',
    }[kind]
    path = written(tmp_path / f"rows.{kind}", lines, "cp1252")
    first, second, third = rows_of(path)
    assert (first, third) == (("a.png", ["One."]), ("c.png", ["Three."]))
    assert "is not UTF-8 (at byte" in second[1]
    assert str(second[1]).endswith("save the file as UTF-8, or say its encoding.")
    assert rows_of(path, encoding="cp1252")[1] == ("b.png", ["café"])
    assert rows_of(path, encoding="cp1251")[1] == ("b.png", ["cafй"])


def test_a_column_that_means_nothing_may_have_any_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.csv", "image,note,alt\na.png,café,One.\n", "cp1252")
    assert rows_of(path) == [("a.png", ["One."])]


@pytest.mark.parametrize("encoding", ["rot13", "base64", "unicode_escape", "idna", "nonsense", "utf-8\x00"])
def test_what_is_no_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "rows.csv", "image,alt\na.png,One.\n")
    with pytest.raises(InvalidSettings, match="No encoding"):
        open_source(source=str(path), encoding=encoding)


def test_an_encoding_of_a_format_that_has_its_own_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.json", '[{"image": "a.png"}]')
    with pytest.raises(InvalidSettings, match="says its encoding itself"):
        open_source(source=str(path), encoding="cp1252")


@pytest.mark.parametrize("name", ["rows.csv.gz", "rows.jsonl.gz"])
def test_a_packed_file_that_breaks_off_keeps_what_came_before(tmp_path: Path, name: str) -> None:
    if "csv" in name:
        text = "image,alt\n" + "".join(f"{n}.png,{n * 7919 % 10_007}\n" for n in range(20_000))
    else:
        text = "".join(f'{{"image": "{n}.png", "alt": "{n * 7919 % 10_007}"}}\n' for n in range(20_000))
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode())[:-4_000])
    found = rows_of(path)
    assert found[0] == ("0.png", ["0"])
    assert len(found) > 1_000
    assert str(found[-1][1]).startswith("The file breaks off here")


def test_a_line_without_an_end_in_a_small_packed_file_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"image,alt\n" + b"x" * (40 << 20) + b"\na.png,One.\n", 1))
    assert rows_of(path) == [("row 1", "The line is longer than 16,777,216 bytes."), ("a.png", ["One."])]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02",
        b"a",
        b"sep=;\n",
        b"\x1f\x8b",
        b"\x1f\x8bnonsense",
        b"\xff\xfe",
        b"\xff\xfea",
    ],
)
def test_a_format_that_was_said_of_what_it_is_not_is_a_plain_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    for format in ("table", "jsonl"):
        try:
            found = rows_of(path, format=format)
        except Refusal as refusal:
            found = [("", refusal.message)]
        assert all(isinstance(text, str) for _, text in found)
