"""Who is asking: the signed-in User behind a request, typed."""

from typing import cast

from django.http import HttpRequest
from rest_framework.request import Request

from annotation_server.models import User


def caller(request: Request | HttpRequest) -> User:
    """The signed-in person (views that call this require a sign-in)."""
    return cast(User, request.user)
