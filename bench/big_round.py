"""A project with as many images as asked for (rows only, nobody looks at their pixels), its round, and people with tokens."""

import time

from django.db import connection, transaction

from annotation_server.choices import Role, StartingText
from annotation_server.models import Project, Round, User
from annotation_server.options.launch_round import RoundSettings
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.steps.rounds.launch_round import launch_round

CLUSTERS = """
INSERT INTO image_cluster (project_id, split) SELECT %(project)s, 'train' FROM generate_series(1, %(count)s)
"""
IMAGES = """
INSERT INTO image (project_id, cluster_id, sha256, split, perceptual_hash, colour_grid, file_name, width, height,
    byte_count, media_type, source, domain, source_key, image_url, page_url, licence, face_boxes)
SELECT %(project)s, id, encode(sha256((%(project)s || ':' || id)::bytea), 'hex'), 'train', id * 2654435761, '', '', 640,
    480, 50000, 'image/jpeg', 'bench', '', '', '', '', '', '[]'
FROM image_cluster WHERE project_id = %(project)s
"""
ALT_TEXTS = """
INSERT INTO alt_text (image_id, position, text)
SELECT id, 0, 'Green iguana number ' || id || ' basking on a rock near Puerto Ayora, Santa Cruz'
FROM image WHERE project_id = %(project)s
"""


def make_project(*, slug: str, images: int) -> Project:
    """A project with that many images and one alt-text each."""
    project = create_project(slug=slug, name=slug, created_by=None)
    values = {"project": project.pk, "count": images}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (CLUSTERS, IMAGES, ALT_TEXTS):
            cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE image, alt_text, image_cluster")
    return project


def launch(project: Project, *, review_share: float = 0.0) -> tuple[Round, float]:
    """Its first round, and the seconds that the launch took."""
    began = time.perf_counter()
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT, review_share=review_share)
    round = launch_round(project=project, settings=settings, launched_by=None)
    return round, time.perf_counter() - began


def make_people(project: Project, count: int, *, role: Role = Role.ANNOTATOR) -> list[tuple[User, str]]:
    """People of the project with a token each."""
    people = []
    for number in range(count):
        user = add_person(username=f"{project.slug}-{role}-{number}")
        set_role(project=project, user=user, role=role, set_by=None)
        people.append((user, make_api_token(user=user, name="bench")))
    return people
