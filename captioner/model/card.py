"""The model card that goes with a checkpoint: what it is, what it was made from, under which licences, how good it is."""

from collections.abc import Mapping
from typing import Final

from captioner.config import CaptionerConfig

LICENCES: Final = {
    "facebook/opt": "OPT-175B licence (non-commercial research)",
    "Qwen/Qwen2": "Apache 2.0",
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
    started_from: str = "",
) -> str:
    """README.md of a checkpoint in the hub's layout."""
    encoder = f"{config.encoder.model} {config.encoder.pretrained}".strip()
    decoder = config.decoder.pretrained or "an OPT made from scratch"
    lines = [
        "---",
        "license: other",
        "pipeline_tag: image-to-text",
        "tags: [image-captioning, altogether]",
        "---",
        f"# A captioner that re-aligns alt-texts ({config.name})",
        "",
        "It looks at an image and its alt-text and writes a dense caption that keeps what the alt-text knows.",
        "",
        "| part | what | licence |",
        "|---|---|---|",
        (
            f"| image encoder ({'trained too' if config.encoder.unfrozen else 'frozen'}) | {encoder} | "
            f"{licence_of(encoder + config.encoder.source)} |"
        ),
        (
            f"| decoder ({_way_of_training(config)}) | {decoder} | "
            f"{licence_of(config.decoder.pretrained or 'scenes')} |"
        ),
        "",
        "The weights are bound by both licences, and by that of the images and texts they learned from.",
        "",
        "## Data",
        "",
        f"Trained on {rows:,} images{f' of {rounds}' if rounds else ''}.",
        f"SHA-256 of the training manifest: `{manifest_sha256}`.",
        *([f"Training started from {started_from}."] if started_from else []),
        f"The alt-text was left out of {config.text.alt_text_dropped:.0%} of the examples; names that only it could tell were "
        + (
            "left in their captions." if config.text.unseen_names == "keep" else "left out of their captions."
        ),
        "",
        "## Use",
        "",
        "```python",
        "from captioner.generation.load import load_captioner",
        'print(load_captioner("PATH").caption("image.jpg", alt_text="the text that came with it"))',
        "```",
    ]
    if metrics:
        lines += ["", "## Held-out images", "", *_metrics_table(metrics)]
    lines += [
        "",
        "## Limits",
        "",
        (
            "Without an alt-text it may name what it cannot know (`invented_names` above, where measured, is the share of "
            "captions that do). It repeats what an alt-text claims where the image does not decide. CLIP scores compare within "
            "one encoder only."
        ),
    ]
    return "\n".join(lines) + "\n"


def decoder_card(*, config: CaptionerConfig) -> str:
    """README.md of the decoder that is exported alone."""
    tokens = config.mapping.visual_tokens
    decoder = config.decoder.pretrained or "an OPT made from scratch"
    return (
        "\n".join(
            [
                f"# The decoder of a captioner ({config.name})",
                "",
                f"Made from {decoder} ({licence_of(config.decoder.pretrained or 'scenes')}), adapters merged. Any program",
                f"that takes prompts as embeddings serves it. A prompt is {tokens} visual tokens, the alt-text's tokens, and",
                "one separator; the caption follows, and ends with the end token.",
                "",
                "```python",
                "import torch",
                "from captioner.examples.tokenizer import load_codec",
                "from captioner.model.hub import load_mapping",
                "from pathlib import Path",
                "from transformers import AutoModelForCausalLM",
                "",
                'folder = Path("PATH")',
                "decoder, codec = AutoModelForCausalLM.from_pretrained(folder), load_codec(folder)",
                "visual = load_mapping(folder)(embedding)  # of the image, normalised: 1 × width",
                '[alt_text] = codec.encode(["the text that came with it"])',
                "ids = torch.tensor([[*alt_text, codec.separator_id]])",
                "prompt = torch.cat((visual, decoder.get_input_embeddings()(ids)), dim=1)",
                "said = decoder.generate(inputs_embeds=prompt, max_new_tokens=192, eos_token_id=codec.end_id)",
                "print(codec.decode(said[0].tolist()))",
                "```",
                "",
                f"The embedding is that of {config.encoder.model} {config.encoder.pretrained}, images squashed to its square;",
                f"the alt-text is cut at {config.text.alt_text_tokens} tokens.",
            ]
        )
        + "\n"
    )


def _way_of_training(config: CaptionerConfig) -> str:
    lora = config.decoder.lora
    return "trained" if lora is None else f"LoRA of rank {lora.rank}, merged on export"


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
