"""What is served of a picture: each size, and no face where the project wants none, in the pixels themselves."""

import re
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw

from annotation_server import formats
from annotation_server.errors import PictureNotReady, UnreadableImage
from annotation_server.models import Caption, Image, Project, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures import small_renditions
from annotation_server.pictures.faces import Boxes, faces_key, read_rendition, without_faces
from annotation_server.pictures.full_size import write_full_size
from annotation_server.pictures.render_turns import large_turn, only_maker
from annotation_server.pictures.storage import rendition_name
from annotation_server.steps.exports.export_round import export_round
from annotation_server.steps.images.render_picture import render_picture
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.projects.store_guidelines_picture import store_guidelines_picture
from tests.at_once import at_once
from tests.drawing import write_rows

FACE = (200, 300, 400, 600)

Imported = Callable[..., Image]


@pytest.fixture
def imported(project: Project, tmp_path: Path, transactional_db: None) -> Imported:
    """imported(2000, 1000) is a chequered picture with one face box (a fine pattern shows whether it is blurred)."""

    def bring_in(width: int, height: int) -> Image:
        picture = Pillow.new("RGB", (width, height), "white")
        draw = ImageDraw.Draw(picture)
        for x in range(0, width, 20):
            draw.rectangle((x, 0, x + 9, height), fill="black")
        exif = Pillow.Exif()
        exif[0x010E] = "taken at home"
        picture.save(tmp_path / "face.jpg", quality=95, exif=exif)
        rows = [{"image": "face.jpg", "alt": "a face", "face_boxes": [list(FACE)]}]
        import_images(
            project=project,
            source=str(write_rows(tmp_path / "rows.jsonl", rows)),
            imported_by=None,
            options=ImportOptions(processes=1),
            progress=lambda **told: None,
        )
        return Image.objects.select_related("project").get()

    return bring_in


def contrast(seen: Pillow.Image, box: tuple[float, float, float, float]) -> int:
    """How far its darkest and lightest points are apart."""
    low, high = seen.crop(tuple(round(edge) for edge in box)).convert("L").getextrema()  # type: ignore[arg-type]
    return int(high) - int(low)  # type: ignore[arg-type]


def shown(image: Image, size: str) -> Pillow.Image:
    with default_storage.open(render_picture(image=image, size=size)) as file:
        return read_rendition(file.read())


@pytest.mark.parametrize(("size", "scale"), [("screen", 0.8), ("original", 1.0)])
def test_a_face_is_blurred_in_the_pixels_and_nothing_else_is(
    imported: Imported, size: str, scale: float
) -> None:
    seen = shown(imported(2000, 1000), size)
    left, top, right, bottom = (edge * scale for edge in FACE)
    assert seen.size == (round(2000 * scale), round(1000 * scale))
    assert contrast(seen, (left + 8, top + 8, right - 8, bottom - 8)) < 60
    assert contrast(seen, (right + 40, top, right + 240, bottom)) > 200
    assert not seen.getexif()


def test_a_thumbnail_is_small_and_without_the_face(imported: Imported) -> None:
    seen = shown(imported(2000, 1000), "thumbnail")
    left, top, right, bottom = (edge * 0.16 for edge in FACE)
    assert seen.size == (320, 160)
    assert contrast(seen, (left + 4, top + 4, right - 4, bottom - 4)) < 60
    assert contrast(seen, (right + 16, top, right + 60, bottom)) > 150


def test_a_project_may_show_faces(imported: Imported) -> None:
    image = imported(2000, 1000)
    Project.objects.update(blur_faces=False)
    image = Image.objects.select_related("project").get()
    for size in ("screen", "original"):
        seen = shown(image, size)
        scale = seen.width / 2000
        assert contrast(seen, tuple(edge * scale for edge in FACE)) > 200  # type: ignore[arg-type]


@pytest.mark.parametrize("blurred", [True, False])
def test_pictures_go_out_as_the_project_shows_them(
    imported: Imported,
    ana: User,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    tmp_path: Path,
    blurred: bool,
) -> None:
    image = imported(2000, 1000)
    Project.objects.update(blur_faces=blurred)
    round = open_round()
    hand_in(round, ana, "A chequered face.")
    export = export_round(
        project=Project.objects.get(),
        round=Round.objects.select_related("project").get(),
        format="jsonl",
        folder=tmp_path / "out",
        options=ExportOptions(images=True, accepted_only=False),
        requested_by=None,
        progress=lambda **told: None,
    )
    with Pillow.open(tmp_path / f"out/images/{image.sha256[:2]}/{image.sha256}.jpg") as seen:
        left, top, right, bottom = (edge * 0.8 for edge in FACE)
        face = contrast(seen, (left + 8, top + 8, right - 8, bottom - 8))
    assert (face < 60) is blurred
    assert export.options["faces_blurred"] is blurred


def test_it_is_made_once_and_goes_with_the_picture(imported: Imported) -> None:
    image = imported(400, 700)
    names = [render_picture(image=image, size=size) for size in ("screen", "thumbnail", "original")]
    made_at = [default_storage.get_modified_time(name) for name in names]
    assert [render_picture(image=image, size=size) for size in ("screen", "thumbnail", "original")] == names
    assert [default_storage.get_modified_time(name) for name in names] == made_at
    withdraw_image(image=image, reason="Asked for.", withdrawn_by=None)
    assert [default_storage.exists(name) for name in names] == [False, False, False]


def test_a_box_that_leaves_the_picture_is_cut() -> None:
    picture = Pillow.effect_noise((64, 64), 100).convert("RGB")
    blurred = without_faces(picture, boxes=[[-10, 40, 20, 90], [70, 70, 80, 80]], width=64, height=64)
    assert ImageChops.difference(picture, blurred).getbbox() == (0, 40, 20, 64)


def test_a_damaged_original_is_refused(tmp_path: Path) -> None:
    (tmp_path / "damaged.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    with pytest.raises(UnreadableImage):
        write_full_size(
            original=tmp_path / "damaged.jpg", target=tmp_path / "out.webp", pixel_limit=1_000, blurred=[]
        )
    assert not (tmp_path / "out.webp").exists()


def test_more_boxes_than_a_command_line_takes_are_blurred(imported: Imported) -> None:
    """As projects have them that were filled before boxes were bounded."""
    image = imported(400, 720)
    image.face_boxes = [list(map(float, FACE))] * 20_000
    assert contrast(shown(image, "original"), (208, 308, 392, 592)) < 60
    assert contrast(shown(image, "original"), (10, 10, 180, 280)) > 200


@pytest.mark.parametrize(("size", "longest"), [("thumbnail", 320), ("screen", 1600)])
def test_it_is_blurred_in_the_size_that_is_shown(
    imported: Imported, monkeypatch: pytest.MonkeyPatch, size: str, longest: int
) -> None:
    """A web thread waits for it. The blur is the real one, its pictures are written down."""
    seen: list[int] = []

    def noted(image: Pillow.Image, *, boxes: Boxes, width: int, height: int) -> Pillow.Image:
        seen.append(max(image.size))
        return without_faces(image, boxes=boxes, width=width, height=height)

    monkeypatch.setattr(small_renditions, "without_faces", noted)
    shown(imported(2000, 1020), size)
    assert seen == [longest]


def test_a_picture_of_the_guidelines_waits_for_no_turn_and_takes_one(project: Project) -> None:
    """Eight at once were eight decoders of up to 3 GB each."""
    file = BytesIO()
    Pillow.new("RGB", (40, 30), "red").save(file, "PNG")
    with large_turn(), large_turn(), pytest.raises(PictureNotReady):
        store_guidelines_picture(project=project, content=file.getvalue())
    assert len(store_guidelines_picture(project=project, content=file.getvalue())) == 64


def test_every_decoder_that_a_web_thread_starts_takes_its_turn() -> None:
    """Who else starts one is a job."""
    folder = Path(formats.__file__).parents[1]
    starting = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"(DecoderPool|write_full_size)\(", path.read_text("utf-8"))
    }
    of_jobs = {"releases/archive_pictures.py", "steps/imports/import_images/importing.py"}
    making = {"pictures/decoding.py", "pictures/full_size.py"}
    of_web = starting - of_jobs - making
    assert of_web == {"steps/images/render_picture.py", "steps/projects/store_guidelines_picture.py"}
    assert all("with large_turn()," in (folder / one).read_text("utf-8") for one in of_web)


def test_one_maker_a_picture_and_few_large_ones_at_a_time_and_nobody_waits(imported: Imported) -> None:
    """Locks of other processes refuse at once; with them gone the picture is made, by one of those who ask at once."""
    image = imported(2000, 1010)  # Of no other test: the files of pictures stay from one test to the next.
    faces = faces_key(image.face_boxes)
    name = rendition_name(sha256=image.sha256, size="original", faces=faces)
    with only_maker(name), pytest.raises(PictureNotReady):
        render_picture(image=image, size="original")
    with large_turn(), large_turn(), pytest.raises(PictureNotReady):
        render_picture(image=image, size="original")
    answers = at_once([partial(render_picture, image=image, size="original") for _ in range(4)])
    assert name in answers
    assert {type(one) for one in answers} <= {str, PictureNotReady}
    assert render_picture(image=image, size="original") == name
