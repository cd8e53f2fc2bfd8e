"""The import under test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation_server.intake.import_report import ImportReport
from annotation_server.models import (
    Project,
    User,
)
from annotation_server.options.import_images import ImportOptions
from annotation_server.steps.imports.import_images import import_images
from tests.steps.imports.import_images.importing import Import, quiet


@pytest.fixture
def run(project: Project) -> Import:
    """run(path, **options) imports into the project."""

    def start(
        source: Path, *, progress: Callable[..., None] = quiet, by: User | None = None, **options: Any
    ) -> ImportReport:
        wanted = ImportOptions(processes=1, **options)
        return import_images(
            project=project, source=str(source), imported_by=by, options=wanted, progress=progress
        )

    return start
