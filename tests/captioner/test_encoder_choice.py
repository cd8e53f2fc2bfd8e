"""Which encoder a configuration names: its key says which weights it has, and weights that nobody trained are asked for."""

import dataclasses
import json
import os
from pathlib import Path

import open_clip
import pytest
import torch
from safetensors.torch import save_file
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor, CLIPTokenizer

from captioner.config import EncoderConfig
from captioner.encoders.choice import load_encoder
from captioner.encoders.embeddings import open_store
from captioner.errors import WeightsUnavailable
from captioner.progress import silent

SMALL = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16},
    "text_cfg": {"context_length": 8, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1},
}


def _open_clip(folder: Path, *, seed: int, mean: float = 0.5) -> EncoderConfig:
    """A small model of open_clip, written over the one that was in the folder."""
    folder.mkdir(exist_ok=True)
    settings = {"model_cfg": SMALL, "preprocess_cfg": {"mean": [mean] * 3, "std": [0.5] * 3}}
    (folder / "open_clip_config.json").write_text(json.dumps(settings))
    torch.manual_seed(seed)
    weights = open_clip.CLIP(**SMALL).state_dict()
    save_file(weights, folder / "open_clip_model.safetensors")
    return EncoderConfig(source="open_clip", model=f"local-dir:{folder}")


def _transformers(folder: Path, *, seed: int) -> EncoderConfig:
    small = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config={**small, "vocab_size": 9, "bos_token_id": 1, "eos_token_id": 0, "pad_token_id": 0},
        vision_config={**small, "image_size": 32, "patch_size": 16},
        projection_dim=16,
    )
    torch.manual_seed(seed)
    CLIPModel(config).save_pretrained(folder)
    words = {"<|endoftext|>": 0, "<|startoftext|>": 1, "a</w>": 2, "b</w>": 3}
    CLIPProcessor(CLIPImageProcessor(), CLIPTokenizer(vocab=words, merges=[])).save_pretrained(folder)
    return EncoderConfig(source="transformers", model=str(folder))


@pytest.mark.parametrize("write", [_open_clip, _transformers])
def test_other_weights_of_one_name_share_no_vector(tmp_path: Path, write: object) -> None:
    assert callable(write)
    vectors = torch.zeros(1, 16)
    config = write(tmp_path / "model", seed=0)
    first = load_encoder(config=config, cache=tmp_path, progress=silent)
    open_store(cache=tmp_path, encoder=first).add([b"k" * 16], vectors)
    again = load_encoder(config=config, cache=tmp_path, progress=silent)
    assert open_store(cache=tmp_path, encoder=again).find([b"k" * 16]) == [0]
    assert write(tmp_path / "model", seed=1) == config
    other = load_encoder(config=config, cache=tmp_path, progress=silent)
    assert other.key != first.key
    assert open_store(cache=tmp_path, encoder=other).find([b"k" * 16]) == [None]
    write(tmp_path / "model", seed=0)
    assert load_encoder(config=config, cache=tmp_path, progress=silent).key == first.key


def test_pictures_that_are_prepared_otherwise_make_another_encoder(tmp_path: Path) -> None:
    keys = {
        load_encoder(
            config=_open_clip(tmp_path / "model", seed=0, mean=mean), cache=tmp_path, progress=silent
        ).key
        for mean in (0.5, 0.4)
    }
    assert len(keys) == 2


def test_the_weights_are_hashed_once_for_a_file_that_stays_as_it_is(tmp_path: Path) -> None:
    """What was kept is used as long as path, size and time fit: a digest that was changed by hand shows."""
    config = _open_clip(tmp_path / "model", seed=0)
    true = load_encoder(config=config, cache=tmp_path, progress=silent).key
    [kept] = (tmp_path / "model").glob(".*.tower.json")
    kept.write_text(json.dumps({**json.loads(kept.read_text()), "digest": "0" * 16}))
    assert load_encoder(config=config, cache=tmp_path, progress=silent).key != true
    os.utime(tmp_path / "model" / "open_clip_model.safetensors", ns=(1, 1))
    assert load_encoder(config=config, cache=tmp_path, progress=silent).key == true
    kept.write_text("torn")
    assert load_encoder(config=config, cache=tmp_path, progress=silent).key == true


def test_weights_that_nobody_trained_are_asked_for_by_name(tmp_path: Path) -> None:
    config = EncoderConfig(source="open_clip", model="RN50")
    with pytest.raises(WeightsUnavailable, match="or to 'random' if you want random ones"):
        load_encoder(config=config, cache=tmp_path, progress=silent)
    folder = _open_clip(tmp_path / "model", seed=0)
    (tmp_path / "model" / "open_clip_model.safetensors").unlink()
    with pytest.raises(
        WeightsUnavailable, match="holds no safetensors weights; name one that does, or fetch a repository"
    ):
        load_encoder(config=folder, cache=tmp_path, progress=silent)


def test_random_weights_are_the_same_each_time(tmp_path: Path) -> None:
    config = EncoderConfig(source="open_clip", model="RN50", pretrained="random")
    keys = set()
    for _ in range(2):
        encoder = load_encoder(config=config, cache=tmp_path, progress=silent)
        keys.add(encoder.key)
    assert len(keys) == 1


def test_a_model_of_transformers_without_its_image_side_is_refused(tmp_path: Path) -> None:
    config = _transformers(tmp_path / "model", seed=0)
    model = CLIPModel.from_pretrained(config.model)
    left = {name: tensor for name, tensor in model.state_dict().items() if not name.startswith("visual")}
    save_file(left, tmp_path / "model" / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(WeightsUnavailable, match="its weights lack visual_projection"):
        load_encoder(config=dataclasses.replace(config), cache=tmp_path, progress=silent)
