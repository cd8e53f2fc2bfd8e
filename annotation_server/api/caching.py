"""What browsers and proxies may keep of an answer: nothing, or a picture that they ask about again before each showing.

A picture's address changes with its pixels, so a browser could keep it for good; but then it also showed it after a takedown,
or to somebody who is no member any more. Asking again costs one small answer (304), which checks both.
"""

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from rest_framework.request import Request


class NothingIsKept:
    """The middleware: an answer of the API that says nothing of caches is stored nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever comes after it, with the header."""
        answer = self._get_response(request)
        if request.path_info.startswith(("/api/", "/_allauth/", "/healthz/")):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def asked_again(request: Request, *, tag: str, answer: Callable[[], FileResponse]) -> HttpResponseBase:
    """The file, or 304 without touching it where the browser has it; whether the caller may see it was asked before."""
    tag = f'"{tag}"'
    kept: HttpResponseBase | None = get_conditional_response(request._request, etag=tag)
    told = kept or answer()
    told.headers["ETag"] = tag
    patch_cache_control(told, private=True, no_cache=True)
    return told
