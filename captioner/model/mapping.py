"""The mapping network: one image embedding in, visual tokens as wide as the decoder out.

A transformer as in ClipCap: pre-norm, ReLU, no mask. It runs over positions projected from the embedding followed by
learned constants, and the outputs at the constants are the visual tokens.

Shapes: B batch, E embedding, J projected positions, P visual tokens, S = J + P, D decoder width, H heads, C = D / H.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from captioner.config import MappingConfig


class Block(nn.Module):
    """Self-attention and MLP, each behind a layer norm and beside a residual."""

    def __init__(self, *, width: int, heads: int, mlp_ratio: float) -> None:
        super().__init__()
        hidden = int(width * mlp_ratio)
        self.heads = heads
        self.attention_norm = nn.LayerNorm(width)
        self.queries_keys_values = nn.Linear(width, 3 * width, bias=False)
        self.attended = nn.Linear(width, width)
        self.mlp_norm = nn.LayerNorm(width)
        self.mlp_in = nn.Linear(width, hidden)
        self.mlp_out = nn.Linear(hidden, width)

    def forward(self, x_BSD: Tensor) -> Tensor:
        batch, positions, width = x_BSD.shape
        qkv = self.queries_keys_values(self.attention_norm(x_BSD))
        query_BHSC, key_BHSC, value_BHSC = qkv.view(batch, positions, 3, self.heads, -1).permute(
            2, 0, 3, 1, 4
        )
        attended_BHSC = functional.scaled_dot_product_attention(query_BHSC, key_BHSC, value_BHSC)
        x_BSD = x_BSD + self.attended(attended_BHSC.transpose(1, 2).reshape(batch, positions, width))
        hidden = functional.relu(self.mlp_in(self.mlp_norm(x_BSD)))
        return x_BSD + self.mlp_out(hidden)  # type: ignore[no-any-return]


class MappingNetwork(nn.Module):
    """From `embedding_BE` to `visual_BPD`. Noise is added in training only."""

    def __init__(
        self, *, config: MappingConfig, embedding_width: int, decoder_width: int, noise: float = 0.0
    ) -> None:
        super().__init__()
        self.noise = noise
        self.projected = config.projected
        self.decoder_width = decoder_width
        self.project = nn.Linear(embedding_width, config.projected * decoder_width)
        self.constants_PD = nn.Parameter(torch.randn(config.visual_tokens, decoder_width))
        self.blocks = nn.ModuleList(
            Block(width=decoder_width, heads=config.heads, mlp_ratio=config.mlp_ratio)
            for _ in range(config.layers)
        )

    def forward(self, embedding_BE: Tensor) -> Tensor:
        batch = embedding_BE.shape[0]
        # A unit vector has tiny entries; the network starts better from entries of about one.
        scaled_BE = embedding_BE * math.sqrt(embedding_BE.shape[1])
        if self.training and self.noise:
            scaled_BE = scaled_BE + self.noise * torch.randn_like(scaled_BE)
        projected_BJD = self.project(scaled_BE).view(batch, self.projected, self.decoder_width)
        constants_BPD = self.constants_PD.expand(batch, -1, -1)
        x_BSD = torch.cat((projected_BJD, constants_BPD), dim=1)
        for block in self.blocks:
            x_BSD = block(x_BSD)
        return x_BSD[:, self.projected :]
