from django.contrib.postgres.indexes import HashIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0032_leases_that_are_lost")]

    operations = [
        migrations.RemoveIndex("image", "image_by_source_url"),
        migrations.RenameField("image", "source_url", "image_url"),
        migrations.AlterField(
            "image",
            "image_url",
            models.TextField(blank=True, help_text="Where the picture was fetched, or may be."),
        ),
        migrations.AddField(
            "image",
            "page_url",
            models.TextField(blank=True, default="", help_text="The page that showed it."),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "image",
            HashIndex(
                condition=models.Q(("image_url", ""), _negated=True),
                fields=["image_url"],
                name="image_by_image_url",
            ),
        ),
    ]
