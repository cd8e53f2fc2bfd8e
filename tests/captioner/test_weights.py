"""Encoder and decoder are looked for before work begins; what is absent, broken or does not fit is one line."""

import dataclasses
import json
import shutil
from pathlib import Path

import open_clip
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from captioner.commands import main
from captioner.config import CaptionerConfig, DecoderConfig, EncoderConfig
from captioner.encoders.choice import load_encoder
from captioner.errors import WeightsUnavailable
from captioner.examples.tokenizer import make_codec
from captioner.model.captioner import make_decoder
from captioner.model.checkpoint import checkpoint_identity
from captioner.model.text_limits import write_text_limits
from captioner.progress import silent
from captioner.training.train import train
from tests.captioner.conftest import WriteManifest
from tests.captioner.small_weights import OPEN_CLIP, write_open_clip, write_opt

DECODER = DecoderConfig(pretrained="o/opt")
TINY_WITH_OPT = ["--preset=tiny", "--set=decoder.local=null", "--set=decoder.pretrained=facebook/opt-125m"]


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with o/opt and o/clip, fetched from folders."""
    folder = tmp_path_factory.mktemp("bought")
    write_opt(folder / "from" / "o" / "opt")
    write_open_clip(folder / "from" / "o" / "clip")
    for name in ("o/opt", "o/clip"):
        assert main(["fetch", name, "--from", str(folder / "from"), "--cache", str(folder / "cache")]) == 0
    return folder / "cache"


@pytest.fixture
def of_a_stranger(trained: Path, tmp_path: Path) -> Path:
    """A checkpoint whose encoder is on another machine."""
    shutil.copytree(trained / "checkpoint", tmp_path / "checkpoint")
    file = tmp_path / "checkpoint" / "config.json"
    config = json.loads(file.read_text())
    config["encoder"] = {
        "source": "open_clip",
        "model": "ViT-B-32-quickgelu",
        "pretrained": "metaclip_fullcc",
    }
    file.write_text(json.dumps(config))
    return tmp_path / "checkpoint"


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(arguments) == 1
    [line] = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["train", "no.jsonl", "out", "--preset", "altogether"], "image encoder"),
        (["pretrain", "no.tar", "--out", "out", "--samples", "8", "--preset", "small"], "image encoder"),
        (["embed", "no.jsonl", "--recipe", "opt-350m"], "image encoder"),
        (["train", "no.jsonl", "out", *TINY_WITH_OPT], "decoder"),
        (["pretrain", "no.tar", "--out", "out", "--samples", "8", *TINY_WITH_OPT], "decoder"),
    ],
)
def test_a_training_without_its_weights_is_refused_before_anything_is_read(
    arguments: list[str],
    what: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    line = refusal(capsys, *arguments, "--cache", str(tmp_path / "cache"))
    assert f"The {what} " in line
    assert "is not on this machine; fetch it first: python -m captioner fetch " in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "CHECKPOINT", "no.jsonl", "out"],
        ["evaluate", "CHECKPOINT", "no.jsonl", "out"],
        ["caption", "CHECKPOINT", "no.jsonl", "--out", "out"],
        ["caption", "CHECKPOINT", "no.jsonl", "--out", "out", "--ray-actors", "2"],
    ],
)
def test_a_checkpoint_without_its_encoder_is_refused_before_anything_is_read(
    arguments: list[str],
    of_a_stranger: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [str(of_a_stranger) if one == "CHECKPOINT" else one for one in arguments]
    line = refusal(capsys, *given, "--cache", str(tmp_path / "cache"))
    assert "The image encoder timm/vit_base_patch32_clip_224.metaclip_2pt5b is not on this machine" in line
    assert not (tmp_path / "out").exists()


def test_a_run_writes_down_which_revisions_it_was_made_from(
    bought: Path, quick: CaptionerConfig, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    config = dataclasses.replace(
        quick,
        encoder=EncoderConfig(source="open_clip", model="hf-hub:o/clip"),
        decoder=DECODER,
        training=dataclasses.replace(quick.training, max_steps=1),
    )
    report = train(
        config=config,
        manifest=write_manifest("train"),
        eval_manifest=None,
        output=tmp_path,
        cache=bought,
        progress=silent,
    )
    settings = json.loads((Path(report.checkpoint) / "config.json").read_text())
    assert settings["decoder"]["pretrained"].startswith("o/opt@local-")
    assert settings["encoder"]["model"].startswith("hf-hub:o/clip@local-")
    card = (Path(report.checkpoint) / "README.md").read_text()
    assert settings["decoder"]["pretrained"] in card
    assert settings["encoder"]["model"] in card
    weights = (Path(report.checkpoint) / "model.safetensors").stat().st_size
    assert json.loads((Path(report.checkpoint) / "format.json").read_text())["weights_bytes"] == weights
    write_text_limits(
        config=config, checkpoint=Path(report.checkpoint), cache=bought, folder=tmp_path / "limits"
    )
    assert (tmp_path / "limits" / "encoder.json").exists()
    assert len(checkpoint_identity(tmp_path)) == 64


def test_a_tag_of_open_clip_is_the_same_encoder_as_its_repository(
    bought: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from open_clip import factory, pretrained

    monkeypatch.setitem(factory._MODEL_CONFIGS, "small-clip", OPEN_CLIP)
    tag = {"hf_hub": "o/clip/", "mean": (0.5,) * 3, "std": (0.5,) * 3}
    monkeypatch.setitem(pretrained._PRETRAINED, "small-clip", {"ours": tag})
    by_tag = EncoderConfig(source="open_clip", model="small-clip", pretrained="ours")
    by_name = EncoderConfig(source="open_clip", model="hf-hub:o/clip")
    picture = Image.linear_gradient("L").convert("RGB")
    one, other = (
        load_encoder(config=config, cache=bought, progress=silent).embed_images([picture])
        for config in (by_tag, by_name)
    )
    assert torch.equal(one, other)
    for config, reason in (
        (dataclasses.replace(by_tag, pretrained="theirs"), "knows no weights 'theirs'.*one of: ours"),
        (dataclasses.replace(by_tag, model="smal-clip"), "knows no model 'smal-clip'"),
        (
            EncoderConfig(source="open_clip", model="ViT-B-16-SigLIP", pretrained="webli"),
            "set encoder.model=hf-hub:timm",
        ),
    ):
        with pytest.raises(WeightsUnavailable, match=reason):
            load_encoder(config=config, cache=bought, progress=silent)
    assert open_clip.get_pretrained_cfg("small-clip", "ours")


def _narrower(folder: Path) -> None:
    fields = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**fields, "ffn_dim": 16}))


def _fewer(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    del weights["model.decoder.layers.0.fc1.weight"]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _unknown(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "telepath"}')


def _no_json(folder: Path) -> None:
    (folder / "config.json").write_text("{")


def _torn(folder: Path) -> None:
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[:-9])


@pytest.mark.parametrize("damage", [_narrower, _fewer, _unknown, _no_json, _torn])
@pytest.mark.parametrize("fetched", [True, False])
def test_a_decoder_that_does_not_fit_its_settings_is_one_line(
    bought: Path, tmp_path: Path, damage: object, fetched: bool
) -> None:
    shutil.copytree(bought, tmp_path / "cache")
    [folder] = (tmp_path / "cache" / "weights" / "o--opt").glob("local-*")
    config = DECODER if fetched else DecoderConfig(pretrained=str(folder))
    codec = make_codec(config=config, corpus=[], cache=tmp_path / "cache")
    damage(folder)  # type: ignore[operator]
    with pytest.raises(WeightsUnavailable) as refused:
        make_decoder(config=config, codec=codec, cache=tmp_path / "cache")
    assert "\n" not in str(refused.value)
    assert "fetch" in str(refused.value)


def test_a_broken_tokenizer_or_encoder_is_one_line(bought: Path, tmp_path: Path) -> None:
    [opt] = (bought / "weights" / "o--opt").glob("local-*")
    shutil.copytree(opt, tmp_path / "opt")
    (tmp_path / "opt" / "tokenizer.json").write_text("{")
    with pytest.raises(WeightsUnavailable, match=r"The tokenizer of .* cannot be loaded"):
        make_codec(config=DecoderConfig(pretrained=str(tmp_path / "opt")), corpus=[], cache=tmp_path)
    [clip] = (bought / "weights" / "o--clip").glob("local-*")
    shutil.copytree(clip, tmp_path / "clip")
    fields = json.loads((clip / "open_clip_config.json").read_text())
    fields["model_cfg"]["embed_dim"] = 8
    (tmp_path / "clip" / "open_clip_config.json").write_text(json.dumps(fields))
    config = EncoderConfig(source="open_clip", model=f"local-dir:{tmp_path / 'clip'}")
    with pytest.raises(WeightsUnavailable, match="do not belong together") as refused:
        load_encoder(config=config, cache=tmp_path, progress=silent)
    assert "\n" not in str(refused.value)


def test_a_folder_that_holds_only_a_pickle_is_refused_with_the_way_out(tmp_path: Path) -> None:
    write_opt(tmp_path / "opt")
    config = DecoderConfig(pretrained=str(tmp_path / "opt"))
    with pytest.raises(WeightsUnavailable, match=r"is a pickle.*fetch OWNER/NAME --from .*opt"):
        make_codec(config=config, corpus=[], cache=tmp_path)
