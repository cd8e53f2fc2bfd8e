"""The pictures of a project that newcomers practise on."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_server.api.bodies import Body, body
from annotation_server.api.bounded import LARGEST_ID, LONGEST_TEXT, BoundedList
from annotation_server.api.caller import caller
from annotation_server.api.pictures import url_of_image
from annotation_server.api.token_projects import in_address
from annotation_server.models import Lesson, Project
from annotation_server.queries.people.membership import administered_project, visible_project
from annotation_server.steps.projects.change_lessons import (
    ABOUT_LIMIT,
    MOST_LESSONS,
    NewLesson,
    change_lessons,
)

MOST_WORDS = 20


class WordField(serializers.CharField):
    """A word or a few, as they stand in captions."""

    def __init__(self) -> None:
        super().__init__(max_length=100)


class NewLessonSerializer(Body):
    """A picture, the text to start from, and what must be changed: of each group in `has` a good caption has one, of `lacks`
    none; case does not matter."""

    image = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    starting_text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False)
    about = serializers.CharField(max_length=ABOUT_LIMIT, required=False, default="", allow_blank=True)
    has = BoundedList(
        child=BoundedList(child=WordField(), min_length=1, max_length=MOST_WORDS),
        max_length=MOST_WORDS,
        required=False,
        default=list,
    )
    lacks = BoundedList(child=WordField(), max_length=MOST_WORDS, required=False, default=list)
    example = serializers.CharField(
        max_length=LONGEST_TEXT, trim_whitespace=False, help_text="A good caption, shown on demand."
    )


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    """A picture to practise on."""

    image = serializers.IntegerField(source="image_id")
    image_url = serializers.SerializerMethodField()
    has = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    lacks = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Lesson
        fields = ["image", "image_url", "starting_text", "about", "has", "lacks", "example"]

    def get_image_url(self, lesson: Lesson) -> str:
        """For the screen."""
        return url_of_image(lesson.image, size="screen")


class ChangedLessonsSerializer(Body):
    """All of them, in their order."""

    lessons = BoundedList(child=NewLessonSerializer(), max_length=MOST_LESSONS)


class LessonsView(APIView):
    """The project's own practice pictures; while there are none, those that come with the software are shown."""

    project_at = in_address

    @extend_schema(responses=LessonSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """For every member, in their order; without those whose image was taken down."""
        return _shown(visible_project(user=caller(request), slug=slug))

    @extend_schema(
        request=ChangedLessonsSerializer,
        responses=LessonSerializer(many=True),
        examples=[
            OpenApiExample(
                "One picture",
                value={
                    "lessons": [
                        {
                            "image": 7,
                            "starting_text": "Three boats on Lake Bled, img 0231",
                            "about": "Count, and leave file names out.",
                            "has": [["two", "2"], ["Lake Bled"]],
                            "lacks": ["three", "0231"],
                            "example": "Two boats with white sails on Lake Bled.",
                        }
                    ]
                },
                request_only=True,
            )
        ],
    )
    def put(self, request: Request, slug: str) -> Response:
        """Put these in the place of all before (admin); an empty list goes back to those of the software."""
        project = administered_project(user=caller(request), slug=slug)
        given = body(request, ChangedLessonsSerializer)
        lessons = [NewLesson(**lesson) for lesson in given["lessons"]]
        change_lessons(project=project, lessons=lessons, changed_by=caller(request))
        return _shown(project)


def _shown(project: Project) -> Response:
    lessons = Lesson.objects.filter(project=project, image__withdrawn_at=None).select_related(
        "image__project"
    )
    return Response(LessonSerializer(lessons, many=True).data)
