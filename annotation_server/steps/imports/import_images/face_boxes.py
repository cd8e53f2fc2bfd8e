"""Where a new picture's faces are, resolved once the picture is decoded: a face is never shown because of a guess."""

from dataclasses import replace

from annotation_server.errors import UnclearFaceBoxes
from annotation_server.intake.import_report import ImportReport
from annotation_server.intake.prepared_rows import PreparedRow
from annotation_server.models import Project
from annotation_server.pictures.decoding import Decoded
from annotation_server.pictures.faces import in_pixels


def resolve_face_boxes(
    prepared: PreparedRow, decoded: Decoded, *, project: Project, report: ImportReport
) -> None:
    """Puts the row's boxes into pixels. Raises UnclearFaceBoxes where the project blurs faces; elsewhere the whole picture
    becomes the box, for the day when it does."""
    row, width, height = prepared.row, decoded.width, decoded.height
    try:
        boxes = in_pixels(row.face_boxes, width=width, height=height)
    except UnclearFaceBoxes as unclear:
        if project.blur_faces:
            raise
        boxes = [[0.0, 0.0, float(width), float(height)]]
        text = f"{unclear.message} If this project blurs faces one day, all of this picture is blurred."
        report.note(number=row.number, name=row.name, text=text)
    prepared.row = replace(row, face_boxes=boxes)
