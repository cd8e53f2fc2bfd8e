"""Two thousand drafts stored by a worker's own code in a process of its own, which kills itself after so many (0: not at all).

python tests/faults/drafting_process.py JOB KILLED-AT
"""

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any


def main() -> None:
    """One draft of each image, as the captioner wrote them into a file."""
    import django

    django.setup()
    from annotation_server.models import Image, Job
    from annotation_server.steps.runs.write_drafts import write_drafts
    from annotation_server.tasks.holding import Heartbeat, do_job

    job_id, killed_at = sys.argv[1], int(sys.argv[2])

    def rows(images: list[int]) -> Iterator[dict[str, Any]]:
        for number, image in enumerate(images, start=1):
            yield {"row_id": str(image), "text": f"Draft of {image}. " * 50, "mean_logprob": -0.5}
            if number == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def work(job: Job, heartbeat: Heartbeat) -> None:
        assert job.run is not None
        images = list(Image.objects.filter(project=job.project).values_list("pk", flat=True))
        write_drafts(run=job.run, hold=heartbeat.hold, decode={}, rows=rows(images), row_count=len(images))

    do_job(job_id=job_id, work=work)


main()
