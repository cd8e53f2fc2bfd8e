"""The columns of a row as they go out, said once: Arrow's schema, a dataset's features and its card are made of them.

A kind is the name of a type, a list of a kind ([kind]), or fields with their kinds.
"""

from collections.abc import Mapping
from typing import Any

Kind = str | list[Any] | Mapping[str, Any]

CONCEPT: Kind = {"phrase": "string", "outcome": "string", "reason": "string"}
DRAFT: Kind = {
    "text": "string",
    "run": "int32",
    "mean_logprob": "float64",
    "clip_score": "float64",
    "finished": "bool",
}
CAPTION: Kind = {
    "round": "int32",
    "slot": "int32",
    "text": "string",
    "caption_id": "int64",
    "parent_id": "int64",
    "annotator": "string",
    "state": "string",
    "verdict": "string",
    "late": "bool",
    "seconds": "float64",
    "starting_source": "string",
    "starting_text": "string",
    "draft": DRAFT,
    "concepts": [CONCEPT],
}
COLUMNS: dict[str, Kind] = {
    "sha256": "string",
    "split": "string",
    "caption": "string",
    "caption_source": "string",
    "alt_texts": ["string"],
    "rounds": [CAPTION],
    "source": "string",
    "domain": "string",
    "licence": "string",
    "source_key": "string",
    "image_url": "string",
    "page_url": "string",
    "width": "int32",
    "height": "int32",
    "face_boxes": [["float64"]],
}
# A picture in a dataset; the other kinds are Arrow's own names.
IMAGE = "image"


def hub_feature(kind: Kind) -> Any:
    """As the metadata of a Parquet file describes it to the `datasets` library."""
    if kind == IMAGE:
        return {"_type": "Image"}
    if isinstance(kind, str):
        return {"dtype": kind, "_type": "Value"}
    if isinstance(kind, list):
        return {"feature": hub_feature(kind[0]), "_type": "List"}
    return {name: hub_feature(inner) for name, inner in kind.items()}


def card_features(fields: Mapping[str, Kind]) -> list[dict[str, Any]]:
    """As a dataset card describes them to it."""
    return [{"name": name, **_card_kind(kind)} for name, kind in fields.items()]


def _card_kind(kind: Kind) -> dict[str, Any]:
    if isinstance(kind, str):
        return {"dtype": kind}
    if isinstance(kind, list):
        return {"list": _card_item(kind[0])}
    return {"struct": card_features(kind)}


def _card_item(kind: Kind) -> Any:
    """Of a list: the name of its type, or what a list or fields are written as."""
    if isinstance(kind, str):
        return kind
    return _card_kind(kind) if isinstance(kind, list) else card_features(kind)
