"""The model card that goes with a checkpoint: what it is, what it was made from, under which licences, how good it is."""

from collections.abc import Mapping
from typing import Final

from captioner.config import CaptionerConfig

LICENCES: Final = {
    "facebook/opt": "OPT-175B licence (non-commercial research)",
    "metaclip": "CC-BY-NC 4.0",
    "scenes": "made on this machine; no third party's weights",
    "openai": "MIT",
}


def model_card(
    *,
    config: CaptionerConfig,
    rows: int,
    manifest_sha256: str,
    metrics: Mapping[str, Mapping[str, float]] | None = None,
    rounds: str = "",
) -> str:
    """README.md of a checkpoint in the hub's layout."""
    encoder = f"{config.encoder.model} {config.encoder.pretrained}".strip()
    decoder = config.decoder.pretrained or "an OPT made from scratch"
    lines = [
        "---",
        "pipeline_tag: image-to-text",
        "tags: [image-captioning, altogether]",
        "---",
        f"# A captioner that re-aligns alt-texts ({config.name})",
        "",
        "It looks at an image and its alt-text and writes a dense caption that keeps what the alt-text knows.",
        "",
        "| part | what | licence |",
        "|---|---|---|",
        f"| image encoder (frozen) | {encoder} | {licence_of(encoder + config.encoder.source)} |",
        f"| decoder (trained) | {decoder} | {licence_of(config.decoder.pretrained or 'scenes')} |",
        "",
        f"Trained on {rows:,} images{f' of {rounds}' if rounds else ''}.",
        f"SHA-256 of the training manifest: `{manifest_sha256}`.",
        "",
        "```python",
        "from captioner.load import load_captioner",
        'print(load_captioner("PATH").caption("image.jpg", alt_text="the text that came with it"))',
        "```",
    ]
    if metrics:
        lines += ["", *_metrics_table(metrics)]
    return "\n".join(lines) + "\n"


def licence_of(name: str) -> str:
    """What is known about the licence of weights by their name; the user is told to look when nothing is."""
    for part, licence in LICENCES.items():
        if part in name:
            return licence
    return "see its own page"


def _metrics_table(metrics: Mapping[str, Mapping[str, float]]) -> list[str]:
    names = sorted({name for values in metrics.values() for name in values})
    head = f"| held-out | {' | '.join(names)} |"
    rows = [
        f"| {source} | {' | '.join(_number(values.get(name)) for name in names)} |"
        for source, values in metrics.items()
    ]
    return [head, f"|---|{'---|' * len(names)}", *rows]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
