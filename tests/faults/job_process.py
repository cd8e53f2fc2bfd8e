"""A job done by a worker's own code in a process of its own, which kills itself when it says that for so many a time.

python tests/faults/job_process.py JOB MESSAGE TIMES
"""

import os
import signal
import sys
from typing import Any


def main() -> None:
    """Any of the cpu queue's jobs; an empty message: it is not killed."""
    import django

    django.setup()
    from annotation_server.choices import JobKind
    from annotation_server.models import Job
    from annotation_server.steps.archives import export_archive
    from annotation_server.tasks import cpu  # noqa: F401  (opens the doors)
    from annotation_server.tasks.holding import DOORS, Heartbeat, do_job

    job_id, message, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
    export_archive.TOLD_EVERY = 1

    class Mortal(Heartbeat):
        """One that does not outlive what it says."""

        said = 0

        def __call__(self, **told: Any) -> None:
            super().__call__(**told)
            self.said += told["message"] == message
            if message and self.said == times:
                os.kill(os.getpid(), signal.SIGKILL)

    def work(job: Job, heartbeat: Heartbeat) -> None:
        heartbeat.__class__ = Mortal
        DOORS[JobKind(job.kind)](job, heartbeat)

    do_job(job_id=job_id, work=work)


main()
