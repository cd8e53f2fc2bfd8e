from django.db import migrations

# The width of the encoder that `tiny` makes for itself; 0015 has those of the other presets.
CREATE = """
CREATE INDEX image_embedding_hnsw_128 ON image_embedding
    USING hnsw ((vector::vector(128)) vector_cosine_ops) WHERE vector_dims(vector) = 128
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0028_held_out_lookalikes")]

    operations = [migrations.RunSQL(CREATE, reverse_sql="DROP INDEX image_embedding_hnsw_128")]
