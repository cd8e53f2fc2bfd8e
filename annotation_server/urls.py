"""Every address of the server: the API, accounts, a health check, and the front end for everything else."""

from django.urls import include, path, re_path

from annotation_server.api.front_end import front_end
from annotation_server.api.health import health

urlpatterns = [
    path("api/v1/", include("annotation_server.api.urls")),
    path("_allauth/", include("annotation_server.api.account.urls")),
    path("healthz/", health, name="health"),
    re_path(r"^(?!api/|_allauth/|static/|healthz).*$", front_end, name="front-end"),
]

handler400 = "annotation_server.api.problems.bad_request"
handler500 = "annotation_server.api.problems.server_error"
