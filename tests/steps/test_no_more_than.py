"""What one person or project may have any number of has a bound, and the refusal names it."""

import pytest

from annotation_server.api.captions import CaptionViewSet
from annotation_server.api.images import ImageViewSet
from annotation_server.errors import InvalidSettings
from annotation_server.models import ApiToken, Project, User, Webhook
from annotation_server.steps.people.make_api_token import MOST_TOKENS, make_api_token, revoke_api_token
from annotation_server.steps.projects.change_webhook import MOST_WEBHOOKS, add_webhook

pytestmark = pytest.mark.django_db


def test_webhooks_of_a_project(project: Project, ada: User) -> None:
    for _ in range(MOST_WEBHOOKS):
        add_webhook(project=project, url="https://example.org/hook", verbs=[], added_by=ada)
    with pytest.raises(InvalidSettings, match="has 20 webhooks"):
        add_webhook(project=project, url="https://example.org/hook", verbs=[], added_by=ada)
    assert Webhook.objects.count() == MOST_WEBHOOKS


def test_keys_of_a_person_that_are_good(ana: User, ada: User) -> None:
    for _ in range(MOST_TOKENS):
        make_api_token(user=ana, name="nightly")
    with pytest.raises(InvalidSettings, match="ana has 50 keys"):
        make_api_token(user=ana, name="nightly")
    make_api_token(user=ada, name="nightly")
    revoke_api_token(token=ApiToken.objects.filter(user=ana)[0], revoked_by=ana)
    make_api_token(user=ana, name="nightly")


def test_a_page_of_long_texts_is_short() -> None:
    for view in (CaptionViewSet, ImageViewSet):
        assert view.pagination_class.max_page_size == 100
