"""The OpenAPI document, for everybody who is signed in."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from annotation_server.api import declared_schema as declared_schema  # describes bodies that are declared
from annotation_server.api.token_projects import no_project

Generator: Any = SchemaGenerator  # its types are not told


class _MadeOnce(Generator):  # type: ignore[misc]
    """The document is the same for everybody, and takes most of a second to make: once in each process."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _document()


@cache
def _document() -> Any:
    return Generator().get_schema(request=None, public=True)


class SchemaView(SpectacularAPIView):
    """It says nothing of any project."""

    project_at = no_project
    generator_class = _MadeOnce
