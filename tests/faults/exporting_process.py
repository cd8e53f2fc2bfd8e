"""An export in a process of its own, with small parts, which kills itself after so many rows (0: not at all).

python tests/faults/exporting_process.py FORMAT DIR-OR-ADDRESS KILLED-AT
"""

import os
import signal
import sys
from pathlib import Path


def main() -> None:
    """The newest round, with pictures."""
    import django

    django.setup()
    from annotation_server.formats.writers import parquet, webdataset
    from annotation_server.models import Round
    from annotation_server.options.export_round import ExportChoices
    from annotation_server.steps.exports.export_round import exporting as step

    format, place, killed_at = sys.argv[1], sys.argv[2], int(sys.argv[3])
    step.TOLD_EVERY_ROWS = 1
    parquet.ROWS_PER_FILE = parquet.PICTURED_ROWS_PER_FILE = webdataset.ROWS_PER_SHARD = 3

    def progress(*, done: int, total: int, message: str) -> None:
        if total == 0 and done == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    round = Round.objects.select_related("project").get()
    step.export_round(
        project=round.project,
        round=round,
        format=format,
        folder=place if place.startswith("s3://") else Path(place),
        options=ExportChoices(images=True, accepted_only=False),
        requested_by=None,
        progress=progress,
    )


main()
