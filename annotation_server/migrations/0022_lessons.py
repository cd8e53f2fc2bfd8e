import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0021_caption_measures")]

    operations = [
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("starting_text", models.TextField()),
                ("about", models.TextField(blank=True, help_text="What to look at here.")),
                ("has", models.JSONField(default=list)),
                ("lacks", models.JSONField(default=list)),
                ("example", models.TextField(help_text="One good caption among many.")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "lesson",
                "ordering": ["project_id", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "position"), name="lesson_position_once_per_project"
                    )
                ],
            },
        ),
    ]
