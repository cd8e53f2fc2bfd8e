"""Import and export: rows per second in and out of each format, with pictures, and what becomes of both at a million images.

    .venv/bin/python -m bench.import_export [--json] [--rows 10000] [--format-rows 1000] [--large 1000000]
    .venv/bin/python -m bench.import_export [--json] --real 1000000
    .venv/bin/python -m bench.import_export [--json] --label-studio PROGRAM [--rows 5000]

Pictures are 64 × 64 JPEGs, each decoded, hashed, looked up among near-duplicates and written as a rendition for the
screen. Every import and export is a command of its own (start-up included), timed with its memory; CPU is that of the
command with its decoders. Beside Label Studio, whose server runs already, start-up is left out.
The growth of an import is the time of the same rows among a million images over that among ten thousand; its database part
(near-duplicates looked up, rows stored) is told apart, too. `PROGRAM` is a `label-studio` in a virtualenv of its own.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from bench.imports.commands import Place, Timed, export, import_into, say, started
from bench.imports.label_studio import cost_of, measure_label_studio
from bench.imports.projects import annotate, fill, time_database_part, write_pictures
from bench.imports.real import measure_real
from bench.imports.worker import as_a_worker_exports, as_a_worker_imports

# ../docs/import.md tells the conditions: doccano 1.8.4, 5,000 images, 222 s, 109 s of CPU; it neither decodes nor hashes.
DOCCANO_ROWS_PER_S = 5_000 / 222
DOCCANO_CPU_MS = 109 / 5_000 * 1_000
# The formats that can leave the pictures out.
TEXTS_ALONE = ["jsonl", "csv", "parquet", "coco", "altogether_ft"]


def measure(folder: Path, *, rows: int, format_rows: int, large: int) -> dict[str, Any]:
    """Everything, told while it goes on."""
    from annotation_server.formats.writers import WRITERS

    figures: dict[str, Any] = {}
    imported = import_into("main", write_pictures(folder / "main", count=rows), rows=rows)
    say("import jsonl, with pictures", imported)
    annotate("main")
    small = export("main", "jsonl", folder / "out-main", rows=rows, pictures=False)
    say("export jsonl, texts only", small)
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
        say(f"export {format}, with pictures", exported)
        say(f"import {format}, with pictures and captions", imported)
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
    say(f"import jsonl, with pictures, among {rows:,} images", into_few)
    say(f"import jsonl, with pictures, among {large:,} images", into_many)
    annotate("many")
    texts = {format: _export_texts(folder, format, rows=large + rows) for format in TEXTS_ALONE}
    exported = texts["jsonl"]
    return {
        "import_growth_1m_over_10k": round(into_many.seconds / into_few.seconds, 2),
        "import_database_ms_per_row": {"few": round(few * 1_000, 2), "many": round(many * 1_000, 2)},
        "export_rows_per_s": round(exported.rows_per_s, 1),
        "export_rss_growth_mb": round(exported.peak_mb - small.peak_mb, 1),
        "export_peak_mb": round(exported.peak_mb, 1),
        "export_rows_per_s_large_by_format": {name: round(one.rows_per_s, 1) for name, one in texts.items()},
        "export_peak_mb_large_by_format": {name: round(one.peak_mb, 1) for name, one in texts.items()},
    }


def _export_texts(folder: Path, format: str, *, rows: int) -> Timed:
    out = folder / f"out-many-{format}"
    exported = export("many", format, out, rows=rows, pictures=False)
    say(f"export {format}, texts only", exported)
    shutil.rmtree(out)
    return exported


def measure_beside_label_studio(place: Place, *, program: Path, rows: int) -> dict[str, Any]:
    """The same rows into both and out of both, by turns, in programs that run already: Label Studio's server, and this process
    doing what a worker of ours does. Ratios of rows per second and of CPU."""
    manifest = write_pictures(place.folder / "beside", count=rows, caption="A green iguana on dark rock.")
    theirs = measure_label_studio(program, place.folder, manifest=manifest, postgres=place.postgres)
    out = place.folder / "out-beside"
    works = {
        "import": lambda: as_a_worker_imports("beside", manifest),
        "export": lambda: as_a_worker_exports("beside", out),
    }
    figures: dict[str, Any] = {}
    ours = {name: cost_of(work, rows=rows, server=place.postgres) for name, work in works.items()}
    for name, cost in ours.items():
        print(cost.line(f"{name}, Altogether"))
    for name, cost in theirs.items():
        mine = ours["export" if name == "export" else "import"]
        print(cost.line(f"{name}, Label Studio"))
        figures |= {
            f"{name}_vs_label_studio": round(cost.seconds / mine.seconds, 2),
            f"{name}_cpu_vs_label_studio": round(cost.cpu_seconds / mine.cpu_seconds, 2),
        }
    return figures


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
    parser.add_argument(
        "--label-studio", type=Path, metavar="PROGRAM", help="beside Label Studio and nothing else"
    )
    options = parser.parse_args()
    with started() as place:
        folder = place.folder
        if options.real:
            figures = measure_real(place, rows=options.real)
        elif options.label_studio:
            figures = measure_beside_label_studio(place, program=options.label_studio, rows=options.rows)
        else:
            figures = measure(folder, rows=options.rows, format_rows=options.format_rows, large=options.large)
    if options.json:
        print(json.dumps(figures))
    else:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
