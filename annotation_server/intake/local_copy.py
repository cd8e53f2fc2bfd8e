"""A source as files of this machine: where it is elsewhere or packed, a copy that is gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from annotation_server.files.allowance import Allowance
from annotation_server.files.trees import remove_tree
from annotation_server.intake import hub
from annotation_server.intake.packed import is_packed, root_of, unpack_source
from annotation_server.intake.s3_source import download_source
from annotation_server.intake.unpacked import Unpacked
from annotation_server.pictures.storage import staging_folder
from annotation_server.progress import Progress, silent
from annotation_server.reach.s3 import SCHEME


@contextmanager
def local_source(source: str, *, left_out: Unpacked) -> Iterator[str]:
    """The source itself where it is a path; otherwise a copy of it, which is gone afterwards. What is left out of it is told to
    `left_out`. For the server's owner, whose keys and tokens go along. Raises UnreadableSource."""
    if not source.startswith((hub.SCHEME, SCHEME)):
        yield source
        return
    with working_folder() as folder:
        allowance = allowance_for(folder)
        if source.startswith(hub.SCHEME):
            found = hub.download_dataset(
                source, into=folder, allowance=allowance, with_token=True, left_out=left_out
            )
        else:
            found = download_source(source, into=folder, allowance=allowance)
        yield str(found)


@contextmanager
def unpacked_source(path: str, *, left_out: Unpacked, progress: Progress) -> Iterator[str]:
    """What is in it where it is an archive of files, which is gone afterwards; otherwise itself. Raises UnreadableSource,
    ServiceUnavailable, and what `progress` raises."""
    if "\x00" in path or not is_packed(Path(path)):
        yield path
        return
    with working_folder() as folder:
        left_out.add(unpack_source(archive=Path(path), to=folder, progress=progress))
        yield str(root_of(folder))


def allowance_for(folder: Path, progress: Progress = silent) -> Allowance:
    """What a source of an import may cost, by the settings."""
    return Allowance(
        folder=folder,
        byte_limit=settings.IMPORT_SOURCE_LIMIT,
        file_limit=settings.IMPORT_FILES_LIMIT,
        progress=progress,
    )


@contextmanager
def working_folder() -> Iterator[Path]:
    """On the disk of the pictures; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="import-source-", dir=staging_folder()))
    try:
        yield folder
    finally:
        remove_tree(folder)
