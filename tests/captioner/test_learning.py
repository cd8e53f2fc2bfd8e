"""What the tiny preset exists for, learned for real in little time: alt-texts are kept where right and dropped where wrong.

The encoder and the training get two thirds of their usual steps, so the thresholds are below what `bench.tiny_preset`
reaches.
"""

import dataclasses
import json
from typing import Any

import pytest

from captioner.config import CaptionerConfig, get_preset
from captioner.encoders.scenes_encoder import cached_folder, make_scenes_encoder
from captioner.generation.generate import generate
from captioner.metrics.cider import cider_d
from captioner.progress import silent
from captioner.scenes import write_scenes
from captioner.training.train import train
from tests.captioner.conftest import manifest_row

SCENES, HELD_OUT = 400, 150

# Under a minute and a half of an idle core, most of it in the fixture.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def config() -> CaptionerConfig:
    tiny = get_preset("tiny")
    return dataclasses.replace(tiny, training=dataclasses.replace(tiny.training, max_steps=500))


@pytest.fixture(scope="module")
def learned(config: CaptionerConfig, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Held-out scenes, and their captions with and without alt-text."""
    folder = tmp_path_factory.mktemp("learning")
    cache = folder / "cache"
    encoder = cached_folder(cache=cache, model=config.encoder.model)
    encoder.mkdir(parents=True)
    make_scenes_encoder(folder=encoder, progress=silent, steps=200, scenes=14_336)
    manifests = {}
    for name, count, seed in (("train", SCENES, 1), ("eval", HELD_OUT, 2)):
        write_scenes(output=folder / name, count=count, seed=seed, split_eval=0.0, size=96, progress=silent)
        rows = [json.loads(line) for line in (folder / name / "manifest.jsonl").read_text().splitlines()]
        manifests[name] = folder / f"{name}.jsonl"
        manifests[name].write_text(
            "".join(json.dumps(manifest_row(folder / name, row)) + "\n" for row in rows)
        )
    train(
        config=config,
        manifest=manifests["train"],
        eval_manifest=None,
        output=folder / "run",
        cache=cache,
        progress=silent,
    )
    captions = {}
    for with_alt_text in (True, False):
        output = folder / f"captions-{with_alt_text}.jsonl"
        generate(
            checkpoint=folder / "run",
            manifest=manifests["eval"],
            output=output,
            cache=cache,
            with_alt_text=with_alt_text,
            decode=config.decode,
            progress=silent,
        )
        captions[with_alt_text] = [json.loads(line)["text"] for line in output.read_text().splitlines()]
    return {"scenes": rows, "with": captions[True], "without": captions[False]}


def test_with_alt_text_beats_without(learned: dict[str, Any]) -> None:
    references = [[scene["truth"]] for scene in learned["scenes"]]
    with_alt_text = cider_d(candidates=learned["with"], references=references)
    assert with_alt_text > cider_d(candidates=learned["without"], references=references) + 3.0


def test_names_nobody_could_see_are_kept(learned: dict[str, Any]) -> None:
    assert _share(learned, "name") >= 0.9


def test_claims_are_kept_where_the_picture_supports_them_and_dropped_where_not(
    learned: dict[str, Any],
) -> None:
    assert _share(learned, "wrong_claims") <= 0.25
    assert _share(learned, "kept_claims", first=1) >= _share(learned, "wrong_claims") + 0.3


def _share(learned: dict[str, Any], field: str, *, first: int = 0) -> float:
    """The share of a scene's words of that kind, from the `first` on, that its caption with alt-text has."""
    found = [
        word in caption
        for scene, caption in zip(learned["scenes"], learned["with"], strict=True)
        for word in ([scene[field]] if isinstance(scene[field], str) else scene[field][first:])
    ]
    return sum(found) / len(found)
