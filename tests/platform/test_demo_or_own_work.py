"""One folder holds the demo's data or real work, never both."""

from pathlib import Path

import pytest

from annotation_server.demo.checks import check_use
from annotation_server.demo_data.people import DEMO_PEOPLE
from annotation_server.embedded.errors import CannotStart
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.projects.create_project import create_project

pytestmark = pytest.mark.django_db
VAR = Path("/srv/altogether/var")


def test_an_empty_folder_takes_either() -> None:
    check_use(is_demo=True, var=VAR)
    check_use(is_demo=False, var=VAR)


def test_real_work_is_not_put_among_the_demos() -> None:
    for name in DEMO_PEOPLE:
        add_person(username=name)
    create_project(slug="scenes", name="Scenes", created_by=None)
    check_use(is_demo=True, var=VAR)
    with pytest.raises(CannotStart, match="make start ALTOGETHER_VAR=/srv/altogether/own"):
        check_use(is_demo=False, var=VAR)


def test_the_demo_is_not_put_among_real_work() -> None:
    ana = add_person(username="ana", owner=True)
    check_use(is_demo=True, var=VAR)
    create_project(name="Iguanas", created_by=ana)
    check_use(is_demo=False, var=VAR)
    with pytest.raises(CannotStart, match=r"1 project\): start it with `make start`"):
        check_use(is_demo=True, var=VAR)
