"""What a worker of the server does, in a process that has Django set up already."""

from pathlib import Path


def as_a_worker_imports(slug: str, source: Path) -> None:
    """Every row of the source into a new project."""
    from annotation_server.options.import_images import ImportOptions
    from annotation_server.steps.imports.import_images import import_images
    from annotation_server.steps.projects.create_project import create_project

    import_images(
        project=create_project(slug=slug, name=slug, created_by=None),
        source=str(source),
        imported_by=None,
        options=ImportOptions(),
        progress=lambda **told: None,
    )


def as_a_worker_exports(slug: str, folder: Path) -> None:
    """Round 1 as JSON Lines, without pictures."""
    from annotation_server.models import Round
    from annotation_server.options.export_round import ExportOptions
    from annotation_server.steps.exports.export_round import export_round

    round = Round.objects.select_related("project").get(project__slug=slug, number=1)
    export_round(
        project=round.project,
        round=round,
        format="jsonl",
        folder=folder,
        options=ExportOptions(),
        requested_by=None,
        progress=lambda **told: None,
    )
