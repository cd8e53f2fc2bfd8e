import django.db.models.deletion
from django.db import migrations, models

import annotation_server.models.embedding


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0020_caption_images"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaptionMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "encoder",
                    models.CharField(
                        help_text="The encoder's key: its weights and preprocessing.", max_length=300
                    ),
                ),
                ("vector", annotation_server.models.embedding.VectorField()),
                ("clip_score", models.FloatField(help_text="100 × cosine of image and text, floored at 0.")),
                (
                    "cider",
                    models.FloatField(
                        help_text="CIDEr-D against other people's first captions of the image. Null: it is no first one, or there are none.",
                        null=True,
                    ),
                ),
            ],
            options={
                "db_table": "caption_measure",
            },
        ),
        migrations.RemoveConstraint(
            model_name="job",
            name="job_kind_known",
        ),
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("inspect_source", "Inspect Source"),
                    ("import_images", "Import Images"),
                    ("embed_images", "Embed Images"),
                    ("build_training_set", "Build Training Set"),
                    ("train_captioner", "Train Captioner"),
                    ("evaluate_captioner", "Evaluate Captioner"),
                    ("write_drafts", "Write Drafts"),
                    ("measure_captions", "Measure Captions"),
                    ("caption_images", "Caption Images"),
                    ("export_round", "Export Round"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "inspect_source",
                            "import_images",
                            "embed_images",
                            "build_training_set",
                            "train_captioner",
                            "evaluate_captioner",
                            "write_drafts",
                            "measure_captions",
                            "caption_images",
                            "export_round",
                        ],
                    )
                ),
                name="job_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="captionmeasure",
            name="caption",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measure",
                to="annotation_server.caption",
            ),
        ),
    ]
