"""A project brought in from its archive's folder, as manage.py does it, by a process that kills itself when it says that.

python tests/faults/restoring_process.py FOLDER SLUG MESSAGE
"""

import os
import signal
import sys
from pathlib import Path


def main() -> None:
    """An empty message: it is not killed."""
    import django

    django.setup()
    from annotation_server.steps.archives.import_archive import import_archive

    folder, slug, fatal = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

    def progress(*, done: int, total: int, message: str) -> None:
        if message == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    import_archive(folder=folder, slug=slug, imported_by=None, progress=progress)


main()
