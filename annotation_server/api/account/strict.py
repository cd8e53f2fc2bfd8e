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

View = Callable[..., HttpResponseBase]


def strict(view: View) -> View:
    """The view, behind the door. Its csrf protection is Django's own."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.method != "GET" and request.body:
                given = StrictJSONParser().parse(BytesIO(request.body))
                if not isinstance(given, dict):
                    raise ParseError("Send an object.")
        except RequestDataTooBig:
            return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.")
        except InvalidText as error:
            return refusal(HTTPStatus.BAD_REQUEST, error.message)
        except ParseError as error:
            return refusal(HTTPStatus.BAD_REQUEST, str(error.detail))
        return view(request, *args, **kwargs)

    return checked


def refusal(status: HTTPStatus, message: str) -> JsonResponse:
    """An error as allauth words them."""
    return JsonResponse(
        {"status": status, "errors": [{"message": message, "code": "invalid"}]}, status=status
    )
