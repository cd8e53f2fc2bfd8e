"""The page that loads the front end; its router takes the rest of the address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

NOT_BUILT = "The front end is not built. Run: make setup"


@require_safe
def front_end(request: HttpRequest) -> HttpResponse:
    """index.html as Vite built it, read anew each time and never cached, so that a new build is seen at once; what it loads
    is cached for good."""
    try:
        page = (settings.FRONT_END / "index.html").read_bytes()
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    return HttpResponse(page, headers={"Cache-Control": "no-cache"})
