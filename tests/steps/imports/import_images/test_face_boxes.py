"""Where faces are is resolved at the import; what nobody can tell shows no face."""

from pathlib import Path

import pytest

from annotation_server.models import Image, Project
from tests.drawing import write_picture, write_rows
from tests.steps.imports.import_images.importing import Import, counts

pytestmark = pytest.mark.django_db


def rows(folder: Path) -> Path:
    for number in range(4):
        write_picture(folder / f"{number}.png", number, width=200, height=100)
    boxes = [[[0.25, 0.5, 0.5, 1.01]], [[50, 50, 100, 80]], [[0, 0, 1, 1]], [[300, 10, 340, 60]]]
    found = [{"image": f"{n}.png", "face_bboxes": box, "id": n} for n, box in enumerate(boxes)]
    # The same picture again, in one chunk with a row that is refused.
    return write_rows(folder / "rows.jsonl", [*found, {"image": "2.png", "id": 9}])


def stored() -> dict[str, list[list[float]]]:
    return dict(Image.objects.values_list("source_key", "face_boxes"))


def test_unclear_boxes_are_refused_where_faces_are_blurred(
    tmp_path: Path, run: Import, project: Project
) -> None:
    Project.objects.update(blur_faces=True)
    project.refresh_from_db()
    report = run(rows(tmp_path))
    assert counts(report) == (2, 0, 3)
    assert stored() == {"0": [[50, 50, 100, 100]], "1": [[50, 50, 100, 80]]}
    assert {one["row"]: one["reason"] for one in report.refusals} == {
        3: "A face box may be in pixels or in shares of the picture's size: give all in pixels.",
        4: "A face box lies outside the picture: it was given for another size of it.",
        5: "A face box may be in pixels or in shares of the picture's size: give all in pixels.",
    }


def test_elsewhere_they_stand_for_the_whole_picture(tmp_path: Path, run: Import, project: Project) -> None:
    Project.objects.update(blur_faces=False)
    project.refresh_from_db()
    report = run(rows(tmp_path))
    assert counts(report) == (4, 1, 0)
    assert stored() == {
        "0": [[50, 50, 100, 100]],
        "1": [[50, 50, 100, 80]],
        "2": [[0, 0, 200, 100]],
        "3": [[0, 0, 200, 100]],
    }
    assert [one["row"] for one in report.notes] == [3, 4]
