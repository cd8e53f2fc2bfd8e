"""What a run says of its drafts is kept with them."""

from collections.abc import Callable

import pytest

from annotation_server.models import CaptionerRun, Draft, Image, Round, User
from annotation_server.queries.images.image_history import image_history

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_draft_that_was_cut_off_says_so(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., object],
    train: Callable[..., CaptionerRun],
    ana: User,
) -> None:
    make_images(3)
    round = open_round()
    for _ in range(3):
        hand_in(round, ana)
    run = train(round, cut_off=1)
    assert run.promoted
    drafts = list(Draft.objects.order_by("pk"))
    assert [draft.finished for draft in drafts] == [False, True, True]
    told = [image_history(image=draft.image)["drafts"][0]["finished"] for draft in drafts]
    assert told == [False, True, True]
