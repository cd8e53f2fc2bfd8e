from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0018_alt_text_score")]

    operations = [
        migrations.AddField(
            model_name="webhook",
            name="old_sealed_secret",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="webhook",
            name="old_secret_until",
            field=models.DateTimeField(null=True),
        ),
    ]
