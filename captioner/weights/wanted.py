"""What `fetch` fetches for a preset, a recipe or a repository's name."""

from dataclasses import replace
from pathlib import Path

from captioner.config import PRESETS, CaptionerConfig, get_preset
from captioner.errors import BadConfig
from captioner.recipe import read_recipe, shipped
from captioner.weights.repositories import (
    Repository,
    Use,
    decoder_repository,
    encoder_repository,
    encoder_use,
    read_repository,
)

Wanted = list[tuple[Repository, list[Use]]]


def wanted_weights(what: str, *, revision: str | None) -> Wanted:
    """Repositories, and what for. One that is named alone is fetched for everything that it has weights for."""
    config = _settings(what)
    if config is None:
        repository = read_repository(what)
        if revision is not None:
            repository = replace(repository, revision=revision)
        return [(repository, ["transformers", "open_clip"])]
    wanted: Wanted = []
    if (encoder := encoder_repository(config.encoder)) is not None:
        wanted.append((encoder, [encoder_use(config.encoder)]))
    if (decoder := decoder_repository(config.decoder)) is not None:
        wanted.append((decoder, ["transformers"]))
    if revision is not None:
        named = " or ".join(repository.name for repository, _ in wanted) or "a repository"
        raise BadConfig(f"--revision is a repository's: name {named} instead of {what}.")
    return wanted


def _settings(what: str) -> CaptionerConfig | None:
    if what in PRESETS:
        return get_preset(what)
    if what in shipped() or what.endswith(".toml") or Path(what).is_file():
        return read_recipe(what)
    if "/" not in what:
        raise BadConfig(
            f"There is no preset or recipe {what!r}; known are {', '.join(sorted({*PRESETS, *shipped()}))}. A repository is "
            "written OWNER/NAME, a recipe of your own ends in .toml."
        )
    return None
