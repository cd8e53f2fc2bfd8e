"""Which members of a tar file belong together: 0001.jpg, 0001.txt and 0001.json are one sample, wherever they stand.

The last suffix that is known decides, so names may have dots in them: shot.22.05.jpg and shot.22.06.jpg are two samples. The
`webdataset` library takes all that follows the first dot for the kind; what people mean by that is kept: 0001.mask.png beside
0001.jpg is no sample of its own, but a picture of 0001 that is not its first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from annotation_server.formats.readers.folder import EXTENSIONS
from annotation_server.formats.readers.tar_index import Member

PICTURES = {suffix.removeprefix(".") for suffix in EXTENSIONS}
TEXTS = {"txt", "text", "caption", "captions", "alt"}
KINDS = PICTURES | TEXTS | {"json"}
# 0001.mask.png: a word. shot.22.05.jpg: no word.
WORD = re.compile(r"[a-z_][\w-]*", re.IGNORECASE)
# 0001.caption.txt: a text of 0001.
TEXT_WORDS = {"caption", "captions", "text", "alt", "alt_text", "alttext"}


@dataclass(kw_only=True)
class Sample:
    """`others` are pictures and texts that its name gives it and that are not used."""

    key: str
    picture: Member | None = None
    texts: list[Member] = field(default_factory=list)
    json: Member | None = None
    others: list[Member] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        """Those that are read, in the archive's order."""
        found = [*self.texts, *(one for one in (self.picture, self.json) if one is not None)]
        return sorted(found, key=lambda member: member.number)


def samples_of(members: Iterable[Member]) -> tuple[list[Sample], list[Member]]:
    """Samples in the order of their last members (a stream has them then), and members of no kind that is read here."""
    by_key: dict[str, list[tuple[Member, str]]] = {}
    unknown: list[Member] = []
    for member in members:
        key, kind = key_and_kind(member.name)
        if kind in KINDS:
            by_key.setdefault(key, []).append((member, kind))
        else:
            unknown.append(member)
    bases = {key: base for key in by_key if (base := _base(key, by_key))}
    samples = {key: Sample(key=key) for key in by_key if key not in bases}
    for key, found in by_key.items():
        if key not in bases:
            for member, kind in found:
                _add(samples[key], member, kind, word="")
    for key, base in bases.items():
        for member, kind in by_key[key]:
            _add(samples[base], member, kind, word=key[len(base) + 1 :].lower())
    read = [sample for sample in samples.values() if sample.members]
    return sorted(read, key=lambda sample: sample.members[-1].number), unknown


def key_and_kind(name: str) -> tuple[str, str]:
    """./a/shot.22.05.JPG → (a/shot.22.05, jpg); 0001.jpg.txt belongs to 0001."""
    path = PurePosixPath(name)
    kind = path.suffix.removeprefix(".").lower()
    key = path.with_suffix("") if path.suffix else path
    if kind in KINDS - PICTURES and key.suffix.removeprefix(".").lower() in PICTURES:
        key = key.with_suffix("")
    return key.as_posix(), kind


def _base(key: str, by_key: dict[str, list[tuple[Member, str]]]) -> str:
    """0001.mask belongs to 0001 where there is one, unless it has a picture and a text of its own; else nothing."""
    base, _, word = key.rpartition(".")
    if base not in by_key or not WORD.fullmatch(word):
        return ""
    kinds = {kind for _, kind in by_key[key]}
    is_whole = bool(kinds & PICTURES) and bool(kinds & (TEXTS | {"json"}))
    return "" if is_whole or _base(base, by_key) else base


def _add(sample: Sample, member: Member, kind: str, *, word: str) -> None:
    if kind in PICTURES and sample.picture is None:
        sample.picture = member
    elif kind in TEXTS and (not word or word in TEXT_WORDS):
        sample.texts.append(member)
    elif kind == "json" and not word and sample.json is None:
        sample.json = member
    else:
        sample.others.append(member)
