"""The front end's files while it may be built anew under a running server: an update must not end in errors."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import get_finders
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types.
    """WhiteNoise knows its files from the start of the process; this one looks when they are asked for, and again where they
    may have changed.

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

    def add_files_from_finders(self) -> None:
        """None ahead: each is looked up when it is first asked for."""

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Only what lies below a folder that is served, links followed."""
        roots = [Path(root).resolve() for root in self._roots()]
        for path in super().candidate_paths_for_url(url):
            if any(Path(path).resolve().is_relative_to(root) for root in roots):
                yield path

    def _roots(self) -> Iterator[str]:
        """The collected files' folder, and those that Django finds such files in."""
        yield from (root for root, _ in self.directories)
        for finder in get_finders():
            yield from (storage.location for storage in getattr(finder, "storages", {}).values())

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
