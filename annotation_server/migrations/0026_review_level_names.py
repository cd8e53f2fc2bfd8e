"""Levels of review have names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0025_archives"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="review_level_names",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Who reviews at each level, in their order; further ones have no name.",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="review_level_names",
            field=models.JSONField(
                default=list,
                help_text="Who reviews at each level, in their order; further ones have no name.",
            ),
        ),
    ]
