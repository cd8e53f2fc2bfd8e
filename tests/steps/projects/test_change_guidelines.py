"""Guidelines have versions: none is lost, two authors do not overwrite each other, and what a person has read is known."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from annotation_server.errors import NewerTextSaved
from annotation_server.models import Event, GuidelinesVersion, Membership, Project, User
from annotation_server.steps.projects.change_guidelines import (
    change_guidelines,
    note_guidelines_seen,
    note_practised,
)
from annotation_server.steps.projects.create_project import create_project


def versions(project: Project) -> list[tuple[int, str, str]]:
    found = GuidelinesVersion.objects.filter(project=project)
    return list(found.values_list("number", "text", "note"))


def test_each_change_is_a_version_and_the_project_has_the_newest(project: Project, ada: User) -> None:
    change_guidelines(project=project, text="Be exact.", note="", over=0, author=ada)
    change_guidelines(project=project, text="Be exact.\r\nNo guesses.", note=" Rule 2 ", over=1, author=ada)
    assert versions(project) == [(1, "Be exact.", ""), (2, "Be exact.\nNo guesses.", "Rule 2")]
    assert Project.objects.get(pk=project.pk).guidelines == "Be exact.\nNo guesses."
    told = Event.objects.filter(verb="guidelines.changed").values_list("before", "after")
    assert list(told) == [
        ({"version": 0}, {"version": 1, "note": ""}),
        ({"version": 1}, {"version": 2, "note": "Rule 2"}),
    ]


def test_a_project_begins_with_its_first_version(db: None) -> None:
    assert versions(create_project(slug="a", name="A", created_by=None)) == []
    made = create_project(slug="b", name="B", created_by=None, guidelines="Look first.")
    assert versions(made) == [(1, "Look first.", "")]


def test_the_same_text_again_is_no_version(project: Project, ada: User) -> None:
    for _ in range(2):
        change_guidelines(project=project, text="Be exact.", note="", over=0, author=ada)
    assert versions(project) == [(1, "Be exact.", "")]


def test_of_two_authors_the_second_is_told(project: Project, ada: User) -> None:
    change_guidelines(project=project, text="Be exact.", note="", over=0, author=ada)
    with pytest.raises(NewerTextSaved) as refused:
        change_guidelines(project=project, text="Be brief.", note="", over=0, author=ada)
    assert refused.value.extra == {"text": "Be exact.", "version": 1}
    assert versions(project) == [(1, "Be exact.", "")]


def test_a_version_is_never_changed(project: Project, ada: User) -> None:
    made = change_guidelines(project=project, text="Be exact.", note="", over=0, author=ada)
    rows = GuidelinesVersion.objects.filter(pk=made.pk)
    for change in (lambda: rows.update(text="Other."), lambda: rows.delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_what_was_read_only_grows(
    project: Project, ada: User, ana: User, person: Callable[..., User]
) -> None:
    for over in range(2):
        change_guidelines(project=project, text=f"Version {over + 1}", note="", over=over, author=ada)
    for number in (2, 1, 99):
        note_guidelines_seen(project=project, user=ana, number=number)
    seen = dict(Membership.objects.values_list("user__username", "guidelines_seen"))
    assert seen == {"ada": 0, "ana": 2}


def test_practice_is_noted_once(project: Project, ana: User) -> None:
    note_practised(project=project, user=ana)
    first = Membership.objects.get(user=ana).practised_at
    note_practised(project=project, user=ana)
    assert first is not None
    assert Membership.objects.get(user=ana).practised_at == first
