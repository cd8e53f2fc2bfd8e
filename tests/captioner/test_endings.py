"""A caption that was cut off says so wherever it goes, and does not teach the captioner where captions end."""

import dataclasses
import json
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import torch

from captioner.bulk.block_files import COUNTS, read_counts
from captioner.bulk.bulk import caption_collection
from captioner.config import CaptionerConfig, DecoderConfig, DecodeSettings, LocalDecoder, TextConfig
from captioner.encoders.embeddings import open_store
from captioner.evaluate import evaluate
from captioner.examples.batches import collate
from captioner.examples.tokenizer import TextCodec, make_codec
from captioner.examples.views import Example, TextCounts, make_examples
from captioner.generation.decoding import Generated, Prompt
from captioner.generation.generate import generate
from captioner.generation.load import run_decoder
from captioner.generation.loops import is_loop
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint
from captioner.progress import silent
from captioner.samples.manifest import Row
from captioner.samples.shards import Sample, write_shard
from captioner.training.shard_source import ShardSource
from captioner.training.sources import make_encoder
from tests.captioner.conftest import WriteManifest

LONG = "one two three four five six seven eight nine ten eleven twelve"


@pytest.fixture(scope="module")
def codec() -> TextCodec:
    config = DecoderConfig(local=LocalDecoder(vocabulary=330))
    return make_codec(config=config, corpus=[LONG, "Rex: one red square in Ulm."] * 20, cache=Path())


@pytest.mark.parametrize(
    ("ids", "loops"),
    [
        ([1, 2, 3, 4] * 3, False),
        ([1, 2, 3, 4] * 4, True),
        ([9, 8, *[1, 2, 3, 4] * 4, 1, 2], True),
        ([*[1, 2, 3, 4] * 4, 5], False),
        ([7] * 11, False),
        ([7] * 12, True),
        (list(range(48)) * 4, True),
        (list(range(200)), False),
        ([], False),
    ],
)
def test_the_same_tokens_again_and_again_at_the_end_are_a_loop(ids: list[int], loops: bool) -> None:
    assert is_loop(ids) is loops


@pytest.fixture
def says(trained: Path, cache: Path) -> "Says":
    return Says(load_checkpoint(folder=trained, cache=cache))


class Says:
    """A captioner whose decoder says one token, whatever it sees."""

    def __init__(self, loaded: LoadedCaptioner) -> None:
        self.loaded = loaded

    def __call__(self, token: int, *, settings: DecodeSettings) -> Generated:
        decoder = self.loaded.model.decoder
        norm, wanted_D = decoder.model.decoder.final_layer_norm, decoder.lm_head.weight[token]
        with torch.no_grad():
            norm.weight.zero_()
            norm.bias.copy_(100 * wanted_D / wanted_D.norm())
        assert int(self.loaded.model.logits(norm.bias).argmax()) == token
        prompts = [
            Prompt(row_id=str(row), embedding_E=torch.ones(128) / 128**0.5, alt_ids=()) for row in range(3)
        ]
        one, *others = run_decoder(
            loaded=self.loaded, prompts=prompts, settings=settings, tick=lambda _: None
        )
        assert others == [one, one]
        return one


@pytest.mark.parametrize("method", ["greedy", "nucleus", "beam"])
def test_a_caption_that_ends_by_itself_is_finished_and_one_that_is_cut_is_not(
    says: Says, method: str
) -> None:
    settings = DecodeSettings(method=method, max_tokens=20, beams=2)  # type: ignore[arg-type]
    ended = says(says.loaded.codec.end_id, settings=settings)
    assert (ended.ids, ended.finished, ended.looped) == ((), True, False)
    [word] = says.loaded.codec.encode(["a"])
    cut = says(word[0], settings=settings)
    assert (len(cut.ids), cut.finished, cut.looped) == (20, False, True)


def test_a_loop_can_be_ended_before_the_limit(says: Says) -> None:
    [word] = says.loaded.codec.encode(["a"])
    stopped = says(word[0], settings=DecodeSettings(method="greedy", max_tokens=40, stop_loops=True))
    assert (len(stopped.ids), stopped.finished, stopped.looped) == (12, False, True)


def test_whatever_is_written_says_that_its_captions_were_cut_off(
    trained: Path, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    decode = DecodeSettings(method="greedy", max_tokens=2)
    manifest = write_manifest("eval")
    told = generate(
        checkpoint=trained,
        manifest=manifest,
        output=tmp_path / "out.jsonl",
        cache=cache,
        with_alt_text=True,
        decode=decode,
        progress=silent,
    )
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["finished"] for line in lines] == [False] * 10
    assert [line["looped"] for line in lines] == [False] * 10
    assert (told.unfinished, told.looped) == (10, 0)
    for kind in ("parquet", "webdataset"):
        report = caption_collection(
            checkpoint=trained,
            source=[str(manifest)],
            output=tmp_path / kind,
            cache=cache,
            with_alt_text=True,
            decode=decode,
            kind=kind,
            progress=silent,
        )
        assert (report.rows, report.unfinished, report.looped) == (10, 10, 0)
    rows = pq.read_table(tmp_path / "parquet" / "captions-000000.parquet").to_pylist()
    with tarfile.open(tmp_path / "webdataset" / "captions-000000.tar") as archive:
        members = [one for one in archive.getmembers() if one.name.endswith(".json") and one.name != COUNTS]
        rows += [json.load(archive.extractfile(one)) for one in members]  # type: ignore[arg-type]
    assert [row["finished"] for row in rows] == [False] * 20
    assert read_counts(tmp_path / "webdataset" / "captions-000000.tar").unfinished == 10
    measured = evaluate(
        checkpoint=trained,
        manifest=manifest,
        output=tmp_path / "evaluation.json",
        cache=cache,
        decode=decode,
        progress=silent,
    )
    assert [measured.sources[name]["cut_off"] for name in ("with_alt", "without_alt")] == [100.0, 100.0]
    assert "cut_off" not in measured.sources["alt_text"]
    assert any("100 % of the captions were cut off" in warning for warning in measured.warnings)


def _labels(codec: TextCodec, example: Example, config: TextConfig) -> list[int]:
    return collate(views=[example.view(seed=0, epoch=0, config=config)], codec=codec).label_M.tolist()


@pytest.mark.parametrize(("dropped", "renamed"), [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)])
def test_only_a_whole_caption_teaches_the_end(codec: TextCodec, dropped: float, renamed: float) -> None:
    row = Row(row_id="1", image=Path("x"), sha256="", alt_texts=("Rex, Ulm",), caption=f"Rex: {LONG} Ulm")
    for limit, whole in ((8, False), (400, True)):
        config = TextConfig(alt_text_dropped=dropped, renamed=renamed, caption_tokens=limit)
        [example] = make_examples(rows=[row], codec=codec, config=config, counts=TextCounts())
        view = example.view(seed=0, epoch=0, config=config)
        labels = _labels(codec, example, config)
        assert labels == [*view.caption_ids, codec.end_id][: len(labels)]
        assert (codec.end_id in labels, len(labels)) == (whole, view.labels)
        batch = collate(views=[view, view], codec=codec)
        width = batch.ids_BT.shape[1]
        following = [*batch.ids_BT[1].tolist(), codec.end_id]
        placed = [int(place) - width for place in batch.predicting_M[len(labels) :]]
        assert [following[place + 1] for place in placed] == labels


def _source(
    shard: Path,
    *,
    texts: Sequence[tuple[str, ...]],
    config: CaptionerConfig,
    cache: Path,
    codec: TextCodec,
    image: bytes,
) -> ShardSource:
    write_shard(
        shard, [Sample(key=f"s{number}", image=image, texts=some) for number, some in enumerate(texts)]
    )
    encoder = make_encoder(config=config, cache=cache, progress=silent, device=torch.device("cpu"))
    open_store(cache=cache, encoder=encoder)
    return ShardSource(
        config=config,
        shards=[str(shard)],
        examples_per_epoch=len(texts),
        cache=cache,
        encoder=encoder,
        codec=codec,
        tick=lambda: None,
    )


def test_pre_training_teaches_no_end_of_a_cut_text_and_leaves_out_names_where_it_is_told_to(
    quick: CaptionerConfig, cache: Path, scenes: Path, codec: TextCodec, tmp_path: Path
) -> None:
    image = next((scenes / "images").iterdir()).read_bytes()
    texts = [
        ("Rex in Ulm", "Rex, one red square and two blue dots in Ulm"),
        ("Rex Ulm Velora Torine", "Rex"),
        ("Rex Ulm Velora",),
        (" ".join([LONG] * 5),),
    ]
    seen = {}
    for names in ("keep", "leave_out"):
        text = dataclasses.replace(quick.text, alt_text_dropped=1.0, caption_tokens=40, unseen_names=names)
        config = dataclasses.replace(quick, text=text)
        source = _source(
            tmp_path / f"{names}.tar", texts=texts, config=config, cache=cache, codec=codec, image=image
        )
        views = source.batch(0)
        seen[names] = {
            view.row.row_id.rpartition("/")[2]: (
                codec.decode(view.alt_ids),
                codec.decode(view.caption_ids),
                view.ended,
            )
            for view in views
        }
        assert source.counts.only_names == (0 if names == "keep" else 1)
    cut = seen["keep"].pop("s3")
    assert (cut[0], cut[2], cut) == ("", False, seen["leave_out"].pop("s3"))
    assert seen == {
        "keep": {
            "s0": ("", texts[0][1], True),
            "s1": ("", texts[1][0], True),
            "s2": ("", texts[2][0], True),
        },
        "leave_out": {
            "s0": ("", "One red square and two blue dots", True),
            "s1": ("Rex", texts[1][0], True),
        },
    }
