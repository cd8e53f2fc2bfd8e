"""Datasets of the Hugging Face hub, by name: hf://OWNER/NAME or hf://OWNER/NAME@REVISION. Needs the extra `hub`.

The repository's files are listed, those that our own readers read are downloaded, and the folder is read as an upload of the
same files would be. Its card (README.md), scripts and pickles, and the `datasets` library, which obeys them, have no part in
it: nothing that a stranger wrote says what is opened.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation_server.errors import InvalidSettings, UnknownFormat, UnreadableSource
from annotation_server.files.allowance import Allowance
from annotation_server.intake.hub_files import reason_to_leave, target_of, unpack_all
from annotation_server.intake.unpacked import Unpacked
from annotation_server.reach.at_once import at_once

SCHEME = "hf://"
ADDRESS = re.compile(r"hf://([\w-][\w.-]*/[\w-][\w.-]*)(?:@([\w-][\w./-]*))?", re.ASCII)
SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class _Repository:
    """A dataset at one commit. `token`: None is the server's own, False none at all."""

    name: str
    revision: str | None
    token: bool | None

    def files(self) -> Iterator[tuple[str, int]]:
        """Every file's name and size, as the hub lists them."""
        from huggingface_hub.hf_api import RepoFile

        for entry in self._api().list_repo_tree(
            self.name, recursive=True, revision=self.revision, repo_type="dataset"
        ):
            yield entry.path, entry.size if isinstance(entry, RepoFile) else -1

    def at_its_commit(self) -> "_Repository":
        """So that what is downloaded is what was listed."""
        found = self._api().dataset_info(self.name, revision=self.revision, expand=["sha"], timeout=SECONDS)
        return _Repository(name=self.name, revision=found.sha or self.revision, token=self.token)

    def download(self, name: str, *, size: int, to: Path, allowance: Allowance) -> None:
        """Write the file; one that is longer or shorter than the listing says is refused. Raises UnreadableSource."""
        from huggingface_hub import hf_hub_url
        from huggingface_hub.utils._headers import build_hf_headers
        from huggingface_hub.utils._http import http_stream_backoff

        url = hf_hub_url(self.name, name, repo_type="dataset", revision=self.revision, endpoint=_endpoint())
        headers = {**build_hf_headers(token=self.token), "accept-encoding": "identity"}
        to.parent.mkdir(parents=True, exist_ok=True)
        asked = http_stream_backoff("GET", url, headers=headers, timeout=SECONDS, follow_redirects=True)
        with asked as answer, to.open("xb") as file:
            answer.raise_for_status()
            for block in answer.iter_raw():  # As it comes: gathered blocks of a server that drips never end.
                allowance.take(len(block))
                file.write(block)
                if file.tell() > size:
                    break
            if file.tell() != size:
                raise UnreadableSource(
                    f"'{name[:200]}' is not {size:,} bytes long, as the hub's listing says."
                )

    def _api(self) -> Any:
        from huggingface_hub import HfApi

        return HfApi(endpoint=_endpoint(), token=self.token)


def refuse_name(address: str) -> None:
    """Raises InvalidSettings."""
    if ADDRESS.fullmatch(address) is None or ".." in address:
        raise InvalidSettings(
            f"'{address}' names no dataset of the hub: write hf://OWNER/NAME or hf://OWNER/NAME@REVISION."
        )


def repository_of(address: str) -> str:
    """OWNER/NAME. Raises InvalidSettings."""
    refuse_name(address)
    found = ADDRESS.fullmatch(address)
    assert found is not None  # noqa: S101  (just refused; for the type checker)
    return found[1]


def download_dataset(
    address: str, *, into: Path, allowance: Allowance, with_token: bool, left_out: Unpacked | None = None
) -> Path:
    """The repository's data files in the empty folder; returns that folder. What is left out is told to `left_out`.

    Raises InvalidSettings, UnknownFormat, UnreadableSource, ServiceUnavailable, and what the allowance's `tell` raises."""
    name = repository_of(address)
    revision = address.partition("@")[2] or None
    told = left_out if left_out is not None else Unpacked()
    with _plain_refusals(name):
        repository = _Repository(name=name, revision=revision, token=None if with_token else False)
        repository = repository.at_its_commit()
        wanted = _listed(repository, into=into, allowance=allowance, left_out=told)
        allowance.start()

        def download(one: str) -> None:
            repository.download(one, size=wanted[one], to=target_of(one, folder=into), allowance=allowance)

        at_once(allowance.ended_by(download), wanted, meanwhile=allowance.report)
    unpack_all(into, allowance=allowance, left_out=told)
    return into


def _listed(
    repository: _Repository, *, into: Path, allowance: Allowance, left_out: Unpacked
) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for name, size in repository.files():
        if size < 0:
            allowance.list_file(0)
        elif reason := reason_to_leave(name, folder=into):
            allowance.list_file(0)
            left_out.skip(name, reason)
        else:
            allowance.list_file(size)
            wanted[name] = size
    if not wanted:
        raise UnreadableSource(
            f"{repository.name} has no files that an import reads (Parquet, JSON Lines, CSV, pictures, tar …)."
        )
    return wanted


def _endpoint() -> str | None:
    """As the library reads it, but when it is needed."""
    return os.environ.get("HF_ENDPOINT") or None


@contextmanager
def _plain_refusals(name: str) -> Iterator[None]:
    """What the hub and its library answer, in one line."""
    try:
        from httpx2 import HTTPError, HTTPStatusError, TransportError
        from huggingface_hub.errors import OfflineModeIsEnabled
    except ImportError as error:
        raise UnknownFormat(
            "hf:// needs the Python package huggingface_hub. Install the extra `hub`."
        ) from error
    try:
        yield
    except (OfflineModeIsEnabled, TransportError) as error:
        raise UnreadableSource(
            "The Hugging Face hub cannot be reached from this server. Check its network and HF_HUB_OFFLINE, or download "
            "the dataset elsewhere and import its files."
        ) from error
    except (HTTPError, HTTPStatusError, OSError, ValueError, KeyError, TypeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise UnreadableSource(
            f"The hub does not give {name} ({reason[:200]}). If it is private, the server's owner names it in "
            "IMPORT_HF_REPOSITORIES."
        ) from error
