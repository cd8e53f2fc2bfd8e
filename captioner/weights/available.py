"""The folder that a decoder's or encoder's weights are loaded from. Nothing here goes to the network: what is not on this
machine is refused at once, with the command that fetches it."""

from pathlib import Path

from captioner.config import CaptionerConfig, DecoderConfig, EncoderConfig
from captioner.errors import WeightsUnavailable
from captioner.weights.fetched import Fetched, fetch_command, find_fetched
from captioner.weights.repositories import (
    FOLDER,
    Repository,
    decoder_repository,
    encoder_repository,
    with_decoder_revision,
    with_encoder_revision,
)
from captioner.weights.selection import PICKLES, SAFETENSORS


def decoder_folder(*, config: DecoderConfig, cache: Path) -> Path:
    """Where the decoder lies; raises WeightsUnavailable."""
    repository = decoder_repository(config)
    if repository is None:
        return _with_weights(Path(config.pretrained), what="decoder")
    return _with_weights(_fetched(repository, cache=cache, what="decoder").folder, what="decoder")


def encoder_folder(*, config: EncoderConfig, cache: Path) -> Path | None:
    """Where an encoder from the hub or a folder lies, None when its settings name no such thing; raises WeightsUnavailable."""
    repository = encoder_repository(config)
    if repository is not None:
        return _with_weights(
            _fetched(repository, cache=cache, what="image encoder").folder, what="image encoder"
        )
    if config.source == "transformers":
        return _with_weights(Path(config.model), what="image encoder")
    if config.model.startswith(FOLDER):
        return _with_weights(Path(config.model.removeprefix(FOLDER)), what="image encoder")
    return None


def require_weights(
    *, config: CaptionerConfig, cache: Path, with_decoder: bool = True, with_encoder: bool = True
) -> CaptionerConfig:
    """The same settings with the revisions that are here written out; raises WeightsUnavailable before any work begins."""
    if with_encoder:
        encoder_folder(config=config.encoder, cache=cache)
        repository = encoder_repository(config.encoder)
        if repository is not None:
            revision = _fetched(repository, cache=cache, what="image encoder").revision
            config = with_encoder_revision(config, revision=revision)
    if with_decoder and config.decoder.local is None:
        decoder_folder(config=config.decoder, cache=cache)
        repository = decoder_repository(config.decoder)
        if repository is not None:
            revision = _fetched(repository, cache=cache, what="decoder").revision
            config = with_decoder_revision(config, revision=revision)
    return config


def _fetched(repository: Repository, *, cache: Path, what: str) -> Fetched:
    fetched = find_fetched(repository=repository, cache=cache)
    if fetched is None:
        raise WeightsUnavailable(
            f"The {what} {repository} is not on this machine; fetch it first: {fetch_command(repository, cache)} "
            "(--from FOLDER takes it from a folder)."
        )
    return fetched


def _with_weights(folder: Path, *, what: str) -> Path:
    if not folder.is_dir():
        raise WeightsUnavailable(f"The {what}'s folder {folder} does not exist; correct the path.")
    names = [file.name for file in folder.iterdir()]
    if any(SAFETENSORS.fullmatch(name) for name in names):
        return folder
    if any(PICKLES.fullmatch(name) for name in names):
        raise WeightsUnavailable(
            f"The {what} in {folder} is a pickle, which can run code when opened; convert it once: python -m captioner fetch "
            f"OWNER/NAME --from {folder}, and set OWNER/NAME instead of the folder."
        )
    raise WeightsUnavailable(
        f"The {what}'s folder {folder} holds no safetensors weights; name one that does, or fetch a repository."
    )
