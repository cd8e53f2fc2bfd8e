"""Texts to token ids and back. Nothing in a text is ever taken for a special token."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tokenizers.decoders import DecodeStream
from tokenizers.implementations import ByteLevelBPETokenizer
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from captioner.config import DecoderConfig, LocalDecoder
from captioner.errors import UnsupportedDecoder, WeightsUnavailable, first_line
from captioner.weights.available import decoder_folder

BROKEN = "\ufffd"
# In tokens: one of UTF-8's four bytes each, at worst.
LONGEST_CHARACTER = 4


class TextCodec:
    """A tokenizer of transformers behind the few calls the captioner makes.

    Every text is encoded as if a space stood before it: so a word has the same tokens wherever it stands, which makes
    copying it from the alt-text a matter of repeating ids.
    """

    def __init__(self, tokenizer: Any) -> None:
        if tokenizer.eos_token_id is None:
            raise UnsupportedDecoder(
                "The decoder's tokenizer has no end-of-text token, so captions could not end."
            )
        # "</s>" typed by a person is four characters, not the end of the text.
        tokenizer.backend_tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self.end_id: int = tokenizer.eos_token_id
        # Stands between alt-text and caption, so that the first word is predicted from a token that means "now begin".
        self.separator_id: int = self.end_id if tokenizer.bos_token_id is None else tokenizer.bos_token_id
        self.padding_id: int = self.end_id if tokenizer.pad_token_id is None else tokenizer.pad_token_id
        self.size: int = len(tokenizer)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, without special tokens; none for an empty text."""
        spaced = [f" {text.strip()}" if text.strip() else "" for text in texts]
        encodings = self._tokenizer.backend_tokenizer.encode_batch(spaced, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def decode(self, ids: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text.strip()

    def cut(self, ids: Sequence[int], *, limit: int) -> tuple[int, ...]:
        """The first `limit` ids, less those of a character that would not be whole: a character may take several tokens."""
        return tuple(ids) if len(ids) <= limit else self.whole(ids[:limit])

    def whole(self, ids: Sequence[int]) -> tuple[int, ...]:
        """The ids without a character at their end that is only begun."""
        count = len(ids)
        while count and self.decode(ids[max(0, count - LONGEST_CHARACTER) : count]).endswith(BROKEN):
            count -= 1
        return tuple(ids[:count])

    def pieces(self, ids: Sequence[int]) -> list[str]:
        """The text that each token adds, for showing which words the model doubted. Of a character that takes several tokens
        the last one has it, and the others have none."""
        stream = DecodeStream(skip_special_tokens=True)
        return [stream.step(self._tokenizer.backend_tokenizer, token) or "" for token in ids]

    def save(self, folder: Path) -> None:
        self._tokenizer.save_pretrained(folder)


def load_codec(folder: Path) -> TextCodec:
    """The tokenizer that `save` wrote."""
    return TextCodec(AutoTokenizer.from_pretrained(folder, use_fast=True))


def make_codec(*, config: DecoderConfig, corpus: Iterable[str], cache: Path) -> TextCodec:
    """The decoder's own tokenizer, or for a local decoder one trained on `corpus`."""
    if config.local is not None:
        return TextCodec(_train(local=config.local, corpus=corpus))
    folder = decoder_folder(config=config, cache=cache)
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True, local_files_only=True)
    except Exception as error:  # the library `tokenizers` raises bare exceptions at broken files
        raise WeightsUnavailable(
            f"The tokenizer of {config.pretrained} in {folder} cannot be loaded ({first_line(error)}); fetch it again, or name "
            "another decoder."
        ) from error
    return TextCodec(tokenizer)


def _train(*, local: LocalDecoder, corpus: Iterable[str]) -> PreTrainedTokenizerFast:
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(
        (f" {text.strip()}" for text in corpus),
        vocab_size=local.vocabulary,
        min_frequency=12,
        special_tokens=["<pad>", "<s>", "</s>"],
        show_progress=False,
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=trainer._tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
    )
