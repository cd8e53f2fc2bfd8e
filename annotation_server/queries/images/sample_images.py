"""The images that captioner runs' samples are of."""

from collections.abc import Iterable

from annotation_server.models import CaptionerRun, Image


def sample_images(*, runs: Iterable[CaptionerRun]) -> dict[tuple[int, str], Image]:
    """Per project and SHA-256, in one query for all runs; without those that were taken down."""
    hashes = {
        (run.project_id, sample["sha256"])
        for run in runs
        for sample in run.report.get("samples", [])
        if "sha256" in sample
    }
    images = Image.objects.filter(
        project__in={project for project, _ in hashes},
        sha256__in={sha256 for _, sha256 in hashes},
        withdrawn_at=None,
    ).select_related("project")
    return {(image.project_id, image.sha256): image for image in images}
