"""What newcomers of a project practise on before their first tasks."""

from django.db import models


class Lesson(models.Model):
    """One of the project's own pictures to practise on. Nothing of it is ever a task or a caption.

    `has` and `lacks` say what must be changed: of each group in `has` a good caption has one, of `lacks` it has none.
    """

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="lessons")
    starting_text = models.TextField()
    about = models.TextField(blank=True, help_text="What to look at here.")
    has = models.JSONField(default=list)
    lacks = models.JSONField(default=list)
    example = models.TextField(help_text="One good caption among many.")

    class Meta:
        db_table = "lesson"
        ordering = ["project_id", "position"]
        constraints = [
            models.UniqueConstraint(name="lesson_position_once_per_project", fields=["project", "position"]),
        ]
