"""What the manifest of every export says, whatever the export holds."""

from typing import Any

from annotation_server.models import Export
from annotation_server.models.captioner_run import run_name
from annotation_server.versions import CODE_VERSION, EXPORT_SCHEMA_VERSION


def manifest_of(
    *, export: Export, captioner_runs: list[dict[str, Any]], files: list[dict[str, Any]], **facts: Any
) -> dict[str, Any]:
    """`facts` are those of this kind of export: `row_count` must be among them."""
    return {
        "schema_version": EXPORT_SCHEMA_VERSION,
        "code_version": CODE_VERSION,
        "project": export.project.slug,
        "language": export.project.language,
        "round": export.round.number,
        "captioner_runs": captioner_runs,
        "format": export.format,
        "options": export.options,
        **facts,
        "files": files,
    }


def told_of_run(
    *,
    number: int,
    through_round: int,
    recipe: str,
    started_from: dict[str, Any],
    training_set_sha256: str | None,
) -> dict[str, Any]:
    """A captioner run, named by the rounds that it saw, and the weights that it began with."""
    return {
        "number": number,
        "name": run_name(through_round=through_round),
        "recipe": recipe,
        "started_from": started_from,
        "training_set_sha256": training_set_sha256,
    }
