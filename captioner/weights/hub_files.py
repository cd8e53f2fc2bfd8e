"""A repository's files as the hub or a mirror of it (HF_ENDPOINT) lists and gives them.

`huggingface_hub` asks, with the user's token if there is one. Its own download is not used: it begins a file again when it
was cut, and tries for a minute to reach a hub that cannot be reached.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from captioner.errors import FetchFailed, first_line
from captioner.weights.repositories import Repository

# To wait for an answer, and for a connection: a network that swallows everything is seen soon.
SECONDS: Final = 20.0
CONNECTING: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class ListedFile:
    """`sha256` is what the hub says of large files, `blob_id` git's SHA-1 of the others; None where it says nothing."""

    name: str
    size: int
    sha256: str | None = None
    blob_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    commit: str
    files: tuple[ListedFile, ...]


def list_files(repository: Repository) -> Listing:
    """Raises FetchFailed."""
    from huggingface_hub import HfApi

    with plain_refusals(repository):
        found = HfApi(endpoint=_endpoint()).model_info(
            repository.name, revision=repository.revision, files_metadata=True, timeout=_patience()
        )
        files = tuple(
            ListedFile(
                name=sibling.rfilename,
                size=int(sibling.size or 0),
                sha256=None if sibling.lfs is None else sibling.lfs.sha256,
                blob_id=sibling.blob_id if sibling.lfs is None else None,
            )
            for sibling in found.siblings or []
        )
        if not found.sha:
            raise ValueError("it names no commit")
        return Listing(commit=str(found.sha), files=files)


def download(
    *, repository: Repository, commit: str, file: ListedFile, to: Path, received: Callable[[int], None]
) -> None:
    """Completes the file `to`; what an earlier call left of it is kept. Raises FetchFailed.

    A cut connection is taken up again as long as each brings something.
    """
    while True:
        before = to.stat().st_size if to.exists() else 0
        if before == file.size:
            return
        try:
            with plain_refusals(repository):
                _receive(repository, commit=commit, file=file, to=to, received=received)
        except FetchFailed:
            if not to.exists() or to.stat().st_size <= before:
                raise
        if to.exists() and to.stat().st_size > file.size:
            to.unlink()
            raise FetchFailed(
                f"{file.name} of {repository} is longer than the hub's listing says; fetch again later."
            )


def _receive(
    repository: Repository, *, commit: str, file: ListedFile, to: Path, received: Callable[[int], None]
) -> None:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils._headers import build_hf_headers
    from huggingface_hub.utils._http import hf_raise_for_status, http_stream_backoff

    start = to.stat().st_size if to.exists() else 0
    headers = {**build_hf_headers(), "accept-encoding": "identity"}
    if start:
        headers["range"] = f"bytes={start}-"
    asked = http_stream_backoff(
        "GET",
        hf_hub_url(repository.name, file.name, revision=commit, endpoint=_endpoint()),
        headers=headers,
        timeout=_patience(),
        follow_redirects=True,
        max_retries=0,
    )
    with asked as answer, to.open("ab") as stream:
        hf_raise_for_status(answer)
        if start and answer.status_code != 206:
            stream.truncate(0)
            received(-start)
        for block in answer.iter_raw():
            stream.write(block)
            received(len(block))
            if stream.tell() > file.size:
                return
        if stream.tell() < file.size:
            raise ConnectionError(f"{file.name} ended early")


@contextmanager
def plain_refusals(repository: Repository) -> Iterator[None]:
    """What the hub and the network answer, as FetchFailed in one line."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except errors.OfflineModeIsEnabled as error:
        raise FetchFailed(
            f"{repository} cannot be fetched while HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set; unset it, or use "
            "--from FOLDER."
        ) from error
    except errors.GatedRepoError as error:
        raise FetchFailed(
            f"{repository} is given only to those who accepted its licence; accept it on its page at the hub, and set HF_TOKEN."
        ) from error
    except errors.RevisionNotFoundError as error:
        raise FetchFailed(
            f"{repository.name} has no revision {repository.revision!r}; leave it out, or name another."
        ) from error
    except (errors.RepositoryNotFoundError, errors.EntryNotFoundError) as error:
        raise FetchFailed(
            f"The hub has no repository {repository}, or does not show it: correct the name, or set HF_TOKEN if it is private."
        ) from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        fix = "set HF_TOKEN to a token that may read it" if status in (401, 403) else "fetch again later"
        raise FetchFailed(f"The hub at {_hub()} answered {status} for {repository}; {fix}.") from error
    except (httpx2.TransportError, ConnectionError) as error:
        raise FetchFailed(
            f"The hub at {_hub()} cannot be reached for {repository} ({first_line(error)}); run the same command "
            "again to continue, set HF_ENDPOINT to a mirror, or fetch elsewhere and use --from FOLDER."
        ) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError) as error:
        raise FetchFailed(
            f"What answers at {_hub()} is no hub ({first_line(error)}); correct HF_ENDPOINT."
        ) from error


def _patience() -> Any:
    import httpx2

    return httpx2.Timeout(SECONDS, connect=CONNECTING)


def _hub() -> str:
    from huggingface_hub import constants

    return _endpoint() or constants.ENDPOINT


def _endpoint() -> str | None:
    """As the library reads it, but when it is needed."""
    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or None
