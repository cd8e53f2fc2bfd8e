"""The images of a project: found, looked at with their whole life, taken down."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from django.core.files.storage import default_storage
from playwright.sync_api import expect

from annotation_server.choices import Split
from annotation_server.models import Caption, HeldOutLookalike, Image, ImageEmbedding, Round, Task, User
from annotation_server.pictures.faces import faces_key
from annotation_server.pictures.render_turns import only_maker
from annotation_server.pictures.storage import rendition_name
from tests.browser.conftest import OpenPage

WORKER_MS = 90_000


def test_an_image_is_found_its_life_told_and_taken_down(
    open_as: OpenPage, first_round: Round, ada: User, ana: User, hand_in: Callable[..., Caption]
) -> None:
    caption = hand_in(first_round, ana, "A green iguana on a branch, in Costa Rica.")
    page = open_as(ada, "/projects/iguanas")
    page.get_by_role("link", name="Images", exact=True).click()
    grid = page.get_by_role("list", name="Images")
    expect(grid.get_by_role("listitem")).to_have_count(5)
    page.get_by_label("Words").fill("on a branch")
    page.get_by_role("button", name="Search").click()
    expect(grid.get_by_role("listitem")).to_have_count(1)
    assert page.url.endswith("/projects/iguanas/images?text=on+a+branch")
    page.reload()
    grid.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Difference from the alt-text")).to_be_visible()
    life = page.locator(".life")
    expect(life.locator("ins").first).to_be_visible()
    expect(life.get_by_text("ana ·")).to_be_visible()
    page.get_by_role("button", name="Take down…").click()
    dialog = page.get_by_role("dialog", name="Take this image down?")
    dialog.get_by_label("Who asked for it, and why").fill("Its photographer asked.")
    dialog.get_by_role("button", name="Take down…").click()
    expect(dialog.get_by_text("It is down")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Taken down on")).to_be_visible()
    assert Image.objects.get(withdrawn_at__isnull=False).pk == caption.task.image_id
    page.go_back()
    page.get_by_label("taken down").check()
    expect(grid.get_by_role("listitem")).to_have_count(1)


def test_images_are_found_by_who_captioned_them_and_how(
    open_as: OpenPage, first_round: Round, ada: User, ana: User, hand_in: Callable[..., Caption]
) -> None:
    hand_in(first_round, ana, "A green iguana on a branch, in Costa Rica.")
    Task.objects.filter(image=Image.objects.latest("pk")).update(flagged=True)
    page = open_as(ada, "/projects/iguanas/images")
    shown = page.get_by_role("list", name="Images").get_by_role("listitem")
    expect(shown).to_have_count(5)
    page.get_by_label("Annotator").fill("ana")
    page.get_by_label("Length from").fill("5")
    page.get_by_role("button", name="Search").click()
    expect(shown).to_have_count(1)
    assert page.url.endswith("/images?annotator=ana&words_min=5")
    page.get_by_label("Length from").fill("99")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No image matches")).to_be_visible()
    page.go_back()
    expect(shown).to_have_count(1)
    page.goto(f"{page.url.partition('?')[0]}?flagged=1")
    expect(page.get_by_label("flagged")).to_be_checked()
    expect(shown).to_have_count(1)
    assert Axe().run(page).response["violations"] == []


def test_a_picture_that_is_being_made_is_asked_for_again(
    open_as: OpenPage, first_round: Round, ada: User
) -> None:
    image = Image.objects.earliest("pk")
    name = rendition_name(
        sha256=image.sha256,
        size="thumbnail",
        faces=faces_key(image.face_boxes if image.project.blur_faces else []),
    )
    default_storage.delete(name)  # An earlier test may have made it.
    page = open_as(ada)
    with only_maker(name), page.expect_response(lambda one: one.status == 503) as refused:
        page.goto(f"{page.url.rstrip('/')}/projects/iguanas/images")
    assert f"/images/{image.pk}/pixels/thumbnail/?" in refused.value.url
    page.wait_for_function(
        "id => document.querySelector(`img[src*='/images/${id}/']`)?.naturalWidth > 0", arg=image.pk
    )


def test_reviewers_look_and_take_nothing_down(
    open_as: OpenPage, first_round: Round, rita: User, ana: User, hand_in: Callable[..., Caption]
) -> None:
    hand_in(first_round, ana, "A green iguana.")  # They see pictures that have a caption.
    page = open_as(rita, "/projects/iguanas/images")
    page.get_by_role("list", name="Images").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Difference from the alt-text")).to_be_visible()
    expect(page.get_by_role("button", name="Take down…")).to_have_count(0)


def test_more_like_this_after_a_worker_has_looked(
    open_as: OpenPage, first_round: Round, ada: User, quick_encoder: None
) -> None:
    image = Image.objects.earliest("pk")
    page = open_as(ada, f"/projects/iguanas/images/{image.pk}")
    page.get_by_role("button", name="Compare them").click()
    alike = page.get_by_role("list", name="More like this")
    expect(alike.get_by_role("listitem")).to_have_count(4, timeout=WORKER_MS)
    assert ImageEmbedding.objects.count() == 5


def test_what_passes_for_a_held_out_image_is_told_on_both_pages(
    open_as: OpenPage, first_round: Round, pictures: Callable[..., list[Image]], ada: User
) -> None:
    first, *_, held_out = pictures("1", "2", "3", "4", "5", "a held-out boat", split=Split.EVAL)
    for image in (first, held_out):
        ImageEmbedding.objects.create(
            project=first_round.project, image=image, encoder="e", vector=[1.0, *[0.0] * 63]
        )
    HeldOutLookalike.objects.create(image=first, held_out=held_out, encoder="e", likeness=0.994)
    page = open_as(ada, f"/projects/iguanas/images/{first.pk}")
    expect(page.get_by_text("looks like a held-out one: training sets leave it out")).to_be_visible()
    other = page.get_by_role("list", name="Looks the same, in the other split")
    expect(other.get_by_text("99%")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    other.get_by_role("link").click()
    expect(page.get_by_text("these training images look like this held-out one")).to_be_visible()
    expect(other.get_by_role("listitem")).to_have_count(1)
