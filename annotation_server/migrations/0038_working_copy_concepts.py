"""What somebody decided on the alt-texts' phrases before they handed the caption in is kept with its text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0037_words_counted_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="concepts",
            field=models.JSONField(
                help_text="What they decided on the alt-texts' phrases since their last submission, "
                "[{phrase, outcome, reason}]; null: nothing, so what their caption says stands.",
                null=True,
            ),
        ),
    ]
