"""How many floating-point operations useful work takes: linear layers and attention, without padding.

A multiply-add counts as two. Forward and backward together take three times the forward pass, as in Kaplan et al. 2020
(arXiv 2001.08361), section 2.1, and Chowdhery et al. 2022 (arXiv 2204.02311), appendix B, which defines MFU.
"""

from collections.abc import Sequence

from bench.captions.scale import MLP_RATIO, PATCH, SIDE, VISUAL_TOKENS, Sizes
from captioner.examples.views import View


def training_flops(sizes: Sizes, views: Sequence[View]) -> float:
    """Of one training step over `views`, forward and backward, without the image tower."""
    decoder_layer = 12 * sizes.width**2
    mapping = sizes.mapping_layers * (4 + 2 * MLP_RATIO) * sizes.width**2
    project = VISUAL_TOKENS * sizes.width * sizes.embedding
    total = 0.0
    for view in views:
        positions = VISUAL_TOKENS + view.length + 1
        attention = 2 * sizes.width * positions / 2
        total += positions * sizes.layers * (decoder_layer + attention) + 2 * VISUAL_TOKENS * mapping
        total += (len(view.caption_ids) + 1) * sizes.width * sizes.vocabulary
        total += project
    return 6 * total


def tower_flops(sizes: Sizes) -> float:
    """Of one image's way through the image tower, forward only."""
    positions = (SIDE // PATCH) ** 2 + 1
    layer = 12 * sizes.tower_width**2 + 2 * sizes.tower_width * positions
    return 2 * positions * sizes.tower_layers * layer
