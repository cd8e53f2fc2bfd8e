"""A captioner's settings as an archive has them: they say what a worker loads, so they name models and no files."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from annotation_server.errors import UnreadableSource
from annotation_server.releases.archive import no_number
from annotation_server.releases.archive_names import printable

SETTINGS_LIMIT = 1 << 20
# "ViT-H-14-quickgelu", "facebook/opt-1.3b"; no path, no address.
ModelName = Annotated[
    str, StringConstraints(pattern=r"^([0-9A-Za-z][\w.-]*(/[0-9A-Za-z][\w.-]*)?)?$", max_length=200)
]


class _Encoder(BaseModel):
    model_config = ConfigDict(extra="allow", protected_namespaces=())
    model: ModelName
    pretrained: ModelName = ""


class _Decoder(BaseModel):
    model_config = ConfigDict(extra="allow", protected_namespaces=())
    pretrained: ModelName = ""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="allow", protected_namespaces=())
    encoder: _Encoder
    decoder: _Decoder = _Decoder()


def refuse_strange_settings(folder: Path) -> None:
    """Of one captioner, below whose folder there may be several. Raises UnreadableSource."""
    for path in sorted(folder.rglob("config.json")):
        if path.parent == folder or path.parent.name == "checkpoint":
            name = path.relative_to(folder.parent).as_posix()
            try:
                _Settings.model_validate(_read(path))
            except (OSError, ValueError, RecursionError, ValidationError) as error:
                raise UnreadableSource(
                    f"checkpoints/{printable(name)} of the archive is not the settings of a captioner that names "
                    "its models and no file of a server. Ask for an archive without the captioners' weights."
                ) from error


def _read(path: Path) -> Any:
    if path.stat().st_size > SETTINGS_LIMIT:
        raise ValueError
    return json.loads(path.read_bytes(), parse_constant=no_number)
