"""The front end's files while it may be built anew under a running server: an update must not end in errors."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types.
    """WhiteNoise knows its files from the start of the process; this one looks again where they may have changed.

    An address that is not known is looked up, and so is one without a hash in its name, whose content may be new. A file that
    is gone is forgotten: a page of the old build then gets a plain 404 and loads itself anew.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The file, or whatever comes after this middleware."""
        path = request.path_info
        if not path.startswith(self.static_prefix):
            return self._answer(None, request)
        known = self.files.get(path) if self.immutable_file_test("", path) else None
        try:
            return self._answer(known or self._found(path), request)
        except FileNotFoundError:
            return self._answer(self._found(path), request)

    def _found(self, path: str) -> Any:
        found = self.find_file(path)
        if found is None:
            self.files.pop(path, None)
        else:
            self.files[path] = found
        return found

    def _answer(self, file: Any, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = self.get_response(request) if file is None else self.serve(file, request)
        return answer
