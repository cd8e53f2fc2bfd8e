import django.db.models.deletion
from django.db import migrations, models

import annotation_server.models.embedding

# One index a width: those of the encoders that the presets name.
WIDTHS = (64, 512, 768, 1024)


def hnsw(width: int) -> str:
    return (
        f"CREATE INDEX image_embedding_hnsw_{width} ON image_embedding "
        f"USING hnsw ((vector::vector({width})) vector_cosine_ops) WHERE vector_dims(vector) = {width};"
    )


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0014_token_limits_and_webhooks")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS vector", reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ImageEmbedding",
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
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="embeddings",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={"db_table": "image_embedding"},
        ),
        migrations.AddIndex(
            model_name="imageembedding",
            index=models.Index(fields=["project", "encoder"], name="image_embedding_by_encoder"),
        ),
        migrations.AddConstraint(
            model_name="imageembedding",
            constraint=models.UniqueConstraint(
                fields=("image", "encoder"), name="image_embedding_once_per_encoder"
            ),
        ),
        migrations.RunSQL("\n".join(hnsw(width) for width in WIDTHS), reverse_sql=migrations.RunSQL.noop),
    ]
