"""Pre-trained captioners of the site: owners register and remove them, admins of projects choose among them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_server.api.bodies import Body, body, refuse_fields
from annotation_server.api.caller import caller
from annotation_server.api.pagination import ById
from annotation_server.api.token_projects import closed, no_project
from annotation_server.choices import BaseState, Role
from annotation_server.errors import NotAllowed
from annotation_server.models import BaseCheckpoint
from annotation_server.queries.people.membership import has_role_somewhere, require_owner
from annotation_server.steps.bases.register_base import register_base
from annotation_server.steps.bases.remove_base import remove_base
from annotation_server.texts.text import COMMENT_LIMIT


class BaseCheckpointSerializer(serializers.ModelSerializer[BaseCheckpoint]):
    """A base, and what a worker of the captioner found in it. `misfits` says of each recipe why training cannot start here, ''
    where it can."""

    state = serializers.ChoiceField(choices=BaseState.choices)
    settings = serializers.DictField()
    misfits = serializers.DictField(child=serializers.CharField(allow_blank=True))

    class Meta:
        model = BaseCheckpoint
        fields = [
            *("id", "name", "folder", "repository", "note", "state", "error", "settings", "parameters"),
            *("byte_count", "sha256", "card", "misfits", "created_at"),
        ]


class NewBaseSerializer(Body):
    """Where it is: `folder` below the server's CAPTIONER_BASES, or `repository` of the hub, OWNER/NAME or
    OWNER/NAME@REVISION."""

    name = serializers.CharField(max_length=80)
    folder = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    repository = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    note = serializers.CharField(
        max_length=COMMENT_LIMIT, required=False, default="", allow_blank=True, trim_whitespace=False
    )


class ByName(ById):
    """In the order in which people look for them."""

    ordering = "name"


class BaseCheckpointViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[BaseCheckpoint]):
    """The bases that captioners may start from."""

    project_at = {"list": no_project, "*": closed}
    serializer_class = BaseCheckpointSerializer
    pagination_class = ByName
    lookup_value_regex = "[0-9]{1,18}"
    queryset = BaseCheckpoint.objects.none()

    def get_queryset(self) -> QuerySet[BaseCheckpoint]:
        """For those who run a project."""
        if not has_role_somewhere(user=caller(self.request), role=Role.ADMIN):
            raise NotAllowed("Only admins of a project see what captioners may start from.")
        return BaseCheckpoint.objects.all()

    @extend_schema(
        request=NewBaseSerializer,
        responses={201: BaseCheckpointSerializer},
        examples=[
            OpenApiExample(
                "A folder of the server",
                value={"name": "pre-trained 2026", "folder": "pre-2026", "note": "One epoch of our crawl."},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Register one (owners of the site); a worker of the captioner looks into it."""
        require_owner(user=caller(request))
        base = register_base(**body(request, NewBaseSerializer), registered_by=caller(request))
        base.refresh_from_db()  # The database has set its time.
        return Response(self.get_serializer(base).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it off the list (owners of the site); its files stay. Refused while a project starts from it."""
        require_owner(user=caller(request))
        base = self.get_object()
        refuse_fields(request)
        remove_base(base=base, removed_by=caller(request))
        return Response(status=204)
