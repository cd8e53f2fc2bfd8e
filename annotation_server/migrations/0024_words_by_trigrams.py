import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations

UPPER = django.contrib.postgres.indexes.OpClass(
    django.db.models.functions.text.Upper("text"), name="gin_trgm_ops"
)


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0023_export_changes")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", reverse_sql=migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="alttext",
            index=django.contrib.postgres.indexes.GinIndex(UPPER, name="alt_text_by_words"),
        ),
        migrations.AddIndex(
            model_name="caption",
            index=django.contrib.postgres.indexes.GinIndex(UPPER, name="caption_by_words"),
        ),
    ]
