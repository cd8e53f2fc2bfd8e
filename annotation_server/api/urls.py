"""Every address under /api/v1/."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from annotation_server.api.adjudication import urlpatterns as adjudication_addresses
from annotation_server.api.api_tokens import ApiTokensView, ApiTokenView
from annotation_server.api.archive_imports import ArchiveImportViewSet
from annotation_server.api.archives import ArchiveViewSet
from annotation_server.api.captioner_bases import BaseCheckpointViewSet
from annotation_server.api.captioner_runs import CaptionerRunViewSet
from annotation_server.api.captions import CaptionViewSet
from annotation_server.api.cohorts import urlpatterns as cohort_addresses
from annotation_server.api.events import EventViewSet
from annotation_server.api.exports import ExportFileView, ExportFormatsView, ExportViewSet
from annotation_server.api.guidelines import urlpatterns as guidelines_addresses
from annotation_server.api.images import ImageViewSet, PixelsView
from annotation_server.api.imports import ImportViewSet
from annotation_server.api.invitations import urlpatterns as invitation_addresses
from annotation_server.api.jobs import JobViewSet
from annotation_server.api.lessons import LessonsView
from annotation_server.api.members import MembersView, MemberView
from annotation_server.api.parameters import USERNAME
from annotation_server.api.people import urlpatterns as people_addresses
from annotation_server.api.problems import NoSuchAddressView
from annotation_server.api.project_captioner import ProjectCaptionerView
from annotation_server.api.projects import ProjectViewSet
from annotation_server.api.round_reports import (
    AgreementView,
    ConvergenceView,
    MeasureView,
    PeopleReportView,
    RoundReportView,
)
from annotation_server.api.rounds import RoundViewSet
from annotation_server.api.schema_view import SchemaView
from annotation_server.api.session import SessionProviderView, SessionView
from annotation_server.api.tasks import TaskViewSet
from annotation_server.api.token_counts import TokenCountsView
from annotation_server.api.webhooks import urlpatterns as webhook_addresses

router = SimpleRouter()
router.register("projects", ProjectViewSet)
router.register("rounds", RoundViewSet)
router.register("tasks", TaskViewSet)
router.register("images", ImageViewSet)
router.register("captions", CaptionViewSet)
router.register("captioner-runs", CaptionerRunViewSet)
router.register("captioner-bases", BaseCheckpointViewSet)
router.register("imports", ImportViewSet)
router.register("archives", ArchiveViewSet)
router.register("archive-imports", ArchiveImportViewSet)
router.register("jobs", JobViewSet)
router.register("exports", ExportViewSet)
router.register("events", EventViewSet)

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("session/", SessionView.as_view(), name="session"),
    path("api-tokens/", ApiTokensView.as_view(), name="api-tokens"),
    re_path(r"^api-tokens/(?P<pk>[0-9]{1,18})/$", ApiTokenView.as_view(), name="api-token"),
    path("session/provider/", SessionProviderView.as_view(), name="session-provider"),
    re_path(
        r"^images/(?P<pk>[0-9]{1,18})/pixels/(?P<size>screen|thumbnail|original)/$",
        PixelsView.as_view(),
        name="image-pixels",
    ),
    path("projects/<slug:slug>/members/", MembersView.as_view(), name="members"),
    re_path(
        rf"^projects/(?P<slug>[-a-zA-Z0-9_]+)/members/{USERNAME}/$",
        MemberView.as_view(),
        name="member-detail",
    ),
    re_path(r"^rounds/(?P<pk>[0-9]{1,18})/report/$", RoundReportView.as_view(), name="round-report"),
    re_path(
        r"^rounds/(?P<pk>[0-9]{1,18})/convergence/$", ConvergenceView.as_view(), name="round-convergence"
    ),
    re_path(r"^rounds/(?P<pk>[0-9]{1,18})/people/$", PeopleReportView.as_view(), name="round-people"),
    re_path(r"^rounds/(?P<pk>[0-9]{1,18})/agreement/$", AgreementView.as_view(), name="round-agreement"),
    re_path(r"^rounds/(?P<pk>[0-9]{1,18})/measure/$", MeasureView.as_view(), name="round-measure"),
    path("exports/formats/", ExportFormatsView.as_view(), name="export-formats"),
    re_path(
        r"^exports/(?P<pk>[0-9]{1,18})/files/(?P<name>.+)$", ExportFileView.as_view(), name="export-file"
    ),
    *adjudication_addresses,
    *cohort_addresses,
    *guidelines_addresses,
    *invitation_addresses,
    *people_addresses,
    path("projects/<slug:slug>/captioner/", ProjectCaptionerView.as_view(), name="project-captioner"),
    path("projects/<slug:slug>/lessons/", LessonsView.as_view(), name="lessons"),
    path("projects/<slug:slug>/token-counts/", TokenCountsView.as_view(), name="token-counts"),
    *webhook_addresses,
    *router.urls,
    re_path(r"", NoSuchAddressView.as_view(), name="no-such-address"),
]
