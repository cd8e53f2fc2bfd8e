"""Whatever a text is, it comes back as it was written, or its row is refused by name; and no bytes at all crash a reader."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from annotation_server.errors import Refusal
from annotation_server.formats.readers import READERS, open_source
from annotation_server.formats.readers.table import FORMULA

TEXTS = st.text(
    st.one_of(
        st.sampled_from("\"'\t\n\r,;|\u2028\u0085\x00\\=[]{}ü中\U0001f98e "),
        st.characters(codec="utf-8"),
    ),
    min_size=1,
    max_size=20,
)
HERE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def as_csv(texts: list[str], **dialect: Any) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, **dialect)
    writer.writerow(["image", "alt", "note"])
    writer.writerows([f"{place}.png", text, "n"] for place, text in enumerate(texts))
    return file.getvalue().encode()


def as_pandas(texts: list[str], **options: Any) -> bytes:
    import pandas

    rows = {"image": [f"{place}.png" for place in range(len(texts))], "alt": texts}
    written: str = pandas.DataFrame(rows).to_csv(**options)
    return written.encode("utf-8", "surrogatepass")


def as_lines(texts: list[str], **options: Any) -> bytes:
    rows = ({"image": f"{place}.png", "alt": text} for place, text in enumerate(texts))
    return "\n".join(json.dumps(row, **options) for row in rows).encode()


WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    "csv": as_csv,
    "csv of Unix": lambda texts: as_csv(texts, lineterminator="\n"),
    "csv in quotation marks": lambda texts: as_csv(texts, quoting=csv.QUOTE_ALL),
    "semicolons": lambda texts: as_csv(texts, delimiter=";"),
    "tabs": lambda texts: as_csv(texts, delimiter="\t"),
    "pandas": as_pandas,
    "pandas with tabs": lambda texts: as_pandas(texts, sep="\t", index=False),
    "json lines": as_lines,
    "json lines as they are": lambda texts: as_lines(texts, ensure_ascii=False),
    "json": lambda texts: json.dumps(
        [{"image": f"{place}.png", "alt": text} for place, text in enumerate(texts)]
    ).encode(),
}


@pytest.mark.parametrize("way", WRITERS)
@HERE
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), packed=st.booleans())
@example(texts=['"night" at the pier', '"all of it"', 'say "hi"', '"', '""', "a\nb", "c\td"], packed=False)
def test_texts_come_back_as_they_were_written(
    tmp_path: Path, way: str, texts: list[str], packed: bool
) -> None:
    assume(not any(text.startswith("[") and text.endswith("]") for text in texts))  # Lists: test_cells.py.
    assume(not any(text.lstrip("'").startswith(FORMULA) for text in texts))
    # These writers put no quotation marks around a lone carriage return.
    # A text with both line ends and tabs may look like rows of its own.
    assume(not any(word in way for word in ("pandas", "Unix")) or not any("\r" in text for text in texts))
    assume("tabs" not in way or not any("\t" in text and {"\n", "\r"} & set(text) for text in texts))
    path = tmp_path / "written"
    content = WRITERS[way](texts)
    path.write_bytes(gzip.compress(content) if packed and way != "json" else content)
    rows = list(open_source(source=str(path)).rows)
    found = {row.name: row.alt_texts for row in rows if not row.problem}
    assert found == {f"{place}.png": [text] for place, text in enumerate(texts)}


@pytest.mark.parametrize("format", ["", *READERS])
@HERE
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "image",
                            "alt",
                            "data",
                            "images",
                            "annotations",
                            "rounds",
                            "split",
                            "label",
                            "filename",
                        ]
                    )
                    | st.text(max_size=5),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=9,
        ).map(lambda value: json.dumps(value).encode()),
        st.lists(st.sampled_from(["image", "alt", ",", "\t", '"', "\n", "a.png", "{", "}", "\x00"])).map(
            lambda parts: "".join(parts).encode()
        ),
    )
)
def test_no_bytes_crash_a_reader(tmp_path: Path, format: str, content: bytes) -> None:
    path = tmp_path / "anything"
    path.write_bytes(content)
    try:
        source = open_source(source=str(path), format=format)
        list(source.rows)
        json.dumps(source.account()).encode()
    except Refusal:
        pass
