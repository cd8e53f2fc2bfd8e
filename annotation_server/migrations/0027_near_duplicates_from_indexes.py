"""Near-duplicates are looked up in the indexes alone."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0026_review_level_names"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="image",
            name="image_by_perceptual_hash",
        ),
        migrations.RemoveIndex(
            model_name="image",
            name="image_by_hash_band_0",
        ),
        migrations.RemoveIndex(
            model_name="image",
            name="image_by_hash_band_16",
        ),
        migrations.RemoveIndex(
            model_name="image",
            name="image_by_hash_band_32",
        ),
        migrations.RemoveIndex(
            model_name="image",
            name="image_by_hash_band_48",
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                fields=["project", "perceptual_hash"], include=("id",), name="image_by_perceptual_hash"
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(0)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_0",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(16)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_16",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(32)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_32",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(48)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_48",
            ),
        ),
    ]
