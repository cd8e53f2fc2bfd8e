"""What a request may weigh, decided by its address before a byte of its body is read, by anybody.

It runs before the CSRF check, which reads forms and spools their files to the disk, also those of strangers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from annotation_server.api.problems import CONTENT_TYPE, problem
from annotation_server.intake.upload_files import CHUNK_LIMIT
from annotation_server.steps.projects.store_guidelines_picture import PICTURE_LIMIT

KIB, MIB = 1024, 1024**2
LONGEST_ADDRESS = 8 * KIB
JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What a route's body may be: of one media type, and so many bytes."""

    media_type: str
    most_bytes: int


SMALL = Bound(media_type=JSON, most_bytes=64 * KIB)
# Texts of any length that a project may ask for, lists of names.
LONG = Bound(media_type=JSON, most_bytes=2 * MIB)
PIECE = Bound(media_type="application/octet-stream", most_bytes=CHUNK_LIMIT)
# The file and what a browser writes around it.
PICTURE = Bound(media_type="multipart/form-data", most_bytes=PICTURE_LIMIT + 64 * KIB)
# By the name of the route. What is not named here takes SMALL below /api/ and /_allauth/, and no body elsewhere.
BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(("task-working-copy", "task-submit", "task-review", "round-adjudication"), LONG),
    **dict.fromkeys(("project-list", "guidelines", "lessons", "token-counts"), LONG),
    **dict.fromkeys(("round-list", "round-preview", "export-list", "import-start"), LONG),
    **dict.fromkeys(("import-content", "archiveimport-content"), PIECE),
    "guidelines-pictures": PICTURE,
}
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}


class RequestBounds:
    """The middleware. Where no route matches, nobody reads a body either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever comes after it."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """None, or the refusal."""
        return _refused_head(request) or (_refused_body(request) if _length(request) != 0 else None)


def bound_of(*, name: str, path: str) -> Bound | None:
    """What the route of that name takes; None where it takes no body."""
    return BOUNDS.get(name) or (SMALL if path.startswith(("/api/", "/_allauth/")) else None)


def _length(request: HttpRequest) -> int | None:
    """How long the body says it is; None where that is no plain number, of which Django reads what Python's int() takes."""
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if re.fullmatch(r"[0-9]{1,15}", told) else None


def _refused_head(request: HttpRequest) -> HttpResponseBase | None:
    if len(request.META.get("QUERY_STRING", "")) + len(request.path_info) > LONGEST_ADDRESS:
        detail = f"The address has more than {LONGEST_ADDRESS:,} characters. Ask for less at once."
        return _refusal(HTTPStatus.REQUEST_URI_TOO_LONG, "address-too-long", detail)
    # Python knows "encodings" that unpack an archive or run for minutes.
    if (request.content_params or {}).get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        return _unsupported("Send text in UTF-8.")
    if "HTTP_TRANSFER_ENCODING" in request.META:
        detail = "Say how long the body is: send Content-Length, not chunks."
        return _refusal(HTTPStatus.LENGTH_REQUIRED, "length-required", detail)
    return None


def _refused_body(request: HttpRequest) -> HttpResponseBase | None:
    length = _length(request)
    if length is None:
        detail = "Content-Length is no plain number of up to 15 digits."
        return _refusal(HTTPStatus.BAD_REQUEST, "length-malformed", detail)
    if request.method in WITHOUT_BODY:
        detail = f"{request.method} takes no body. Leave it out."
        return _refusal(HTTPStatus.BAD_REQUEST, "body-not-wanted", detail)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        return _unsupported("Send the body as it is, without Content-Encoding.")
    route = request.resolver_match
    bound = bound_of(name=(route.url_name if route else None) or "", path=request.path_info)
    if bound is None:
        return _unsupported("This address takes no body.")
    if request.content_type != bound.media_type:
        return _unsupported(f"Send the body as {bound.media_type}.")
    if length > bound.most_bytes:
        detail = f"The body is too large: this address takes at most {bound.most_bytes:,} bytes. Send less at once."
        return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request-too-large", detail)
    return None


def _unsupported(detail: str) -> HttpResponseBase:
    return _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)


def _refusal(status: HTTPStatus, code: str, detail: str) -> HttpResponseBase:
    body = problem(status=status, code=code, detail=detail)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
