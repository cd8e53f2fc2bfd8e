"""Weights of other people's kinds, as small as they get, in a folder as their makers publish them."""

import json
from pathlib import Path

import open_clip
import torch
from safetensors.torch import save_file
from tokenizers.implementations import ByteLevelBPETokenizer
from transformers import OPTConfig, OPTForCausalLM, PreTrainedTokenizerFast

OPEN_CLIP = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 1, "layers": 1},
}


def write_opt(folder: Path, *, width: int = 16) -> None:
    """An OPT of random weights: its settings, a tokenizer, and a pickle whose tied weights have two names."""
    folder.mkdir(parents=True, exist_ok=True)
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(
        iter(["two small red dots"]), special_tokens=["<s>", "<pad>", "</s>"], show_progress=False
    )
    PreTrainedTokenizerFast(
        tokenizer_object=trainer._tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>"
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = OPTConfig(
        vocab_size=trainer.get_vocab_size(),
        hidden_size=width,
        word_embed_proj_dim=width,
        ffn_dim=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=128,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        architectures=["OPTForCausalLM"],
    )
    config.save_pretrained(folder)
    torch.save(dict(OPTForCausalLM(config).state_dict()), folder / "pytorch_model.bin")


def write_open_clip(folder: Path) -> None:
    """An open_clip model of random weights: its settings and safetensors."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    model = open_clip.CLIP(**OPEN_CLIP)
    fields = {"model_cfg": OPEN_CLIP, "preprocess_cfg": {"mean": [0.5] * 3, "std": [0.5] * 3}}
    (folder / "open_clip_config.json").write_text(json.dumps(fields))
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")
