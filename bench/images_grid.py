"""The grid of images at a million: a page for each kind of filter, and what the indexes of words cost an import.

    .venv/bin/python -m bench.images_grid [--json] [--images 1000000]

Every image has an alt-text of 12 words and a caption of 25, drawn as unevenly as words are (Zipf) from 20,000. A page is
asked for over the API inside one process, as an admin, five times; the median counts, and the statements. What the indexes
cost is the time of storing 10,000 alt-texts with them and without them, by turns, taken back each time.
"""

import argparse
import json
import time
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.imports.commands import started
from bench.imports.projects import annotate, fill

if TYPE_CHECKING:
    from annotation_server.models import Project

REPEATS = 5
STORED = 10_000
# A word's rank is drawn with a density of 1/rank: floor(20,000 ^ random). The row's id makes it be drawn for each row.
WORDS = """(SELECT string_agg('w' || floor(power(20000, random() + 0 * (said.id + n)))::int || 'x', ' ')
FROM generate_series(1, %s) AS n)"""
WRITE_ALT_TEXTS = f"UPDATE alt_text AS said SET text = {WORDS}"  # noqa: S608  (our own words; so below)
WRITE_CAPTIONS = f"UPDATE caption AS said SET words = 25, text = {WORDS}"  # noqa: S608
STORE_ALT_TEXTS = f"""
INSERT INTO alt_text (image_id, position, text) SELECT said.image_id, 1, {WORDS} FROM alt_text AS said
WHERE said.image_id IN (SELECT id FROM image WHERE project_id = %s LIMIT %s)
"""  # noqa: S608
FILTERS: dict[str, dict[str, str]] = {
    "no filter": {},
    "a word of every second image": {"text": "w1x"},
    "a word of one image in a thousand": {"text": "w1500x"},
    "three words in a row that nobody wrote": {"text": "w7x w19001x w3x"},
    "two letters": {"text": "w1"},
    "annotator": {"annotator": "annotator-of-grid"},
    "annotator who wrote nothing": {"annotator": "admin-of-grid"},
    "captions of 60 words and more": {"words_min": "60"},
    "flagged": {"flagged": "true"},
    "near-duplicates": {"duplicates": "true"},
    "held out, one source": {"split": "eval", "source": "bench"},
    "a source that is not there": {"source": "elsewhere"},
}


def make_grid(images: int) -> "Project":
    """The project, its round captioned, with words to look for."""
    from django.db import connection

    from annotation_server.models import Project

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX alt_text_by_words, caption_by_words")
    fill("grid", images=images)
    annotate("grid")
    with connection.cursor() as cursor:
        cursor.execute(WRITE_ALT_TEXTS, [12])
        # Captions are never changed by anybody; here nobody has seen them yet.
        cursor.execute("ALTER TABLE caption DISABLE TRIGGER USER")
        cursor.execute(WRITE_CAPTIONS, [25])
        cursor.execute("ALTER TABLE caption ENABLE TRIGGER USER")
        for table in ("alt_text", "caption"):
            cursor.execute(f"CREATE INDEX {table}_by_words ON {table} USING gin (upper(text) gin_trgm_ops)")
        cursor.execute("VACUUM (ANALYZE, FULL) alt_text, caption")
    return Project.objects.get(slug="grid")


def time_pages(project: "Project") -> dict[str, dict[str, float]]:
    """For each filter the milliseconds of its first page, the images on it, the statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from rest_framework.test import APIClient

    from annotation_server.choices import Role
    from annotation_server.steps.people.add_person import add_person
    from annotation_server.steps.people.make_api_token import make_api_token
    from annotation_server.steps.projects.create_project import set_role

    admin = add_person(username="admin-of-grid")
    set_role(project=project, user=admin, role=Role.ADMIN, set_by=None)
    token = make_api_token(user=admin, name="bench")
    client = APIClient(SERVER_NAME="127.0.0.1", headers={"authorization": f"Token {token}"})
    pages = {}
    for name, asked in FILTERS.items():
        took = []
        for _ in range(REPEATS):
            with CaptureQueriesContext(connection) as captured:
                began = time.perf_counter()
                answer = client.get(f"/api/v1/images/?{urlencode({'project': project.slug, **asked})}")
                took.append(1_000 * (time.perf_counter() - began))
        assert answer.status_code == 200, answer.content
        pages[name] = {
            "ms": round(median(took), 1),
            "slowest_ms": round(max(took), 1),
            "images": len(answer.json()["results"]),
            "statements": len(captured),
        }
        print(f"{name:<42}{pages[name]['ms']:>10,.1f} ms {pages[name]['images']:>4} images", flush=True)
    return pages


def time_storing(project: "Project") -> dict[str, float]:
    """Microseconds an alt-text of 12 words, without the index of words and with it."""
    from django.db import connection, transaction

    took: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(REPEATS):
        for name, times in took.items():
            with transaction.atomic(), connection.cursor() as cursor:
                if name == "without":
                    cursor.execute("DROP INDEX alt_text_by_words")
                began = time.perf_counter()
                cursor.execute(STORE_ALT_TEXTS, [12, project.pk, STORED])
                times.append(1e6 * (time.perf_counter() - began) / STORED)
                transaction.set_rollback(True)
    return {name: round(median(times), 1) for name, times in took.items()}


def index_sizes() -> dict[str, int]:
    """MiB of the indexes of words, and of the tables with all else."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, pg_relation_size(name::regclass) >> 20 FROM "
            "unnest(ARRAY['alt_text', 'alt_text_by_words', 'caption', 'caption_by_words']) AS name"
        )
        return dict(cursor.fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--images", type=int, default=1_000_000)
    options = parser.parse_args()
    with started():
        project = make_grid(options.images)
        figures: dict[str, Any] = {"images": options.images, "pages": time_pages(project)}
        figures["store_alt_text_us"] = time_storing(project)
        figures["mib"] = index_sizes()
    figures["slowest_page_ms"] = max(page["ms"] for page in figures["pages"].values())
    print(f"storing an alt-text: {figures['store_alt_text_us']} µs; MiB: {figures['mib']}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
