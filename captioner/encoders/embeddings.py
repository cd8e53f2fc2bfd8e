"""The embedding store: one vector per image, computed once and kept for training, drafting, scoring and search.

A folder per encoder key holds two files that only grow: `vectors.f16` (row after row) and `keys.bin` (16 bytes a row). A
row counts once its key is written, so a torn end is ignored and cut off by the next writer. Sorted runs find keys
(sorted_runs.py). Readers map the vectors into memory. Shapes: N rows, E embedding.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor

from captioner.encoders.encoder import Encoder
from captioner.encoders.read_ahead import read_ahead
from captioner.encoders.sorted_runs import KEY_BYTES, SortedRuns
from captioner.errors import UnreadableImage
from captioner.progress import Progress
from captioner.samples.images import load_image
from captioner.samples.manifest import Row
from captioner.storage import locked, refusing_full_disk


class EmbeddingStore:
    """The vectors of one encoder below `folder`."""

    def __init__(self, *, folder: Path, width: int) -> None:
        self._folder = folder
        self._width = width
        self._count = 0
        self._index = SortedRuns(folder)
        self._vectors: npt.NDArray[np.float16] = np.empty((0, width), dtype=np.float16)
        self.refresh()

    def __len__(self) -> int:
        return self._count

    def refresh(self) -> None:
        """Sees what other processes have added."""
        self._count = self._complete_rows()
        self._index.follow(self._count)

    def find(self, keys: Sequence[bytes]) -> list[int | None]:
        """The row of each key, None where there is none."""
        return self._index.find(keys)

    def read(self, rows: Sequence[int]) -> Tensor:
        """`embedding_NE` in float32."""
        if len(self._vectors) != self._count:
            self._vectors = np.memmap(
                self._folder / "vectors.f16", dtype=np.float16, mode="r", shape=(self._count, self._width)
            )
        return torch.from_numpy(np.asarray(self._vectors[list(rows)], dtype=np.float32))

    def add(self, keys: Sequence[bytes], embedding_NE: Tensor) -> None:
        """Appends rows whose keys are not there yet; several processes may do so at once."""
        with locked(self._folder / "lock"), refusing_full_disk(self._folder):
            self.refresh()
            first = {key: number for number, key in reversed(list(enumerate(keys)))}
            fresh = [
                number
                for number, (key, row) in enumerate(zip(keys, self.find(keys), strict=True))
                if row is None and first[key] == number
            ]
            if not fresh:
                return
            self._index.forget_lost(self._count)
            vectors = embedding_NE[fresh].to(torch.float16).numpy().tobytes()
            _append(self._folder / "vectors.f16", offset=self._count * self._width * 2, data=vectors)
            _append(
                self._folder / "keys.bin",
                offset=self._count * KEY_BYTES,
                data=b"".join(keys[number] for number in fresh),
            )
            self.refresh()

    def _complete_rows(self) -> int:
        sizes = []
        for name, row_bytes in (("keys.bin", KEY_BYTES), ("vectors.f16", self._width * 2)):
            file = self._folder / name
            sizes.append(file.stat().st_size // row_bytes if file.exists() else 0)
        return min(sizes)


def open_store(*, cache: Path, encoder: Encoder) -> EmbeddingStore:
    """The store of `encoder` in the cache folder shared by all runs."""
    readable = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in encoder.key)[
        -120:
    ]
    digest = hashlib.sha256(encoder.key.encode()).hexdigest()[:8]
    return EmbeddingStore(folder=cache / "embeddings" / f"{readable}-{digest}", width=encoder.width)


def embedding_key(row: Row) -> bytes:
    """What an image's embedding depends on: its bytes and the faces blurred in it."""
    faces = ";".join(",".join(f"{edge:g}" for edge in box) for box in row.face_boxes)
    return hashlib.sha256(f"{row.sha256}|{faces}".encode()).digest()[:KEY_BYTES]


def embed_rows(
    *, rows: Sequence[Row], encoder: Encoder, store: EmbeddingStore, progress: Progress
) -> dict[str, str]:
    """Fills the store with the rows' images; returns the reason by row_id of each image that could not be read."""
    store.refresh()
    missing = [row for row, place in zip(rows, store.find([embedding_key(row) for row in rows]), strict=True)
               if place is None]  # fmt: skip
    unreadable: dict[str, str] = {}
    done = len(rows) - len(missing)
    for chunk in read_ahead(missing, read=_read):
        good = [(row, image) for row, image in chunk if isinstance(image, Image.Image)]
        unreadable.update(
            (row.row_id, str(image)) for row, image in chunk if isinstance(image, UnreadableImage)
        )
        if good:
            embedding_NE = encoder.embed_images([image for _, image in good])
            store.add([embedding_key(row) for row, _ in good], embedding_NE)
        done += len(chunk)
        progress(done=done, total=len(rows), message="embedding images")
    return unreadable


def read_pixels(*, rows: Sequence[Row], encoder: Encoder) -> Tensor:
    """The rows' images as the encoder wants them, one after the other in the first dimension."""

    def read(row: Row) -> Tensor:
        return encoder.pixels(load_image(path=row.image, face_boxes=row.face_boxes))

    with ThreadPoolExecutor(max_workers=4) as readers:
        return torch.stack(list(readers.map(read, rows)))


def _read(row: Row) -> Image.Image | UnreadableImage:
    try:
        return load_image(path=row.image, face_boxes=row.face_boxes)
    except UnreadableImage as error:
        return error


def _append(path: Path, *, offset: int, data: bytes) -> None:
    """Writes at the end of what counts, over a torn tail if there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(data)
        file.truncate()
        file.flush()
