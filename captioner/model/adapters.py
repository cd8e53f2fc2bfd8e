"""LoRA: low-rank adapters beside the decoder's linear layers, put in by peft and merged away for generation and export.

Training changes the adapters and the mapping network only. A checkpoint keeps base weights and adapters apart, so that
training can go on from it; whatever generates from it works on the merged decoder, which is an ordinary one.
"""

from typing import Any

from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import nn
from transformers.pytorch_utils import Conv1D

from captioner.config import Lora


def add_adapters(*, decoder: nn.Module, lora: Lora) -> None:
    """Freezes the decoder and puts an adapter beside each of its linear layers but the vocabulary's."""
    decoder.requires_grad_(False)
    settings = LoraConfig(
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules="all-linear",
        # GPT-2's linear layers keep their weights the other way round.
        fan_in_fan_out=any(isinstance(module, Conv1D) for module in decoder.modules()),
    )
    inject_adapter_in_model(settings, decoder)


def merge_adapters(*, decoder: nn.Module) -> None:
    """Adds what the adapters learned to the layers they stand beside, and takes the adapters out."""
    adapted = [name for name, module in decoder.named_modules() if isinstance(module, BaseTunerLayer)]
    for name in adapted:
        layer: Any = decoder.get_submodule(name)
        layer.merge()
        parent, _, attribute = name.rpartition(".")
        setattr(decoder.get_submodule(parent), attribute, layer.get_base_layer())
    # peft leaves its settings on the model, which would otherwise be taken for one with adapters.
    if hasattr(decoder, "peft_config"):
        del decoder.peft_config
