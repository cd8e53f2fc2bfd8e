"""Files as one uncompressed tar (POSIX.1-2001, pax), written from its beginning to its end. Nothing of the moment is in it: the
same files are the same bytes.
"""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from annotation_server.files.checksums import names_below
from annotation_server.files.inside import inside

BLOCK = 1 << 20
END = bytes(2 * tarfile.BLOCKSIZE)


def header(name: str, size: int) -> bytes:
    """What comes before a file's bytes."""
    member = tarfile.TarInfo(name)
    member.size = size
    return member.tobuf(tarfile.PAX_FORMAT)


def padding(size: int) -> bytes:
    """What comes after them."""
    return bytes(-size % tarfile.BLOCKSIZE)


def tar_of(folder: Path, *, top: str) -> Iterator[bytes]:
    """Every file below the folder, in the order of the names, under `top`; a piece at a time."""
    for name in names_below(folder):
        with inside(folder, name).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            yield header(f"{top}/{name}", size)
            while block := file.read(BLOCK):
                yield block
            yield padding(size)
    yield END


def tar_length(folder: Path, *, top: str) -> int:
    """Bytes of that tar."""
    sizes = ((name, inside(folder, name).stat().st_size) for name in names_below(folder))
    return len(END) + sum(
        len(header(f"{top}/{name}", size)) + size + len(padding(size)) for name, size in sizes
    )
