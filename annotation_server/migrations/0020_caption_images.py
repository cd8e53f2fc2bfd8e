import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0019_webhook_secrets_renewed"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="job_kind_known",
        ),
        migrations.AddField(
            model_name="export",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="annotation_server.captionerrun",
            ),
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
                            "caption_images",
                            "export_round",
                        ],
                    )
                ),
                name="job_kind_known",
            ),
        ),
    ]
