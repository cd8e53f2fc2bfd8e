"""Import and export: rows per second in and out of each format, with pictures, and what becomes of both at a million images.

    .venv/bin/python -m bench.import_export [--json] [--rows 10000] [--format-rows 1000] [--large 1000000]
    .venv/bin/python -m bench.import_export [--json] --real 1000000

Pictures are 64 × 64 JPEGs, each decoded, hashed, looked up among near-duplicates and written as a rendition for the
screen. Every import and export is a command of its own (start-up included), timed with its memory; CPU is that of the
command with its decoders.
The growth of an import is the time of the same rows among a million images over that among ten thousand; its database part
(near-duplicates looked up, rows stored) is told apart, too.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation_server.embedded.servers import EmbeddedServers
from bench.imports.real import measure_real

if TYPE_CHECKING:
    from annotation_server.models import Caption

ROOT = Path(__file__).resolve().parent.parent
# ../docs/import.md tells the conditions: doccano 1.8.4, 5,000 images, 222 s, 109 s of CPU; it neither decodes nor hashes.
DOCCANO_ROWS_PER_S = 5_000 / 222
CAPTION = ", a green iguana with a spiny crest, basking on dark volcanic rock by the sea."
DOCCANO_CPU_MS = 109 / 5_000 * 1_000


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One command."""

    rows: int
    seconds: float
    cpu_seconds: float
    peak_mb: float

    @property
    def rows_per_s(self) -> float:
        return self.rows / self.seconds


@contextmanager
def started() -> Iterator[Path]:
    """A database of our own, migrated, with Django set up; and a folder. Both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="altogether-bench-"))
    try:
        with EmbeddedServers(var=folder) as servers:
            os.environ |= {
                "DATABASE_URL": servers.addresses.database_url,
                "REDIS_URL": servers.addresses.redis_url,
                "ALTOGETHER_VAR": str(folder),
                "DJANGO_SETTINGS_MODULE": "annotation_server.settings",
                "LOG_LEVEL": "WARNING",
            }
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_pictures(folder: Path, *, count: int, seed: int = 0) -> Path:
    """A manifest of so many different small pictures."""
    from PIL import Image

    (folder / "images").mkdir(parents=True)
    manifest = folder / "rows.jsonl"
    with manifest.open("w") as file:
        for number in range(count):
            coarse = Image.frombytes("RGB", (9, 8), random.Random(f"{seed}/{number}").randbytes(216))
            name = f"images/{number:06d}.jpg"
            coarse.resize((64, 64), Image.Resampling.BICUBIC).save(folder / name, quality=85)
            row = {"image": name, "alt_text": f"Green iguana number {number} near Puerto Ayora, Santa Cruz"}
            file.write(json.dumps(row) + "\n")
    return manifest


def manage(*arguments: str | Path, rows: int) -> Timed:
    """Run a command of the server and measure it."""
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
        peak_mb = watch_memory(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command[2:])}\n{said.read().decode()[-2_000:]}")
    return Timed(rows=rows, seconds=seconds, cpu_seconds=used.ru_utime + used.ru_stime, peak_mb=peak_mb)


def watch_memory(process: int) -> float:
    """Wait until the process has ended; its largest resident size in MiB (wait4 counts ours too, from before its exec)."""
    peak = 0
    while True:
        try:
            status = Path(f"/proc/{process}/status").read_text()
        except OSError:
            return peak / 1024
        found = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        if not found:  # It has ended and waits to be asked.
            return peak / 1024
        peak = max(peak, int(found[0].split()[1]))
        time.sleep(0.05)


def import_into(slug: str, source: Path, *, rows: int) -> Timed:
    """By the command, into a new project or one that is there."""
    return manage("import_images", source, "--project", slug, "--create", rows=rows)


def export(slug: str, format: str, folder: Path, *, rows: int, pictures: bool) -> Timed:
    """Round 1 by the command."""
    with_pictures = ["--images"] if pictures else []
    return manage(
        "export_round", slug, "1", "--format", format, "--output", folder, *with_pictures, rows=rows
    )


def annotate(slug: str) -> None:
    """Round 1 of the project, each task accepted with a caption; this is not what is measured."""
    from django.db import connection

    from annotation_server.choices import StartingText
    from annotation_server.models import Caption, Project, Task
    from annotation_server.steps.add_person import add_person
    from annotation_server.steps.launch_round import RoundSettings, launch_round

    project = Project.objects.get(slug=slug)
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT)
    round = launch_round(project=project, settings=settings, launched_by=None)
    person = add_person(username=f"annotator-of-{slug}")
    first = Task.objects.filter(round=round).earliest("pk")
    pattern = Caption.objects.create(
        task=first,
        annotator=person,
        alt_text_id=first.alt_text_id,
        submission_id=uuid.uuid4(),
        text=first.starting_text + CAPTION,
        seconds=31.5,
    )
    with connection.cursor() as cursor:
        cursor.execute(_captions_like(pattern), [CAPTION, pattern.pk, round.pk, first.pk])
        cursor.execute(
            """
            UPDATE task SET state = 'accepted', annotator_id = %s, current_caption_id = caption.id
            FROM caption WHERE caption.task_id = task.id AND task.round_id = %s
            """,
            [person.pk, round.pk],
        )
        cursor.execute("VACUUM ANALYZE task, caption")


def _captions_like(pattern: "Caption") -> str:
    """SQL for a caption of every other task of a round, in all else like the pattern."""
    own = {
        "task_id": "task.id",
        "alt_text_id": "task.alt_text_id",
        "submission_id": "gen_random_uuid()",
        "text": "task.starting_text || %s",
    }
    columns = [field.get_attname() for field in pattern._meta.concrete_fields if not field.primary_key]
    values = [own.get(column, f"pattern.{column}") for column in columns]
    return (
        f"INSERT INTO caption ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608  (names of our own columns)
        "FROM caption AS pattern, task WHERE pattern.id = %s AND task.round_id = %s AND task.id <> %s"
    )


def fill(slug: str, *, images: int) -> None:
    """A project with so many images whose pictures nobody asks for, with alt-texts; hashes as random as real ones."""
    from django.db import connection

    from bench.big_round import make_project

    project = make_project(slug=slug, images=images)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE image SET perceptual_hash = hashint8extended(id, 7) WHERE project_id = %s", [project.pk]
        )
        cursor.execute("VACUUM ANALYZE image")


def time_database_part(slug: str, *, lookups: int) -> float:
    """Seconds per row of looking near-duplicates up and storing rows in the project; all is taken back."""
    from django.db import connection, transaction

    from annotation_server.models import AltText, Image, ImageCluster, Project
    from annotation_server.queries.near_duplicates import Look, near_duplicates

    project = Project.objects.get(slug=slug)
    rng = random.Random(1)
    began = time.perf_counter()
    chunk = 200
    with transaction.atomic():
        for start in range(0, lookups, chunk):
            hashes = [rng.getrandbits(64) - 2**63 for _ in range(chunk)]
            near_duplicates(project=project, looks=[Look(perceptual_hash=h, colour_grid=b"") for h in hashes])
            clusters = ImageCluster.objects.bulk_create(
                ImageCluster(project=project, split="train") for _ in hashes
            )
            images = Image.objects.bulk_create(
                Image(
                    project=project,
                    cluster=cluster,
                    split="train",
                    sha256=f"{start + number:064x}",
                    perceptual_hash=hashed,
                    width=64,
                    height=64,
                    byte_count=900,
                    media_type="image/jpeg",
                )
                for number, (cluster, hashed) in enumerate(zip(clusters, hashes, strict=True))
            )
            AltText.objects.bulk_create(AltText(image=image, position=0, text="iguana") for image in images)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    connection.close()
    return seconds / lookups


def measure(folder: Path, *, rows: int, format_rows: int, large: int) -> dict[str, Any]:
    """Everything, told while it goes on."""
    from annotation_server.formats.writers import WRITERS

    figures: dict[str, Any] = {}
    imported = import_into("main", write_pictures(folder / "main", count=rows), rows=rows)
    tell("import jsonl, with pictures", imported)
    annotate("main")
    small = export("main", "jsonl", folder / "out-main", rows=rows, pictures=False)
    tell("export jsonl, texts only", small)
    figures |= {
        "import_rows_per_s": round(imported.rows_per_s, 1),
        "import_cpu_ms_per_row": round(imported.cpu_seconds / rows * 1_000, 2),
        "import_peak_mb": round(imported.peak_mb, 1),
        "import_vs_doccano": round(imported.rows_per_s / DOCCANO_ROWS_PER_S, 1),
        "import_cpu_vs_doccano": round(DOCCANO_CPU_MS / (imported.cpu_seconds / rows * 1_000), 1),
    }
    if format_rows:
        figures |= measure_formats(folder, list(WRITERS), rows=format_rows)
    figures |= measure_large(folder, small=small, rows=rows, large=large)
    return figures


def measure_formats(folder: Path, formats: list[str], *, rows: int) -> dict[str, Any]:
    """Out of a project with pictures, and into a new one from what was written."""
    import_into("formats", write_pictures(folder / "formats", count=rows, seed=1), rows=rows)
    annotate("formats")
    read, written = {}, {}
    for format in formats:
        out = folder / f"out-{format}"
        exported = export("formats", format, out, rows=rows, pictures=True)
        source = {"coco": out / "captions.json", "altogether_ft": out / "data.json"}.get(format, out)
        imported = import_into(f"from-{format.replace('_', '-')}", source, rows=rows)
        written[format], read[format] = round(exported.rows_per_s, 1), round(imported.rows_per_s, 1)
        tell(f"export {format}, with pictures", exported)
        tell(f"import {format}, with pictures and captions", imported)
        shutil.rmtree(out)
    return {"export_rows_per_s_by_format": written, "import_rows_per_s_by_format": read}


def measure_large(folder: Path, *, small: Timed, rows: int, large: int) -> dict[str, Any]:
    """Growth: an import's database part and an export's memory, at `large` images against few."""
    fill("few", images=rows)
    fill("many", images=large)
    time_database_part("few", lookups=200)
    few, many = (time_database_part(slug, lookups=2_000) for slug in ("few", "many"))
    print(
        f"an import's database part: {few * 1_000:.2f} ms/row among {rows:,} images, {many * 1_000:.2f} among {large:,}"
    )
    pictures = write_pictures(folder / "more", count=rows, seed=2)
    into_few, into_many = (import_into(slug, pictures, rows=rows) for slug in ("few", "many"))
    tell(f"import jsonl, with pictures, among {rows:,} images", into_few)
    tell(f"import jsonl, with pictures, among {large:,} images", into_many)
    annotate("many")
    exported = export("many", "jsonl", folder / "out-many", rows=large + rows, pictures=False)
    tell(f"export jsonl, texts only, {large:,} images", exported)
    return {
        "import_growth_1m_over_10k": round(into_many.seconds / into_few.seconds, 2),
        "import_database_ms_per_row": {"few": round(few * 1_000, 2), "many": round(many * 1_000, 2)},
        "export_rows_per_s": round(exported.rows_per_s, 1),
        "export_rss_growth_mb": round(exported.peak_mb - small.peak_mb, 1),
        "export_peak_mb": round(exported.peak_mb, 1),
    }


def tell(what: str, timed: Timed) -> None:
    """A line of the table."""
    print(
        f"{what:<48} {timed.rows:>9,} rows {timed.rows_per_s:>9,.1f} rows/s "
        f"{timed.cpu_seconds / timed.rows * 1_000:>7.2f} ms CPU/row {timed.peak_mb:>7.1f} MB",
        flush=True,
    )


def main() -> None:
    """Measure, print, and end with a line of JSON when it is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--format-rows", type=int, default=1_000, help="0: not each format")
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument(
        "--real", type=int, default=0, metavar="ROWS", help="import so many pictures and nothing else"
    )
    options = parser.parse_args()
    with started() as folder:
        if options.real:
            figures = measure_real(folder, rows=options.real)
        else:
            figures = measure(folder, rows=options.rows, format_rows=options.format_rows, large=options.large)
    if options.json:
        print(json.dumps(figures))
    else:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
