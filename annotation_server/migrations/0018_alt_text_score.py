from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0017_alt_text_phrases")]

    operations = [
        migrations.AddField(
            model_name="imageembedding",
            name="alt_text_score",
            field=models.FloatField(
                help_text="100 × cosine to its first alt-text that is not empty, floored at 0. Null: none, or not compared yet.",
                null=True,
            ),
        ),
    ]
