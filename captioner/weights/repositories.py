"""The repositories of the hub that settings name, with the revision where one is written: OWNER/NAME@REVISION.

An open_clip tag stands for a repository too, and is written TAG@REVISION.
"""

import dataclasses
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from captioner.config import CaptionerConfig, DecoderConfig, EncoderConfig
from captioner.errors import WeightsUnavailable

# Which of a repository's files are weights for whom.
Use = Literal["transformers", "open_clip"]

NAME: Final = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)
REVISION: Final = re.compile(r"[\w-][\w./-]*", re.ASCII)
HUB: Final = "hf-hub:"
FOLDER: Final = "local-dir:"
# What `encoder.pretrained` says where weights that nobody trained are wanted.
RANDOM: Final = "random"


@dataclass(frozen=True, kw_only=True)
class Repository:
    """OWNER/NAME, and a revision or None for the one that was fetched."""

    name: str
    revision: str | None = None

    def __str__(self) -> str:
        return self.name if self.revision is None else f"{self.name}@{self.revision}"


def read_repository(text: str) -> Repository:
    """The repository that `text` names; raises WeightsUnavailable."""
    name, at, revision = text.partition("@")
    if NAME.fullmatch(name) is None or (at and REVISION.fullmatch(revision) is None) or ".." in text:
        raise WeightsUnavailable(
            f"{text!r} is neither a folder on this machine nor a repository of the hub; a repository is written OWNER/NAME or "
            "OWNER/NAME@REVISION, such as facebook/opt-125m."
        )
    return Repository(name=name, revision=revision or None)


def without_revision(text: str) -> str:
    return text if Path(text).exists() else text.partition("@")[0]


def decoder_repository(config: DecoderConfig) -> Repository | None:
    """None for a decoder that is made here or lies in a folder."""
    if not config.pretrained or Path(config.pretrained).is_dir():
        return None
    return read_repository(config.pretrained)


def encoder_repository(config: EncoderConfig) -> Repository | None:
    """None for an encoder that is made here, has random weights, or lies in a folder or file."""
    if config.source == "scenes":
        return None
    if config.source == "transformers":
        return None if Path(config.model).is_dir() else read_repository(config.model)
    if config.model.startswith(HUB):
        return read_repository(config.model.removeprefix(HUB))
    if (
        config.model.startswith(FOLDER)
        or config.pretrained in ("", RANDOM)
        or Path(config.pretrained).is_file()
    ):
        return None
    return _of_tag(config)


def encoder_use(config: EncoderConfig) -> Use:
    return "transformers" if config.source == "transformers" else "open_clip"


def with_decoder_revision(config: CaptionerConfig, *, revision: str) -> CaptionerConfig:
    named = f"{without_revision(config.decoder.pretrained)}@{revision}"
    return dataclasses.replace(config, decoder=dataclasses.replace(config.decoder, pretrained=named))


def with_encoder_revision(config: CaptionerConfig, *, revision: str) -> CaptionerConfig:
    encoder = config.encoder
    by_tag = encoder.source == "open_clip" and not encoder.model.startswith(HUB)
    name = without_revision(encoder.pretrained if by_tag else encoder.model)
    named = f"{name}@{revision}"
    if by_tag:
        return dataclasses.replace(config, encoder=dataclasses.replace(encoder, pretrained=named))
    return dataclasses.replace(config, encoder=dataclasses.replace(encoder, model=named))


def _of_tag(config: EncoderConfig) -> Repository:
    import open_clip

    tag, _, revision = config.pretrained.partition("@")
    if config.model not in open_clip.list_models():
        raise WeightsUnavailable(
            f"open_clip knows no model {config.model!r}; `open_clip.list_models()` lists those that encoder.model may name, "
            "beside hf-hub:OWNER/NAME and local-dir:FOLDER."
        )
    known = open_clip.get_pretrained_cfg(config.model, tag)
    if not known:
        tags = ", ".join(open_clip.list_pretrained_tags_by_model(config.model)) or "none"
        raise WeightsUnavailable(
            f"open_clip knows no weights {tag!r} of {config.model}, and there is no such file; encoder.pretrained may be a "
            f"file or one of: {tags}."
        )
    name = str(known.get("hf_hub", "")).rstrip("/")
    if NAME.fullmatch(name) is None:
        raise WeightsUnavailable(
            f"The weights {tag} of {config.model} are not in a repository of the hub; download {known.get('url') or name} and "
            "set encoder.pretrained to the file."
        )
    text = (open_clip.get_model_config(config.model) or {}).get("text_cfg", {})
    if "hf_tokenizer_name" in text or "hf_model_name" in text:
        raise WeightsUnavailable(
            f"The text tower of {config.model} takes files of another repository; set encoder.model={HUB}{name} and leave "
            "encoder.pretrained out."
        )
    return Repository(name=name, revision=revision or None)
