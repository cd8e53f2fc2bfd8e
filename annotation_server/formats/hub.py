"""Datasets of the Hugging Face hub, by name: hf://OWNER/NAME or hf://OWNER/NAME@REVISION. Needs the extra `hub`.

The repository's files are downloaded, then opened by the `datasets` library from that folder alone: it never sees a name that
could also be a path of this server, and runs no code of the repository.
"""

import re
import shutil
from pathlib import Path

from annotation_server.errors import InvalidSettings, UnknownFormat, UnreadableSource

SCHEME = "hf://"
ADDRESS = re.compile(r"hf://([\w-][\w.-]*/[\w-][\w.-]*)(?:@([\w-][\w./-]*))?", re.ASCII)


def refuse_name(address: str) -> None:
    """Raises InvalidSettings."""
    if ADDRESS.fullmatch(address) is None or ".." in address:
        raise InvalidSettings(
            f"'{address}' names no dataset of the hub: write hf://OWNER/NAME or hf://OWNER/NAME@REVISION."
        )


def download_dataset(address: str, *, into: Path) -> Path:
    """The dataset as a folder that readers/hf_dataset.py reads. Raises InvalidSettings, UnknownFormat, UnreadableSource."""
    refuse_name(address)
    found = ADDRESS.fullmatch(address)
    assert found is not None  # noqa: S101  (just refused; for the type checker)
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    except ImportError as error:
        raise UnknownFormat("hf:// needs the Python package datasets. Install the extra `hub`.") from error
    try:
        snapshot_download(found[1], revision=found[2], repo_type="dataset", local_dir=into / "files")
    except LocalEntryNotFoundError as error:  # Its own is_offline, or no connection.
        raise UnreadableSource(
            "The Hugging Face hub cannot be reached from this server. Check its network and HF_HUB_OFFLINE, or download "
            "the dataset elsewhere and import its files."
        ) from error
    except (HfHubHTTPError, OSError, ValueError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise UnreadableSource(f"The hub does not give {found[1]} ({reason[:200]}).") from error
    return prepare_dataset(into / "files", into=into)


def prepare_dataset(files: Path, *, into: Path) -> Path:
    """A dataset repository's files, whatever their layout, as `save_to_disk` writes them: pictures are in its rows then.
    Raises UnreadableSource."""
    from datasets import load_dataset
    from datasets.exceptions import DatasetsError

    try:
        loaded = load_dataset(str(files), cache_dir=str(into / "cache"))
        loaded.save_to_disk(str(into / "dataset"))
    except (DatasetsError, OSError, ValueError, RuntimeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].replace(str(files), "it")
        raise UnreadableSource(f"The `datasets` library cannot open the dataset ({reason[:300]}).") from error
    shutil.rmtree(into / "cache", ignore_errors=True)
    shutil.rmtree(files, ignore_errors=True)
    return into / "dataset"
