"""Projects to import into and to export: small pictures, captions by the thousand, images by the million."""

import json
import random
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotation_server.models import Caption

CAPTION = ", a green iguana with a spiny crest, basking on dark volcanic rock by the sea."


def write_pictures(folder: Path, *, count: int, seed: int = 0, caption: str = "") -> Path:
    """A manifest of so many different small pictures, with a caption of a first round where one is given."""
    from PIL import Image

    (folder / "images").mkdir(parents=True)
    manifest = folder / "rows.jsonl"
    with manifest.open("w") as file:
        for number in range(count):
            coarse = Image.frombytes("RGB", (9, 8), random.Random(f"{seed}/{number}").randbytes(216))
            name = f"images/{number:06d}.jpg"
            coarse.resize((64, 64), Image.Resampling.BICUBIC).save(folder / name, quality=85)
            row = {"image": name, "alt_text": f"Green iguana number {number} near Puerto Ayora, Santa Cruz"}
            file.write(json.dumps(row | ({"round1": caption} if caption else {})) + "\n")
    return manifest


def annotate(slug: str) -> None:
    """Round 1 of the project, each task accepted with a caption; this is not what is measured."""
    from django.db import connection

    from annotation_server.choices import StartingText
    from annotation_server.models import Caption, Project, Task
    from annotation_server.options.launch_round import RoundSettings
    from annotation_server.steps.people.add_person import add_person
    from annotation_server.steps.rounds.launch_round import launch_round

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
    from annotation_server.queries.images.near_duplicates import Look, near_duplicates

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
