"""Every error of the API as a problem document (RFC 9457)."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from psycopg.errors import DiskFull
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from annotation_server.api.token_projects import no_project
from annotation_server.errors import NotFound, Refusal, ServiceUnavailable

CONTENT_TYPE = "application/problem+json"
# However much was wrong with a request, its refusal is short.
MOST_ERRORS = 20
LONGEST_NAME, LONGEST_ERROR, LONGEST_DETAIL = 200, 500, 2_000


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457, with `code` for programs and `errors` per field where fields are to blame."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # the member's name is ours, as RFC 9457 has it
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


def problem(*, status: int, code: str, detail: str, **extra: object) -> dict[str, object]:
    """The members of a problem document."""
    title = HTTPStatus(status).phrase
    return {
        "type": f"urn:altogether:{code}",
        "title": title,
        "status": status,
        "detail": shortened(detail),
        "code": code,
        **extra,
    }


def as_problem_document(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None (a 500) for what nobody expected."""
    if isinstance(error, Refusal):
        body = problem(status=error.status, code=error.code, detail=error.message, **error.extra)
        again = {"Retry-After": "2"} if isinstance(error, ServiceUnavailable) else None
        return Response(body, status=error.status, content_type=CONTENT_TYPE, headers=again)
    if isinstance(error, OperationalError):
        body = _database_trouble(error)
        return Response(body, status=503, content_type=CONTENT_TYPE, headers={"Retry-After": "5"})
    if isinstance(error, RequestDataTooBig):
        body = problem(
            status=413, code="request-too-large", detail="The body is too large. Send less at once."
        )
        return Response(body, status=413, content_type=CONTENT_TYPE)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _described(error, response.status_code)
    response.content_type = CONTENT_TYPE
    return response


def _database_trouble(error: OperationalError) -> dict[str, object]:
    if isinstance(error.__cause__, DiskFull):
        detail = "The database's disk is full, so nothing was stored. Tell an admin; what you typed stays with you."
        return problem(status=503, code="disk-full", detail=detail)
    return problem(
        status=503, code="database-away", detail="The database cannot be reached. Try again shortly."
    )


def _described(error: Exception, status: int) -> dict[str, object]:
    if isinstance(error, ValidationError):
        errors, left_out = _first_of(_by_field(error.detail))
        detail = " ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items())
        more = f" And {left_out:,} more." if left_out else ""
        return problem(status=status, code="invalid", detail=shortened(detail) + more, errors=errors)
    if isinstance(error, Http404):
        return problem(status=status, code="not-found", detail="There is no such object.")
    if isinstance(error, PermissionDenied):
        return problem(status=status, code="not-allowed", detail="You may not do this.")
    code = error.get_codes() if isinstance(error, APIException) else "error"
    text = str(error.detail) if isinstance(error, APIException) else str(error)
    return problem(status=status, code=str(code).replace("_", "-"), detail=text)


def _by_field(detail: Any, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Nested validation errors as ("concepts.0.phrase", [text, …]), one at a time."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _by_field(value, f"{path}.{key}".lstrip("."))
    elif isinstance(detail, list) and any(isinstance(one, (dict, list)) for one in detail):
        for place, value in enumerate(detail):
            yield from _by_field(value, f"{path}.{place}".lstrip("."))
    elif texts := detail if isinstance(detail, list) else [detail]:
        yield path or "body", texts


def _first_of(found: Iterator[tuple[str, list[Any]]]) -> tuple[dict[str, list[str]], int]:
    """The first errors as the document shows them, and how many were left out."""
    first = {
        shortened(name, LONGEST_NAME): [shortened(str(text), LONGEST_ERROR) for text in texts[:MOST_ERRORS]]
        for name, texts in islice(found, MOST_ERRORS)
    }
    return first, sum(1 for _ in found)


def shortened(text: str, longest: int = LONGEST_DETAIL) -> str:
    """The text, or its start where it is longer: what was sent may be quoted in it."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


class NoSuchAddressView(APIView):
    """What no other address of the API matched, for everybody alike."""

    project_at = no_project
    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises NotFound."""
        raise NotFound("The API has no such address. Its description is at /api/v1/schema/.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: what it refuses before a view is asked (a forged host, say)."""
    body = problem(status=400, code="bad-request", detail="The server does not take this request.")
    return JsonResponse(body, status=400, content_type=CONTENT_TYPE)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: no detail leaves the server."""
    body = problem(
        status=500, code="server-error", detail="Something went wrong on the server. It has been logged."
    )
    return JsonResponse(body, status=500, content_type=CONTENT_TYPE)
