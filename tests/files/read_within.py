"""`python -m tests.files.read_within SOURCE BYTES`: the problem of each row, or of all, and by how many bytes the process
grew, as a line of JSON.

A process of its own: what others before it took and gave back is not there to be used.
"""

import json
import resource
import sys
from pathlib import Path

from annotation_server.errors import Refusal
from annotation_server.files.memory_limit import limited_memory
from annotation_server.formats.readers import open_source


def main() -> None:
    source, limit = sys.argv[1], int(sys.argv[2])
    before = peak = _resident()
    problems = []
    try:
        with limited_memory(limit):
            for row in open_source(source=source).rows:
                problems.append(row.problem)
                peak = max(peak, _resident())
    except Refusal as refusal:
        problems.append(refusal.message)
    print(json.dumps({"problems": problems, "grown": peak - before}))


def _resident() -> int:
    """Bytes of memory in use now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
