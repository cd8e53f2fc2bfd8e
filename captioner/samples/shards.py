"""WebDataset shards: tar files of images with their texts, read as a stream from a disk, S3 or HTTP.

A sample is the members that share a name up to the first dot: an image (jpg, jpeg, png, webp) and texts (`txt`, or the
`texts`, `alt_texts`, `caption` or `alt` of a `json`). Members are never unpacked to disk.
"""

import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, Self

from captioner.errors import BadManifest, NothingToDo, ShardCut
from captioner.samples.manifest import Row
from captioner.samples.remote import expand_star, open_stream

IMAGE_SUFFIXES: Final = ("jpg", "jpeg", "png", "webp")
# A caption file of more than this is no caption.
LARGEST_TEXT: Final = 1_000_000
LARGEST_IMAGE: Final = 200_000_000
# How the files end that lie beside shards and hold their embeddings.
EMBEDDINGS: Final = ".embeddings.safetensors"
# What reading a tar file, packed or not, raises where it ends too early.
CUT: Final = (tarfile.TarError, EOFError, zlib.error, LZMAError)
BRACES: Final = re.compile(r"^(.*)\{(\d+)\.\.(\d+)\}(.*)$")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One image as it was stored (empty if not asked for), its texts in their order, its row if a manifest has one."""

    key: str
    image: bytes
    texts: tuple[str, ...]
    row: Row | None = None

    @cached_property
    def sha256(self) -> str:
        return self.row.sha256 if self.row else hashlib.sha256(self.image).hexdigest()


def expand(patterns: Sequence[str]) -> list[str]:
    """Shard addresses: `name-{000..127}.tar` counts up, `*` lists a folder."""
    shards: list[str] = []
    for pattern in patterns:
        match = BRACES.match(pattern)
        if match:
            before, first, last, after = match.groups()
            numbers = range(int(first), int(last) + 1)
            shards += [f"{before}{number:0{len(first)}d}{after}" for number in numbers]
        elif "*" in pattern:
            shards += [one for one in expand_star(pattern) if not one.endswith(EMBEDDINGS)]
        else:
            shards.append(pattern)
    if not shards:
        raise NothingToDo(f"No shards are found at {', '.join(patterns)}.")
    return shards


def read_shard(address: str, *, with_images: bool = True) -> Iterator[Sample]:
    """The shard's samples in order; those without an image are left out.

    Without images the bytes of images on this disk are not even read. Raises ShardCut after the last sample before a cut.
    """
    used, begun = 0, False
    try:
        with open_stream(address) as stream, _opened(stream, with_images=with_images) as archive:
            key, parts = "", dict[str, bytes]()
            for member in archive:
                begun = True
                name = PurePosixPath(member.name).name
                stem, _, suffix = name.partition(".")
                suffix = suffix.lower()
                folder_key = str(PurePosixPath(member.name).with_name(stem)) if stem else ""
                if not member.isfile() or not stem or member.size > LARGEST_IMAGE:
                    continue
                # A second image or text of the same name belongs to another sample that has the same key.
                if folder_key != key or suffix in parts:
                    for sample in _sample(key, parts):
                        yield sample
                        used += 1
                    key, parts = folder_key, {}
                wanted = with_images or suffix not in IMAGE_SUFFIXES
                content = archive.extractfile(member) if wanted else None
                parts[suffix] = b"" if content is None else content.read()
            yield from _sample(key, parts)
    except CUT as error:
        if begun:
            raise ShardCut(address=address, used=used, reason=str(error)) from error
        raise BadManifest(f"The shard {address} cannot be read: {error}.") from error
    except OSError as error:
        raise BadManifest(f"The shard {address} cannot be read: {error}.") from error


def _opened(stream: BinaryIO, *, with_images: bool) -> tarfile.TarFile:
    """Where images are not wanted and the file can be moved about in, they are jumped over."""
    jumping = not with_images and stream.seekable()
    return tarfile.open(fileobj=stream, mode="r:*" if jumping else "r|*", tarinfo=_WholeMember)


class _WholeMember(tarfile.TarInfo):
    """A header that must be one: tarfile takes what is missing or damaged for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        if len(buf) != tarfile.BLOCKSIZE:
            raise tarfile.ReadError("it ends without its end mark")
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.InvalidHeaderError as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(f"{error}") from error


def _sample(key: str, parts: dict[str, bytes]) -> Iterator[Sample]:
    image = next((parts[suffix] for suffix in IMAGE_SUFFIXES if suffix in parts), None)
    if key and image is not None:
        yield Sample(key=key, image=image, texts=_texts(parts))


def _texts(parts: dict[str, bytes]) -> tuple[str, ...]:
    texts = (
        [parts["txt"].decode("utf-8", "replace")]
        if len(parts.get("txt", b"")) in range(1, LARGEST_TEXT)
        else []
    )
    if "json" in parts:
        texts += _json_texts(parts["json"])
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _json_texts(content: bytes) -> list[str]:
    try:
        fields: Any = json.loads(content)
    except ValueError:
        return []
    if not isinstance(fields, dict):
        return []
    found: list[str] = []
    for name in ("texts", "alt_texts", "alt", "caption"):
        value = fields.get(name)
        found += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    return found


def write_shard(path: Path, samples: Sequence[Sample]) -> None:
    """A shard of samples, each as image and JSON; the same samples give the same bytes."""

    with tarfile.open(path, "w") as archive:
        for sample in samples:
            texts = json.dumps({"texts": list(sample.texts)}, ensure_ascii=False).encode()
            for suffix, content in ((image_suffix(sample.image), sample.image), ("json", texts)):
                member = tarfile.TarInfo(f"{sample.key}.{suffix}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))


def image_suffix(image: bytes) -> str:
    """What a file of these bytes is called."""
    if image.startswith(b"\x89PNG"):
        return "png"
    return "webp" if image[8:12] == b"WEBP" else "jpg"
