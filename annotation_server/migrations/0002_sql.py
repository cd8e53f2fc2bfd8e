"""What models cannot say: triggers, the claim, and indexes of vectors (annotation_server/sql)."""

from django.db import migrations

from annotation_server.sql.read import sql

FILES = ("counters", "triggers", "author_of", "nearest_images", "claim_tasks")
BACK = """
DROP FUNCTION claim_tasks, author_of, refuse_change, refuse_other_split, refuse_other_starting_text, refuse_held_out_rows,
    refuse_own_review, note_lost_lease, end_invitation CASCADE;
ALTER TABLE image DROP CONSTRAINT image_shares_the_split_of_its_cluster;
DROP INDEX image_embedding_hnsw_64, image_embedding_hnsw_128, image_embedding_hnsw_512, image_embedding_hnsw_768,
    image_embedding_hnsw_1024;
DROP TABLE counters;
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0001_tables")]

    operations = [migrations.RunSQL("\n".join(map(sql, FILES)), reverse_sql=BACK)]
