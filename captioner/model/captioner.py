"""The captioner: mapping network and causal decoder.

Shapes: B rows, E embedding, P visual tokens, T text positions, D decoder width, M labelled positions, V vocabulary.
`image_B` is an embedding a row, or pixels where the image tower is trained too.
"""

from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModelForCausalLM, OPTConfig

from captioner.config import CaptionerConfig, DecoderConfig, LocalDecoder
from captioner.errors import UnsupportedDecoder, WeightsUnavailable, first_line
from captioner.examples.tokenizer import TextCodec
from captioner.model.mapping import MappingNetwork
from captioner.model.vocabulary_loss import summed_loss
from captioner.weights.available import decoder_folder

# What transformers raises at weights and settings that are broken or do not belong together.
BROKEN: Final = (OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError, SafetensorError)


class Captioner(nn.Module):
    """Image embedding and alt-text in, next-token losses or hidden states out. `tower`: an image tower to train."""

    def __init__(
        self,
        *,
        config: CaptionerConfig,
        embedding_width: int,
        decoder: Any,
        tower: nn.Module | None = None,
    ) -> None:
        super().__init__()
        self.decoder = decoder
        self.tower = tower
        self.decoder_width: int = decoder.get_input_embeddings().weight.shape[1]
        self.mapping = MappingNetwork(
            config=config.mapping,
            embedding_width=embedding_width,
            decoder_width=self.decoder_width,
            noise=config.training.embedding_noise,
        )

    @property
    def visual_tokens(self) -> int:
        return self.mapping.constants_PD.shape[0]

    def train(self, mode: bool = True) -> "Captioner":
        """The image tower stays in evaluation mode: what its norms have counted over millions of images is kept."""
        super().train(mode)
        if self.tower is not None:
            self.tower.eval()
        return self

    def embed_images(self, image_B: Tensor) -> Tensor:
        """`embedding_BE`."""
        return image_B if self.tower is None else functional.normalize(self.tower(image_B), dim=-1)

    def prefix(self, embedding_BE: Tensor) -> Tensor:
        """`visual_BPD`."""
        return self.mapping(embedding_BE)  # type: ignore[no-any-return]

    def embed_ids(self, ids_BT: Tensor) -> Tensor:
        return self.decoder.get_input_embeddings()(ids_BT)  # type: ignore[no-any-return]

    def hidden(self, inputs_BSD: Tensor, **options: Any) -> Tensor:
        """The decoder's last hidden states, before the vocabulary."""
        output = self.decoder.base_model(inputs_embeds=inputs_BSD, **options)
        return output.last_hidden_state  # type: ignore[no-any-return]

    def logits(self, hidden: Tensor) -> Tensor:
        return self.decoder.get_output_embeddings()(hidden)  # type: ignore[no-any-return]

    def forward(self, *, image_B: Tensor, ids_BT: Tensor, predicting_M: Tensor, label_M: Tensor) -> Tensor:
        """The loss of a training batch."""
        return self.loss(
            embedding_BE=self.embed_images(image_B), ids_BT=ids_BT, predicting_M=predicting_M, label_M=label_M
        )

    def loss(self, *, embedding_BE: Tensor, ids_BT: Tensor, predicting_M: Tensor, label_M: Tensor) -> Tensor:
        """The sum of the losses of all labels; the vocabulary is computed at their positions only."""
        visual_BPD = self.prefix(embedding_BE)
        inputs_BSD = torch.cat((visual_BPD, self.embed_ids(ids_BT)), dim=1)
        hidden_BSD = self.hidden(inputs_BSD, use_cache=False)
        hidden_MD = hidden_BSD[:, self.visual_tokens :].flatten(0, 1)[predicting_M]
        return summed_loss(
            hidden_MD=hidden_MD, output_layer=self.decoder.get_output_embeddings(), label_M=label_M
        )


def make_decoder(*, config: DecoderConfig, codec: TextCodec, cache: Path) -> Any:
    """The causal language model of `config`: pretrained weights that were fetched, or a new OPT for a local one."""
    if config.local is not None:
        return AutoModelForCausalLM.from_config(_local_opt(config.local, codec=codec, dropout=config.dropout))
    decoder = _pretrained(decoder_folder(config=config, cache=cache), name=config.pretrained)
    set_dropout(decoder, config.dropout)
    check_decoder(decoder)
    return decoder


def _pretrained(folder: Path, *, name: str) -> Any:
    """The decoder whose files lie in `folder`; weights that are missing, of another size or broken are refused."""
    try:
        found: Any = AutoModelForCausalLM.from_pretrained(
            folder, use_safetensors=True, dtype=torch.float32, local_files_only=True, output_loading_info=True
        )
    except BROKEN as error:
        raise WeightsUnavailable(
            f"The decoder {name} in {folder} cannot be loaded ({first_line(error)}): its weights and its config.json do not "
            "belong together, or one is damaged; fetch it again, or name another decoder."
        ) from error
    decoder, loaded = found
    if loaded["missing_keys"]:
        some = ", ".join(sorted(loaded["missing_keys"])[:3])
        raise WeightsUnavailable(
            f"The decoder {name} in {folder} lacks {len(loaded['missing_keys'])} of its weights ({some}); fetch it again, or "
            "name another decoder."
        )
    return decoder


def decoder_from_config(folder: Path) -> Any:
    """An empty decoder of the architecture whose configuration lies in `folder`."""
    return AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(folder))


def check_decoder(decoder: Any) -> None:
    """Refuses a model that computes what this captioner does not: its attention or its logits would be wrong."""
    if not decoder._supports_attention_backend:
        raise UnsupportedDecoder(
            f"{type(decoder).__name__} has an attention of its own that cannot be exchanged, which generation needs; "
            "choose another decoder."
        )
    ids = torch.tensor([[3, 5, 7]])
    training = decoder.training
    decoder.eval()
    with torch.inference_mode():
        inputs = decoder.get_input_embeddings()(ids)
        expected = decoder(inputs_embeds=inputs).logits
        hidden = decoder.base_model(inputs_embeds=inputs).last_hidden_state
        actual = decoder.get_output_embeddings()(hidden)
    decoder.train(training)
    if expected.shape != actual.shape or not torch.allclose(expected, actual, atol=1e-3):
        raise UnsupportedDecoder(
            f"{type(decoder).__name__} changes its logits after the output layer, which this captioner does not do; "
            "choose another decoder."
        )


def _local_opt(local: LocalDecoder, *, codec: TextCodec, dropout: float) -> OPTConfig:
    return OPTConfig(
        vocab_size=codec.size,
        hidden_size=local.width,
        word_embed_proj_dim=local.width,
        ffn_dim=4 * local.width,
        num_hidden_layers=local.layers,
        num_attention_heads=local.heads,
        max_position_embeddings=local.positions,
        dropout=dropout,
        attention_dropout=0.0,
        pad_token_id=codec.padding_id,
        bos_token_id=codec.separator_id,
        eos_token_id=codec.end_id,
    )


def set_dropout(decoder: Any, share: float) -> None:
    """The share of activations that the decoder drops in training, whatever its own configuration says."""
    for name in ("dropout", "attention_dropout", "resid_pdrop"):
        if hasattr(decoder.config, name):
            setattr(decoder.config, name, share)
    for module in decoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = share
        elif isinstance(getattr(module, "dropout", None), float):
            module.dropout = share
