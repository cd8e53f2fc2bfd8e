"""The page that loads the front end; its router takes the rest of the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.views.decorators.http import require_safe

NOT_BUILT = "The front end is not built. Run: make setup"


@require_safe
def front_end(request: HttpRequest) -> HttpResponse:
    """index.html as Vite built it: never cached, so that a new version is seen at once; what it loads is cached for good."""
    try:
        response = render(request, "index.html")
    except TemplateDoesNotExist:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    response["Cache-Control"] = "no-cache"
    return response
