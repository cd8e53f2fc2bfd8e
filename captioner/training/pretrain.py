"""Pre-training on shards of images with alt-texts: the loop of train.py over a stream."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import torch

from captioner.config import CaptionerConfig
from captioner.examples.tokenizer import TextCodec
from captioner.progress import Progress
from captioner.samples.shards import expand
from captioner.training.shard_source import ShardSource
from captioner.training.sources import Source, make_encoder
from captioner.training.stopping import StopRequest
from captioner.training.train import TrainReport, run_training
from captioner.weights.available import require_weights


def pretrain(
    *,
    config: CaptionerConfig,
    shards: Sequence[str],
    samples: int,
    output: Path,
    cache: Path,
    progress: Progress,
    start_from: Path | None = None,
    overwrite: bool = False,
    stop: StopRequest | None = None,
) -> TrainReport:
    """Trains on `samples` images an epoch from `shards`; killed, the same call goes on in the middle of a shard."""
    config = require_weights(config=config, cache=cache, with_decoder=start_from is None)
    addresses = expand(shards)

    def make_source(device: torch.device, codec: TextCodec | None) -> Source:
        return ShardSource(
            config=config,
            shards=addresses,
            examples_per_epoch=samples,
            cache=cache,
            encoder=make_encoder(config=config, cache=cache, progress=progress, device=device),
            codec=codec,
            tick=lambda: progress(done=0, total=samples, message="embedding images"),
        )

    return run_training(
        config=config,
        make_source=make_source,
        data=[hashlib.sha256("\n".join(addresses).encode()).hexdigest(), str(samples)],
        output=output,
        cache=cache,
        progress=progress,
        start_from=start_from,
        overwrite=overwrite,
        stop=stop,
    )
