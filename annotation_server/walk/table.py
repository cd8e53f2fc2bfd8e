"""What happened in each round, as a table."""

from statistics import mean
from typing import Any

from annotation_server.texts.word_edits import word_distance
from annotation_server.texts.words import words
from annotation_server.walk.loop import Walked

# A draft with at most so many words changed counts as accepted with little editing.
LITTLE = 2


def words_changed(before: str, after: str) -> int:
    """Levenshtein distance in words."""
    return word_distance(words(before), words(after))


def round_row(walked: Walked) -> dict[str, Any]:
    """The figures of one round."""
    submitted = [caption for caption in walked.captions if caption["seconds"] is not None]
    changed = [words_changed(caption["starting_text"], caption["text"]) for caption in submitted]
    drafted = walked.round["starting_text"] == "draft"
    row: dict[str, Any] = {
        "round": walked.round["number"],
        "starting_text": walked.round["starting_text"],
        "captions": len(submitted),
        "mean_words": round(mean(len(words(caption["text"])) for caption in submitted), 1),
        "mean_words_changed": round(mean(changed), 2),
        "drafts_unchanged": round(changed.count(0) / len(changed), 3) if drafted else None,
        "drafts_little_changed": round(sum(n <= LITTLE for n in changed) / len(changed), 3)
        if drafted
        else None,
        "captions_per_s": round(len(submitted) / walked.seconds_annotating, 1),
        "jobs_s": round(walked.seconds_of_jobs, 1),
        "run": walked.run and walked.run["name"],
        "promoted": walked.run and walked.run["promoted"],
    }
    for evaluation in (walked.run or {}).get("evaluations", []):
        if evaluation["slice"] == "":
            row[evaluation["source"]] = {
                name: value
                for name, value in evaluation["metrics"].items()
                if isinstance(value, (int, float))
            }
    return row


def as_table(rows: list[dict[str, Any]]) -> str:
    """The rounds; the captioner with and without alt-text beside the alt-text itself; what became of names and claims."""
    columns = [name for name in rows[0] if not isinstance(rows[0][name], dict)]
    lines = [_line(columns, columns, rows)]
    lines += [_line(columns, [row[name] for name in columns], rows) for row in rows]
    sources = ("with_alt", "without_alt", "alt_text")
    names = sorted({name for row in rows for source in sources for name in row.get(source, {})})
    width = max([len(name) for name in names] + [12])
    lines += ["", "run".ljust(16) + "captions".ljust(14) + "".join(name.rjust(width + 2) for name in names)]
    for row in rows:
        for source in sources:
            values = [row.get(source, {}).get(name) for name in names]
            cells = "".join(("–" if v is None else f"{v:.3f}").rjust(width + 2) for v in values)
            if source in row:
                lines.append(str(row["run"]).ljust(16) + source.ljust(14) + cells)
    lines += ["", "run".ljust(16) + "held-out scenes, with alt-text"]
    for row in rows:
        shares = ", ".join(
            f"{name.replace('_', ' ')} {share:.1%}" for name, share in row.get("claims", {}).items()
        )
        lines.append(str(row["run"]).ljust(16) + (shares or "wrote no drafts: below the gate"))
    return "\n".join(lines)


def _line(columns: list[str], values: list[Any], rows: list[dict[str, Any]]) -> str:
    widths = [max(len(name), *(len(_text(row[name])) for row in rows)) for name in columns]
    return "  ".join(_text(value).rjust(width) for value, width in zip(values, widths, strict=True))


def _text(value: Any) -> str:
    return "–" if value is None else str(value)
