"""Tokens are counted as the captioner counts them, by the newest run that has a tokenizer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient
from tokenizers import Tokenizer
from tokenizers.implementations import ByteLevelBPETokenizer

from annotation_server.models import CaptionerRun, Image, Project, Round, User
from annotation_server.places import text_limits_folder

ADDRESS = "/api/v1/projects/iguanas/token-counts/"


@pytest.fixture
def counted(
    project: Project, ana: User, settings: Any, tmp_path: Path
) -> Callable[[str], list[dict[str, Any]]]:
    """counted(text) is what ana is answered."""
    settings.RUNS_ROOT = tmp_path
    client = APIClient()
    client.force_login(ana)

    def ask(text: str) -> list[dict[str, Any]]:
        answer = client.post(ADDRESS, {"text": text}, format="json")
        assert answer.status_code == 200
        found: list[dict[str, Any]] = answer.json()
        return found

    return ask


def write_limits(run: CaptionerRun) -> Tokenizer:
    """What a worker leaves after training, with a tokenizer that knows a few words."""
    folder = text_limits_folder(run_id=run.pk)
    folder.mkdir(parents=True)
    made = ByteLevelBPETokenizer()
    corpus: Any = [" a marine iguana on a rock"] * 9
    made.train_from_iterator(corpus, vocab_size=300, special_tokens=["</s>"])
    made.save(str(folder / "decoder.json"))
    limits = {"decoder": {"name": "facebook/opt-1.3b", "limit": 192, "added": 0}}
    (folder / "limits.json").write_text(json.dumps(limits))
    return Tokenizer.from_file(str(folder / "decoder.json"))


def test_nothing_is_counted_before_the_first_run(counted: Callable[[str], list[dict[str, Any]]]) -> None:
    assert counted("A marine iguana") == []


def test_the_count_is_the_tokenizers_own(
    counted: Callable[[str], list[dict[str, Any]]],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Any],
    train: Callable[..., CaptionerRun],
    ana: User,
) -> None:
    make_images(2)
    round = open_round()
    hand_in(round, ana)
    tokenizer = write_limits(train(round, cider=0.5))
    for text in ("a marine iguana", "</s> typed by a person", "", "  東京  "):
        words = f" {text.strip()}" if text.strip() else ""
        tokenizer.encode_special_tokens = True
        expected = len(tokenizer.encode(words).ids)
        assert counted(text) == [
            {"part": "decoder", "model": "facebook/opt-1.3b", "count": expected, "limit": 192}
        ]
    assert expected > 2
