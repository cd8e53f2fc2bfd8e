"""Every error of the API as a problem document (RFC 9457)."""

from http import HTTPStatus
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

from annotation_server.errors import NotFound, Refusal

CONTENT_TYPE = "application/problem+json"


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
        "detail": detail,
        "code": code,
        **extra,
    }


def as_problem_document(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None (a 500) for what nobody expected."""
    if isinstance(error, Refusal):
        body = problem(status=error.status, code=error.code, detail=error.message, **error.extra)
        return Response(body, status=error.status, content_type=CONTENT_TYPE)
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
        errors = _by_field(error.detail)
        detail = " ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items())
        return problem(status=status, code="invalid", detail=detail, errors=errors)
    if isinstance(error, Http404):
        return problem(status=status, code="not-found", detail="There is no such object.")
    if isinstance(error, PermissionDenied):
        return problem(status=status, code="not-allowed", detail="You may not do this.")
    code = error.get_codes() if isinstance(error, APIException) else "error"
    text = str(error.detail) if isinstance(error, APIException) else str(error)
    return problem(status=status, code=str(code).replace("_", "-"), detail=text)


def _by_field(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested validation errors as {"concepts.0.phrase": [text, …]}."""
    if isinstance(detail, dict):
        pairs = [(f"{path}.{key}".lstrip("."), value) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(one, (dict, list)) for one in detail):
        pairs = [(f"{path}.{i}".lstrip("."), value) for i, value in enumerate(detail)]
    else:
        texts = [str(one) for one in detail] if isinstance(detail, list) else [str(detail)]
        return {path or "body": texts} if texts else {}
    return {name: texts for key, value in pairs for name, texts in _by_field(value, key).items()}


class NoSuchAddressView(APIView):
    """What no other address of the API matched, for everybody alike."""

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
