"""Files that say they are far larger than they are: reading them ends with a plain reason, and the memory is bounded."""

import gzip
import io
import json
import os
import resource
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from pyarrow import ipc, parquet

from annotation_server.errors import TookTooLong, UnreadableSource
from annotation_server.files.bare_environment import bare_environment
from annotation_server.files.memory_limit import limited_memory
from annotation_server.formats.readers import open_source
from annotation_server.pictures.decoding import DecoderPool
from tests.warm import SERVER, Program, warm

MIB = 1 << 20
LIMIT = 128 * MIB


def parquet_bomb(folder: Path) -> Path:
    """A few kB: one text of 16 MiB, 64 times."""
    once = pyarrow.DictionaryArray.from_arrays([0] * 64, ["x" * (16 * MIB)])
    table = pyarrow.table({"image": ["1.png"] * 64, "alt_text": once})
    parquet.write_table(table, folder / "bomb.parquet", compression="zstd", store_schema=False)
    return folder / "bomb.parquet"


def arrow_bomb(folder: Path) -> Path:
    """A saved dataset whose one batch is packed."""
    table = pyarrow.table({"image": ["1.png"], "alt_text": ["x" * (320 * MIB)]})
    options = ipc.IpcWriteOptions(compression="zstd")
    with ipc.new_stream(folder / "data.arrow", table.schema, options=options) as stream:
        stream.write_table(table)
    (folder / "state.json").write_text(json.dumps({"_data_files": [{"filename": "data.arrow"}]}))
    return folder


def tar_bomb(folder: Path) -> Path:
    """A header that goes on for 320 MiB before its first member."""
    head = tarfile.TarInfo("pax")
    head.type, head.size = tarfile.XHDTYPE, 320 * MIB
    with gzip.open(folder / "bomb.tar.gz", "wb", compresslevel=1) as file:
        file.write(head.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(320):
            file.write(bytes(MIB))
    return folder / "bomb.tar.gz"


def json_bomb(folder: Path) -> Path:
    """15 MB of short texts, each of which takes 60 bytes."""
    (folder / "bomb.json").write_text("[" + ",".join(['"ab"'] * 3_000_000) + "]")
    return folder / "bomb.json"


def deep_json(folder: Path) -> Path:
    (folder / "state.json").write_text("[" * 200_000)
    return folder


def long_json(folder: Path) -> Path:
    (folder / "state.json").write_text(" " * (17 * MIB))
    return folder


def listed_json(folder: Path) -> Path:
    (folder / "state.json").write_text("[1]")
    return folder


@pytest.mark.parametrize(
    "made",
    [parquet_bomb, arrow_bomb, tar_bomb, json_bomb, deep_json, long_json, listed_json],
    ids=lambda made: made.__name__,
)
def test_what_is_larger_than_it_looks_is_refused(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    program = Program(
        module="tests.files.read_within",
        arguments=[str(made(tmp_path)), str(LIMIT)],
        environment=dict(os.environ),
    )
    [ended] = warm(SERVER).run(program)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["problems"]
    assert all(said["problems"])
    assert said["grown"] < 2 * LIMIT


def test_the_limit_ends_with_the_block() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with (
        pytest.raises(UnreadableSource, match="more than 16,777,216 bytes of memory"),
        limited_memory(16 * MIB),
    ):
        bytearray(8192 * MIB)  # More than other tests of this process can have given back to be used again.
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(64 * MIB)) == 64 * MIB
    with pytest.raises(UnreadableSource, match="nests deeper"), limited_memory(64 * MIB):
        json.loads("[" * 100_000)


def test_blocks_of_two_threads_leave_no_limit_behind() -> None:
    """Whichever ends first."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    one, other = limited_memory(512 * MIB), limited_memory(LIMIT)
    one.__enter__()
    loose, _ = resource.getrlimit(resource.RLIMIT_DATA)
    other.__enter__()
    tight, _ = resource.getrlimit(resource.RLIMIT_DATA)
    assert tight < loose
    one.__exit__(None, None, None)
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == tight
    other.__exit__(None, None, None)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_an_alarm_at_its_end_leaves_no_limit_behind() -> None:
    """An import's time may be over while its memory is given back."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    asked, alarms = resource.setrlimit, iter([False, True, False])

    def interrupted(kind: int, limits: tuple[int, int]) -> None:
        if next(alarms):
            raise TookTooLong("now")
        asked(kind, limits)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resource, "setrlimit", interrupted)
        with pytest.raises(TookTooLong), limited_memory(LIMIT):
            pass
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_decoder_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a picture does to it, the keys of the server are not in its environment."""
    secrets = [
        "SECRET_KEY",
        "DATABASE_URL",
        "REDIS_URL",
        "AWS_SECRET_ACCESS_KEY",
        "HF_TOKEN",
        "OIDC_CLIENT_SECRET",
        "MADE_UP",
    ]
    for name in secrets:
        monkeypatch.setenv(name, "hidden")
    assert not {*secrets} & bare_environment().keys()
    assert "PATH" in bare_environment()
    with DecoderPool(staging=tmp_path, pixel_limit=1_000, processes=1) as pool:
        [answer] = pool.submit([b"no picture"])
        assert answer.exception() is not None
        [process] = pool._running
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"hidden" not in environment


def test_an_honest_file_is_read_within_the_limit(tmp_path: Path) -> None:
    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"image": ["1.png"] * 500, "alt_text": ["an iguana"] * 500}), file)
    (tmp_path / "a.parquet").write_bytes(file.getvalue())
    with limited_memory(LIMIT):
        rows = list(open_source(source=str(tmp_path)).rows)
    assert [row.problem for row in rows] == [""] * 500
