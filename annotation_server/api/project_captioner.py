"""How a project's next captioner is trained: chosen by its admins."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body
from annotation_server.api.caller import caller
from annotation_server.api.token_projects import in_address
from annotation_server.choices import StartFrom
from annotation_server.models import Project
from annotation_server.queries.people.membership import administered_project
from annotation_server.queries.runs.recipes import recipes
from annotation_server.steps.projects.choose_captioner import choose_captioner


class RecipeSerializer(serializers.Serializer[Any]):
    """A recipe, and what it is for in a sentence."""

    name = serializers.CharField()
    about = serializers.CharField()


class ProjectCaptionerSerializer(serializers.Serializer[Any]):
    """What is chosen, and the recipes that can be. An empty `recipe` is the server's own, `server_recipe`."""

    recipe = serializers.CharField(allow_blank=True)
    start = serializers.ChoiceField(choices=StartFrom.choices)
    base = serializers.CharField(allow_null=True, help_text="The name of the base, where one is chosen.")
    server_recipe = serializers.CharField()
    recipes = RecipeSerializer(many=True)


class ChosenCaptionerSerializer(Body):
    """What is left out stays. `last_promoted` starts from the base, where one is chosen, until there is a promoted run."""

    recipe = serializers.CharField(max_length=60, allow_blank=True)
    start = serializers.ChoiceField(choices=StartFrom.choices)
    base = serializers.CharField(max_length=80, allow_null=True)


class ProjectCaptionerView(APIView):
    """The project's captioner, for its admins."""

    project_at = in_address

    @extend_schema(responses=ProjectCaptionerSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """What is chosen."""
        return _shown(administered_project(user=caller(request), slug=slug))

    @extend_schema(
        request=ChosenCaptionerSerializer(partial=True),
        responses=ProjectCaptionerSerializer,
        examples=[
            OpenApiExample(
                "Fine-tune a pre-trained captioner by the paper's recipe",
                value={"recipe": "altogether", "start": "base", "base": "pre-trained 2026"},
                request_only=True,
            )
        ],
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Choose; it holds for runs that are queued from now on."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, ChosenCaptionerSerializer, partial=True)
        return _shown(choose_captioner(project=project, changes=given, chosen_by=caller(request)))


def _shown(project: Project) -> Response:
    shown = {
        "recipe": project.captioner_recipe,
        "start": project.captioner_start,
        "base": project.captioner_base.name if project.captioner_base else None,
        "server_recipe": settings.CAPTIONER_PRESET,
        "recipes": recipes(),
    }
    return Response(ProjectCaptionerSerializer(shown).data)
