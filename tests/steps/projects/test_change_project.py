"""A project's settings change field by field, with an event of what was and what is."""

import pytest

from annotation_server.errors import InvalidSettings
from annotation_server.models import Event, Project, User
from annotation_server.steps.projects.change_project import change_project


def test_only_what_changed_is_stored_and_told(project: Project, ada: User) -> None:
    changed = change_project(
        project=project, changed_by=ada, changes={"blur_faces": False, "name": "Iguanas", "slug": "other"}
    )
    assert (changed.blur_faces, changed.slug) == (False, "iguanas")
    event = Event.objects.get(verb="project.changed")
    assert (event.before, event.after) == ({"blur_faces": True}, {"blur_faces": False})


def test_a_value_that_makes_no_sense_is_refused(project: Project, ada: User) -> None:
    with pytest.raises(InvalidSettings):
        change_project(project=project, changed_by=ada, changes={"name": ""})
    with pytest.raises(InvalidSettings, match="no language tag"):
        change_project(project=project, changed_by=ada, changes={"language": "English (UK)"})
    assert Project.objects.get(pk=project.pk).name == "Iguanas"
