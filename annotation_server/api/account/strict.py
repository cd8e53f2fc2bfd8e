"""A door before allauth's views: what our own parser refuses, they never see."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from rest_framework.exceptions import ParseError

from annotation_server.api.parsers import StrictJSONParser
from annotation_server.errors import InvalidText

# A security key answers with the certificates of its maker: the longest text. The longest list: sessions to end.
LONGEST_TEXT = 32_000
MOST_MEMBERS = 100

View = Callable[..., HttpResponseBase]


def strict(view: View, *, may_ask: Callable[[HttpRequest], bool]) -> View:
    """The view, behind the door. Its csrf protection is Django's own. Who may not ask hears that from the view, which does not
    look at what they sent."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.method != "GET" and may_ask(request) and request.body:
                given = StrictJSONParser().parse(BytesIO(request.body))
                if not isinstance(given, dict):
                    raise ParseError("Send an object.")
                _refuse_large(given)
        except RequestDataTooBig:
            return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.")
        except InvalidText as error:
            return refusal(HTTPStatus.BAD_REQUEST, error.message)
        except ParseError as error:
            return refusal(HTTPStatus.BAD_REQUEST, str(error.detail))
        return view(request, *args, **kwargs)

    return checked


def _refuse_large(value: Any) -> None:
    """Raises ParseError. How deep it may be was looked at before."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise ParseError(f"A text has more than {LONGEST_TEXT:,} characters.")
    if isinstance(value, (list, dict)):
        if len(value) > MOST_MEMBERS:
            raise ParseError(f"A list or an object has more than {MOST_MEMBERS:,} members.")
        for child in value.values() if isinstance(value, dict) else value:
            _refuse_large(child)


def refusal(status: HTTPStatus, message: str) -> JsonResponse:
    """An error as allauth words them."""
    return JsonResponse(
        {"status": status, "errors": [{"message": message, "code": "invalid"}]}, status=status
    )
