"""Checkpoints from the Hugging Face hub: only the files that a checkpoint is made of, whole or not at all."""

from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from captioner.errors import FetchFailed
from captioner.storage import published_folder
from captioner.weights.fetching import checked
from captioner.weights.hub_files import download, list_files
from captioner.weights.repositories import read_repository

FILES: Final = (
    *("config.json", "format.json", "model.safetensors", "README.md"),
    *("decoder/*.json", "tokenizer/*", "encoder/*"),
)


def fetch_checkpoint(*, repository: str, folder: Path) -> None:
    """Publishes the checkpoint of OWNER/NAME or OWNER/NAME@REVISION at `folder`. Pickles and code are not fetched.

    Raises WeightsUnavailable for a name that is none, and FetchFailed."""
    named = read_repository(repository)
    listing = list_files(named)
    wanted = [file for file in listing.files if any(fnmatch(file.name, form) for form in FILES)]
    if not wanted or any(".." in file.name.split("/") for file in wanted):
        raise FetchFailed(f"{named} holds no captioner checkpoint; name another repository.")
    with published_folder(folder) as unfinished:
        for file in wanted:
            place = unfinished / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()  # A file without content is never asked for.
            download(
                repository=named, commit=listing.commit, file=file, to=place, received=lambda count: None
            )
            checked(place, file=file)
