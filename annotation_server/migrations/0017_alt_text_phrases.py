from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0016_sessions_ended")]

    operations = [
        migrations.AddField(
            model_name="alttext",
            name="phrases",
            field=models.JSONField(
                help_text="Its concrete phrases; null: nobody has looked for them yet.", null=True
            ),
        ),
    ]
