"""A project is made of a name alone, or of what its owner says besides; what cannot be meant is refused by name."""

from typing import Any

import pytest

from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings, InvalidText
from annotation_server.models import GuidelinesVersion, Membership, Project, User
from annotation_server.steps.projects.create_project import create_project

pytestmark = pytest.mark.django_db


def test_a_name_is_enough(ada: User) -> None:
    made = create_project(name=" Fotos aus Köln ", created_by=ada)
    assert (made.slug, made.name, made.language, made.caption_limit) == (
        "fotos-aus-koln",
        "Fotos aus Köln",
        "en",
        10_000,
    )
    assert Membership.objects.get(project=made, user=ada).role == Role.ADMIN
    assert GuidelinesVersion.objects.filter(project=made).count() == 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Holiday photos, 2026!", "holiday-photos-2026"),
        ("Фотографии", "project"),
        ("写真", "project"),
        ("—", "project"),
        ("Wort " * 24, "-".join(["wort"] * 12)),
    ],
)
def test_a_slug_resembles_its_name(name: str, slug: str) -> None:
    assert create_project(name=name.strip(), created_by=None).slug == slug
    assert len(slug) <= 60


def test_a_slug_that_is_taken_gets_a_number() -> None:
    long = "a" * 70
    slugs = [create_project(name=name, created_by=None).slug for name in ["写真", "図", "絵", long, long]]
    assert slugs == ["project", "project-2", "project-3", "a" * 60, f"{'a' * 58}-2"]


def test_everything_can_be_said(ada: User) -> None:
    made = create_project(
        slug="leguane",
        name="Leguane",
        language="pt-BR",
        caption_limit=800,
        guidelines="Write\r\nwhat you see.",
        created_by=ada,
    )
    kept = Project.objects.get(pk=made.pk)
    assert (kept.slug, kept.language, kept.caption_limit) == ("leguane", "pt-BR", 800)
    version = GuidelinesVersion.objects.get(project=made)
    assert (kept.guidelines, version.text, version.number) == (
        "Write\nwhat you see.",
        "Write\nwhat you see.",
        1,
    )


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": "  "}, "cannot be blank"),
        (
            {"slug": "Leguane"},
            "it has L, and a-z, 0-9 and - are all it may have. Write for instance 'leguane'.",
        ),
        ({"slug": "a_b c/d"}, "it has _ a space /, and"),
        ({"slug": "x" * 61}, "it has 61 characters, 60 are the most."),
        ({"slug": "iguanas"}, "There is a project 'iguanas' already."),
        ({"language": "English, please"}, "is no language tag. Write one of BCP 47: en, de, pt-BR"),
        ({"language": ""}, "is no language tag"),
        ({"caption_limit": 0}, "project_caption_limit_positive"),
        ({"caption_limit": 20_001}, "at most 20,000 characters"),
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, Any], reason: str, project: Project) -> None:
    with pytest.raises(InvalidSettings) as refused:
        create_project(**{"name": "Leguane", "created_by": None} | said)
    assert reason in refused.value.message
    assert list(Project.objects.all()) == [project]


def test_guidelines_that_cannot_be_stored_are_refused() -> None:
    with pytest.raises(InvalidText, match="cannot be stored"):
        create_project(name="Leguane", created_by=None, guidelines="a\x00b")
    with pytest.raises(InvalidText, match="at most 100,000"):
        create_project(name="Leguane", created_by=None, guidelines="x" * 100_001)
    assert not Project.objects.exists()
