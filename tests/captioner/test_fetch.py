"""Fetching weights: what is downloaded is checked, converted, continued and recorded, and what cannot be had is one line."""

import hashlib
import io
import json
import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save

from captioner.commands import main
from captioner.config import DecoderConfig
from captioner.errors import WeightsUnavailable
from captioner.examples.tokenizer import make_codec
from captioner.model.captioner import make_decoder
from captioner.weights.fetched import find_fetched
from captioner.weights.repositories import Repository
from tests.captioner.model_hub import COMMIT, ModelHub, running_model_hub
from tests.captioner.small_weights import write_opt

SETTINGS = DecoderConfig(pretrained="o/n")


@pytest.fixture(scope="module")
def opt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """An OPT of random weights as its makers publish one: a pickle, its tied weights under two names."""
    folder = tmp_path_factory.mktemp("opt")
    write_opt(folder)
    (folder / "flax_model.msgpack").write_bytes(b"not wanted")
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def site() -> Iterator[ModelHub]:
    with running_model_hub() as hub:
        yield hub


@pytest.fixture
def hub(site: ModelHub, opt: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> ModelHub:
    """It has o/n, an OPT."""
    site.__dict__.update(
        ModelHub(address=site.address, files=dict(opt), large={"pytorch_model.bin"}).__dict__
    )
    monkeypatch.setenv("HF_ENDPOINT", site.address)
    return site


def fetched(cache: Path) -> Path:
    return cache / "weights" / "o--n" / COMMIT


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that the command ends with."""
    capsys.readouterr()
    assert main(arguments) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("fetching")]
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


def test_a_pickle_is_converted_and_what_was_fetched_is_written_down(
    hub: ModelHub, opt: dict[str, bytes], tmp_path: Path
) -> None:
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    folder = fetched(tmp_path)
    record = json.loads((folder / "fetched.json").read_text())
    assert (record["repository"], record["revision"]) == ("o/n", COMMIT)
    assert record["files"]["model.safetensors"] == {
        "size": (folder / "model.safetensors").stat().st_size,
        "sha256": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest(),
        "made_from": "pytorch_model.bin",
        "made_from_sha256": hashlib.sha256(opt["pytorch_model.bin"]).hexdigest(),
    }
    assert sorted(file.name for file in folder.iterdir()) == sorted({*record["files"], "fetched.json"})
    assert "flax_model.msgpack" not in hub.given
    codec = make_codec(config=SETTINGS, corpus=[], cache=tmp_path)
    decoder = make_decoder(config=SETTINGS, codec=codec, cache=tmp_path)
    pickled = torch.load(io.BytesIO(opt["pytorch_model.bin"]), weights_only=True)
    assert pickled["lm_head.weight"].data_ptr() == pickled["model.decoder.embed_tokens.weight"].data_ptr()
    assert dict.fromkeys(pickled, True) == {
        name: torch.equal(tensor, pickled[name]) for name, tensor in decoder.state_dict().items()
    }


def test_what_is_here_is_checked_and_not_asked_for_again(hub: ModelHub, tmp_path: Path) -> None:
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    hub.asked.clear()
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    assert hub.asked == []
    weights = fetched(tmp_path) / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    assert hub.given == ["pytorch_model.bin"]
    assert weights.read_bytes() == whole


def test_a_cut_download_is_continued(hub: ModelHub, opt: dict[str, bytes], tmp_path: Path) -> None:
    hub.cut = {"pytorch_model.bin": 1000}
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    assert hub.given[-2:] == ["pytorch_model.bin", "pytorch_model.bin bytes=1000-"]


def test_a_later_call_continues_where_the_hub_went_away(
    hub: ModelHub, opt: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetched(tmp_path).mkdir(parents=True)
    (fetched(tmp_path) / "pytorch_model.bin.part").write_bytes(opt["pytorch_model.bin"][:1000])
    hub.cut = {"pytorch_model.bin": 0}
    assert "cannot be reached" in refusal(capsys, "fetch", "o/n", "--cache", str(tmp_path))
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    assert hub.given[-1] == "pytorch_model.bin bytes=1000-"


@pytest.mark.parametrize("name", ["pytorch_model.bin", "config.json"])
def test_what_is_not_what_was_listed_is_thrown_away(
    hub: ModelHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    hub.wrong = {name}
    assert "its hash differs" in refusal(capsys, "fetch", "o/n", "--cache", str(tmp_path))
    assert not list(fetched(tmp_path).glob(f"{name}*"))
    assert find_fetched(repository=Repository(name="o/n"), cache=tmp_path) is None


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch ran-in-a-pickle",)


def _pickled(value: object) -> bytes:
    stream = io.BytesIO()
    torch.save(value, stream)
    return stream.getvalue()


def _without(opt: dict[str, bytes], **changes: bytes) -> dict[str, bytes]:
    kept = {name: content for name, content in opt.items() if name != "pytorch_model.bin"}
    return kept | {name.replace("__", "."): content for name, content in changes.items()}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"pytorch_model__bin": _pickled({"a": Evil()})}, "could run code when opened"),
        ({"pytorch_model__bin": _pickled({"a": 1})}, "not a table of named tensors"),
        ({"pytorch_model__bin": _pickled({"a": torch.zeros(9)})[:-40]}, "no whole file of weights"),
        ({"pytorch_model__bin": b"nothing"}, "pytorch_model.bin "),
        ({"model__safetensors": save({"a": torch.zeros(9)})[:-8]}, "no whole safetensors file"),
        ({"model__safetensors": save({})}, "holds no tensors"),
        ({}, "holds no weights that can be used"),
    ],
)
def test_what_is_no_weights_is_refused_and_not_kept(
    hub: ModelHub,
    opt: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, bytes],
    reason: str,
) -> None:
    hub.files = _without(opt, **files)
    assert reason in refusal(capsys, "fetch", "o/n", "--cache", str(tmp_path))
    assert not [file for file in fetched(tmp_path).glob("*") if "model" in file.name]
    assert find_fetched(repository=Repository(name="o/n"), cache=tmp_path) is None
    assert not Path("ran-in-a-pickle").exists()


def test_weights_in_parts_are_converted_with_their_index(
    hub: ModelHub, opt: dict[str, bytes], tmp_path: Path
) -> None:
    weights = torch.load(io.BytesIO(opt["pytorch_model.bin"]), weights_only=True)
    names = sorted(weights)
    parts = {f"pytorch_model-0000{n}-of-00002.bin": names[n - 1 :: 2] for n in (1, 2)}
    index = {"metadata": {}, "weight_map": {name: part for part, some in parts.items() for name in some}}
    hub.files = _without(opt) | {
        part: _pickled({name: weights[name] for name in some}) for part, some in parts.items()
    }
    hub.files["pytorch_model.bin.index.json"] = json.dumps(index).encode()
    for _ in range(2):
        assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    codec = make_codec(config=SETTINGS, corpus=[], cache=tmp_path)
    decoder = make_decoder(config=SETTINGS, codec=codec, cache=tmp_path)
    assert all(torch.equal(tensor, weights[name]) for name, tensor in decoder.state_dict().items())


def test_a_full_disk_while_converting_leaves_what_was_downloaded(
    hub: ModelHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file size limit stands for the disk: the pickle still fits, its tied weights written twice do not."""
    tied = torch.zeros(50_000)
    hub.files["pytorch_model.bin"] = _pickled({"a": tied, "b": tied})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    try:
        assert "no space left" in refusal(capsys, "fetch", "o/n", "--cache", str(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [file.name for file in fetched(tmp_path).glob("*model*")] == ["pytorch_model.bin.part"]
    hub.asked.clear()
    assert main(["fetch", "o/n", "--cache", str(tmp_path)]) == 0
    assert hub.given == []
    assert set(load_file(fetched(tmp_path) / "model.safetensors")) == {"a", "b"}


def test_from_a_folder_nothing_is_asked_of_the_hub(
    hub: ModelHub, opt: dict[str, bytes], tmp_path: Path
) -> None:
    snapshot = tmp_path / "hub" / "models--o--n" / "snapshots" / COMMIT
    for folder in (snapshot, tmp_path / "mine" / "o" / "n"):
        folder.mkdir(parents=True)
        for name, content in opt.items():
            (folder / name).write_bytes(content)
    assert main(["fetch", "o/n", "--from", str(tmp_path / "hub"), "--cache", str(tmp_path / "a")]) == 0
    assert find_fetched(repository=Repository(name="o/n", revision=COMMIT), cache=tmp_path / "a") is not None
    assert main(["fetch", "o/n", "--from", str(tmp_path / "mine"), "--cache", str(tmp_path / "b")]) == 0
    there = find_fetched(repository=Repository(name="o/n"), cache=tmp_path / "b")
    assert there is not None
    assert there.revision.startswith("local-")
    assert hub.asked == []


def test_a_revision_is_meant_from_then_on(
    hub: ModelHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", "o/n", "--revision", "main", "--cache", str(tmp_path)]) == 0
    for revision in (None, "main", COMMIT, COMMIT[:8]):
        there = find_fetched(repository=Repository(name="o/n", revision=revision), cache=tmp_path)
        assert there is not None
        assert there.revision == COMMIT
    with pytest.raises(WeightsUnavailable, match="fetch o/n --revision dddddddd --cache"):
        make_codec(config=DecoderConfig(pretrained="o/n@dddddddd"), corpus=[], cache=tmp_path)
    line = refusal(capsys, "fetch", "o/n", "--revision", "gone", "--cache", str(tmp_path))
    assert "has no revision 'gone'" in line


def test_whatever_goes_wrong_is_one_line_that_says_what_to_do(
    hub: ModelHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ("--cache", str(tmp_path))
    assert "correct the name" in refusal(capsys, "fetch", "o/other", *there)
    assert "no preset or recipe 'altogethr'" in refusal(capsys, "fetch", "altogethr", *there)
    assert "written OWNER/NAME" in refusal(capsys, "fetch", "a/b/c", *there)
    assert "--revision is a repository's" in refusal(capsys, "fetch", "small", "--revision", "x", *there)
    assert "holds no weights of o/n" in refusal(capsys, "fetch", "o/n", "--from", str(tmp_path), *there)
    for status, fix in ((503, "answered 503 for o/n; fetch again later"), (403, "set HF_TOKEN")):
        hub.status = status
        assert fix in refusal(capsys, "fetch", "o/n", *there)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed.getsockname()[1]}")
        hub.asked.clear()
        assert "cannot be reached" in refusal(capsys, "fetch", "o/n", *there)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE" in refusal(capsys, "fetch", "o/n", *there)
    assert not (tmp_path / "weights" / "o--n" / COMMIT).exists()
