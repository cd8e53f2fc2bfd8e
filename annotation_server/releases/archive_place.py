"""Where an archive is written: a folder, or one tar that holds the same files. What goes in is hashed on its way."""

import hashlib
import json
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from django.core.files.storage import default_storage

from annotation_server.files.checksums import MANIFEST, PICTURE_LIST, PictureList
from annotation_server.releases.release import encoded_manifest
from annotation_server.releases.tar_stream import BLOCK, END, header, padding


class Readable(Protocol):
    """What a file's bytes come from."""

    def read(self, size: int = -1, /) -> bytes: ...


class _Hashed:
    """A source of bytes that remembers their SHA-256."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        block = self._source.read(size)
        self._digest.update(block)
        return block

    def hexdigest(self) -> str:
        """Of what was read so far."""
        return self._digest.hexdigest()


class ArchivePlace(ABC):
    """Takes the files of an archive one after the other, the manifest last, and pictures in the order of their names. `scratch`
    is a folder with room for a table."""

    def __init__(self, *, scratch: Path) -> None:
        self._scratch = scratch
        self._entries: list[dict[str, Any]] = []
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        self._list = self._opened.enter_context(tempfile.TemporaryFile(dir=self._scratch))
        self._pictures = PictureList(self._list)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    @abstractmethod
    def _write(self, name: str, source: Readable, size: int) -> None:
        """Store a file of that size."""

    def entries(self) -> list[dict[str, Any]]:
        """For the manifest, when everything but it is there: each file's name, size and SHA-256, in the order of the names;
        of the pictures that of their list."""
        of_list = self._pictures.entries()
        for entry in of_list:
            self._list.seek(0)
            self._write(PICTURE_LIST, self._list, entry["bytes"])
        return sorted(self._entries + of_list, key=lambda entry: str(entry["name"]))

    def add_lines(self, name: str, rows: Iterable[dict[str, Any]]) -> int:
        """One row a line of JSON; returns how many."""
        count = 0
        with tempfile.TemporaryFile(dir=self._scratch) as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                count += 1
            size = file.tell()
            file.seek(0)
            self._add(name, file, size)
        return count

    def add_picture(self, name: str, stored: str) -> bool:
        """A file of the storage; False when it is not there."""
        try:
            with default_storage.open(stored) as file:
                size = file.size
                self._pictures.add(name=name, size=size, sha256=self._hashed(name, file, size))
        except FileNotFoundError:
            return False
        return True

    def add_file(self, name: str, path: Path) -> None:
        """A file of this machine."""
        with path.open("rb") as file:
            self._add(name, file, path.stat().st_size)

    @abstractmethod
    def finish(self, manifest: dict[str, Any]) -> None:
        """Write the manifest."""

    def _add(self, name: str, source: Readable, size: int) -> None:
        self._entries.append({"name": name, "bytes": size, "sha256": self._hashed(name, source, size)})

    def _hashed(self, name: str, source: Readable, size: int) -> str:
        hashed = _Hashed(source)
        self._write(name, hashed, size)
        return hashed.hexdigest()


class ArchiveFolder(ArchivePlace):
    """The files lie in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(scratch=folder)
        self._folder = folder

    def _write(self, name: str, source: Readable, size: int) -> None:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            shutil.copyfileobj(source, file, BLOCK)

    def finish(self, manifest: dict[str, Any]) -> None:
        """manifest.json beside them."""
        (self._folder / MANIFEST).write_bytes(encoded_manifest(manifest))


class ArchiveTar(ArchivePlace):
    """The files follow each other in one tar, uncompressed (pictures are), written from its beginning to its end: so its own
    SHA-256 is known with the last byte. Nothing of the moment is in it: the same project is the same bytes."""

    def __init__(self, path: Path) -> None:
        super().__init__(scratch=path.parent)
        self._file = self._opened.enter_context(path.open("wb"))
        self._digest = hashlib.sha256()
        self.byte_count = 0

    @property
    def sha256(self) -> str:
        """Of what was written so far: of the whole tar, once it is finished."""
        return self._digest.hexdigest()

    def _write(self, name: str, source: Readable, size: int) -> None:
        self._put(header(name, size))
        while block := source.read(BLOCK):
            self._put(block)
        self._put(padding(size))

    def finish(self, manifest: dict[str, Any]) -> None:
        """manifest.json is its last member."""
        encoded = encoded_manifest(manifest)
        self._write(MANIFEST, BytesIO(encoded), len(encoded))
        self._put(END)

    def _put(self, block: bytes) -> None:
        self._file.write(block)
        self._digest.update(block)
        self.byte_count += len(block)
