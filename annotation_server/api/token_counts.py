"""Counting a caption's tokens while it is written."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body
from annotation_server.api.caller import caller
from annotation_server.api.token_projects import in_address
from annotation_server.queries.people.membership import visible_project
from annotation_server.queries.runs.token_counts import PARTS, token_counts


class CountedTextSerializer(Body):
    """A text as it stands."""

    text = serializers.CharField(max_length=100_000, allow_blank=True, trim_whitespace=False)


class TokenCountSerializer(serializers.Serializer[Any]):
    """How many tokens it is for one part of the captioner; what is over the limit is cut off."""

    part = serializers.ChoiceField(choices=PARTS)
    model = serializers.CharField(help_text="Empty for one that was made on this server.")
    count = serializers.IntegerField()
    limit = serializers.IntegerField()


class TokenCountsView(APIView):
    """The tokens of a text for the captioner's encoder and decoder; an empty list before the first run."""

    project_at = in_address

    @extend_schema(
        request=CountedTextSerializer,
        responses=TokenCountSerializer(many=True),
        examples=[OpenApiExample("A caption", value={"text": "A marine iguana."}, request_only=True)],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Nothing of the text is kept."""
        project = visible_project(user=caller(request), slug=slug)
        given = body(request, CountedTextSerializer)
        counts = token_counts(project=project, text=given["text"])
        return Response(TokenCountSerializer(counts, many=True).data)
