"""Checkpoints from the Hugging Face hub: only the files that a checkpoint is made of, whole or not at all."""

from pathlib import Path
from typing import Final

from captioner.errors import WeightsUnavailable
from captioner.storage import published_folder

FILES: Final = (
    *("config.json", "format.json", "model.safetensors", "README.md"),
    *("decoder/*.json", "tokenizer/*", "encoder/**"),
)


def fetch_checkpoint(*, name: str, revision: str | None, folder: Path) -> None:
    """Publishes the repository's checkpoint at `folder`; raises WeightsUnavailable. Pickles and code are not fetched."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    with published_folder(folder) as unfinished:
        try:
            snapshot_download(name, revision=revision, local_dir=unfinished, allow_patterns=list(FILES))
        except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError, ValueError) as error:
            raise WeightsUnavailable(
                f"The checkpoint {name} could not be fetched from the hub. Check its name and this machine's network, or "
                f"copy it into the folder for base checkpoints: {str(error).strip().splitlines()[0]}"
            ) from error
