"""Conversations about pictures, JSON or JSON Lines: LLaVA's and ShareGPT's `conversations`, or `messages` with roles.

The first answer is the text. The other turns are told as not used.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.json_objects import first_object, objects, rows_of
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.source import Source

NAME = "conversations"
ENCODED = True
TURNS = ("conversations", "conversation", "messages")
ANSWERS = {"gpt", "assistant", "model", "bot", "chatgpt"}
TEXT = "the answer"

QUESTION = "It is a turn of the one who asks."
LATER_ANSWER = "It is an answer after the first one."


def recognises(path: Path) -> bool:
    """Objects with a list of turns."""
    return _turns_of(first_object(path)) is not None


def read(*, path: Path, columns: Mapping[str, str], encoding: str = "") -> Source:
    """Rows in the file's order. Raises UnreadableSource."""
    if not recognises(path) and list_of_objects(document(path)) is None:
        raise UnreadableSource(f"{path} is not of the format {NAME}.")
    found, total = objects(path, encoding)
    known = Columns(names=[], said=columns, meant={TEXT: "alt_texts", "images": "image"})
    ledger = Ledger()

    def cells_of(cells: dict[str, Any]) -> dict[str, Any]:
        rest = {name: _one_picture(cell) for name, cell in cells.items() if name not in TURNS}
        return {**rest, TEXT: _answer(_turns_of(cells) or [], ledger)}

    rows = rows_of(found, known, path.parent, cells_of=cells_of)
    return Source(format=NAME, rows=rows, total=total, columns=known, ledger=ledger)


def _turns_of(cells: Mapping[str, Any]) -> list[Any] | None:
    return next((cells[name] for name in TURNS if isinstance(cells.get(name), list)), None)


def _one_picture(cell: Any) -> Any:
    """A list of one, as it has where several are allowed."""
    return cell[0] if isinstance(cell, list) and len(cell) == 1 else cell


def _answer(turns: list[Any], ledger: Ledger) -> list[str]:
    """The first answer that says something."""
    taken: list[str] = []
    for turn in turns:
        who, text = _said(turn)
        if who not in ANSWERS:
            ledger.leave(Kind.TEXT, QUESTION, example=text)
        elif taken:
            ledger.leave(Kind.TEXT, LATER_ANSWER, example=text)
        elif text.strip():
            taken.append(text)
    return taken


def _said(turn: Any) -> tuple[str, str]:
    """Who, and what. The text may come in pieces, some of which are pictures."""
    if not isinstance(turn, dict):
        return "", ""
    who = turn.get("from", turn.get("role"))
    text = turn.get("value", turn.get("content"))
    if isinstance(text, list):
        text = "\n".join(
            piece["text"] for piece in text if isinstance(piece, dict) and isinstance(piece.get("text"), str)
        )
    return (who.lower() if isinstance(who, str) else ""), text if isinstance(text, str) else ""
