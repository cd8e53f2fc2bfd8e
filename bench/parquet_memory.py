"""Memory of a Parquet export with photographs: groups of 500 rows beside groups that end at 8 MB of pictures.

    .venv/bin/python -m bench.parquet_memory [--json] [--rows 2000] [--kilobytes 180]

Each side writes the same rows in a process of its own, with Django and pyarrow loaded as in the command. A picture is random
bytes of the size that the screen rendition of a photograph of one megapixel has: nothing packs them any further.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotation_server.formats.writers.row import ExportRow

UNBOUNDED = 1 << 62


def write(*, rows: int, kilobytes: int, bytes_per_group: int, folder: Path) -> float:
    """The peak of this process's memory in MB after the export."""
    from annotation_server.formats.writers import parquet
    from annotation_server.formats.writers.parts import Parts
    from annotation_server.formats.writers.row import Contents

    parquet.BYTES_PER_GROUP = bytes_per_group
    contents = Contents(project="p", name="P", language="en", round=1, rounds=[1])
    with closing(Parts(partial=folder, left=[], key="")) as parts:
        parquet.write(rows=_rows(rows, kilobytes, folder), parts=parts, contents=contents)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _rows(count: int, kilobytes: int, folder: Path) -> Iterator["ExportRow"]:
    from annotation_server.formats.writers.row import ExportRow

    picture = folder / "picture.webp"
    for number in range(count):
        picture.write_bytes(os.urandom(kilobytes * 1000))
        yield ExportRow(
            sha256=f"{number:064x}",
            split="train",
            caption="A green iguana sits on a branch above the water and looks at the camera.",
            caption_source="caption",
            alt_texts=["iguana"],
            captions=[],
            **dict.fromkeys(("source", "domain", "licence", "source_key", "image_url", "page_url"), ""),
            width=1152,
            height=864,
            face_boxes=[],
            picture=picture,
        )


def measure(arguments: argparse.Namespace) -> dict[str, float]:
    """Both sides, one after the other."""
    found = {}
    for side, limit in (("rows_alone", UNBOUNDED), ("bounded", 0)):
        command = [sys.executable, "-m", "bench.parquet_memory", "--side", str(limit)]
        command += ["--rows", str(arguments.rows), "--kilobytes", str(arguments.kilobytes)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found[f"{side}_mb"] = round(float(done.stdout), 1)
        print(f"{side:<12}{found[f'{side}_mb']:8.1f} MB", file=sys.stderr)
    return found | {"ratio": round(found["rows_alone_mb"] / found["bounded_mb"], 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--kilobytes", type=int, default=180)
    parser.add_argument("--side", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side is None:
        print(json.dumps(measure(arguments)))
        return
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_server.settings")
    django.setup()
    from annotation_server.formats.writers.parquet import BYTES_PER_GROUP

    with tempfile.TemporaryDirectory() as folder:
        limit = arguments.side or BYTES_PER_GROUP
        sizes = {"rows": arguments.rows, "kilobytes": arguments.kilobytes}
        print(write(**sizes, bytes_per_group=limit, folder=Path(folder)))


if __name__ == "__main__":
    main()
