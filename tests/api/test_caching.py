"""What may be kept of an answer: nothing of the API's, except pictures that are asked about again, which a takedown ends."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotation_server.models import Image, Membership, User
from annotation_server.steps.images.withdraw_image import withdraw_image
from tests.api.conftest import GUIDELINES_PICTURE, World
from tests.api.test_access import addresses, path_of, read

Clients = Callable[[User | None], APIClient]
PICTURES = {"image-pixels", "guidelines-picture"}


def test_no_answer_of_the_api_is_stored_and_pictures_are_asked_about_again(
    world: World, client_of: Clients
) -> None:
    for caller in ("anonymous", "owner"):
        client = client_of(world.callers[caller])
        for name in sorted(set(addresses()) - {"front-end"}):
            answer = client.get(path_of(name, world))
            read(answer)
            if name in PICTURES and answer.status_code == 200:
                assert answer.headers["Cache-Control"] == "private, no-cache", name
                assert answer.headers["ETag"].startswith('"'), name
            else:
                assert "no-store" in answer.headers["Cache-Control"], (name, answer.headers)


def test_a_picture_that_the_browser_has_costs_its_check_alone(world: World, client_of: Clients) -> None:
    client = client_of(world.callers["annotator"])
    for path in (
        f"/api/v1/images/{world.image.pk}/pixels/thumbnail/",
        f"/api/v1/projects/iguanas/guidelines/pictures/{GUIDELINES_PICTURE}/",
    ):
        first = client.get(path)
        assert first.status_code == 200, (path, first.content)
        tag = first.headers["ETag"]
        read(first)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            again = client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "private, no-cache"
        # The session, the person, and what they may see.
        assert len(asked) <= 3, asked.captured_queries
        other = client.get(path, headers={"if-none-match": '"other"'})
        assert (other.status_code, read(other)) == (200, b"pixels")


def test_a_takedown_and_a_lost_membership_are_seen_by_a_browser_that_has_the_picture(
    world: World, client_of: Clients
) -> None:
    path = f"/api/v1/images/{world.image.pk}/pixels/thumbnail/"
    clients = [client_of(world.callers[name]) for name in ("annotator", "reviewer")]
    first = clients[0].get(path)
    read(first)
    tag = {"if-none-match": first.headers["ETag"]}
    assert [client.get(path, headers=tag).status_code for client in clients] == [304, 304]
    Membership.objects.filter(user=world.callers["reviewer"]).delete()
    assert [client.get(path, headers=tag).status_code for client in clients] == [304, 404]
    withdraw_image(image=Image.objects.get(pk=world.image.pk), reason="Asked for.", withdrawn_by=None)
    assert [client.get(path, headers=tag).status_code for client in clients] == [404, 404]
