"""Captions of people as the encoder measures them."""

import json
from pathlib import Path

import pytest
import torch

from captioner.config import CaptionerConfig
from captioner.measure import measure_captions
from captioner.metrics.cider import cider_d
from captioner.progress import silent
from captioner.training.sources import make_encoder
from tests.captioner.conftest import WriteManifest


def test_captions_are_compared_with_their_images_and_each_other(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest
) -> None:
    manifest = write_manifest("eval", references=[])
    rows = [json.loads(line) for line in manifest.read_text().splitlines()][:4]
    rows[0]["references"] = [rows[0]["caption"]]
    rows[1]["references"] = ["something else altogether"]
    rows[3]["image"] = "missing.png"
    rows[3]["sha256"] = "e" * 64
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = list(measure_captions(config=quick, manifest=manifest, cache=cache, progress=silent))
    assert [one.row_id for one in found] == [row["row_id"] for row in rows[:3]]
    encoder = make_encoder(config=quick, cache=cache, progress=silent, device=torch.device("cpu"))
    assert {one.encoder for one in found} == {encoder.key}
    assert found[2].embedding == pytest.approx(
        encoder.embed_texts([rows[2]["caption"]])[0].tolist(), abs=1e-5
    )
    expected = [
        cider_d(
            candidates=[rows[0]["caption"], rows[1]["caption"]],
            references=[rows[0]["references"], rows[1]["references"]],
        )
        * 2,
        0.0,
    ]
    assert [one.cider for one in found[:2]] == pytest.approx(expected)
    assert found[2].cider is None
    assert all(0 <= one.clip_score <= 100 for one in found)
