"""A reviewer may put a new verdict in the place of their acceptance: another review of the same level, of a later revision.

And whose caption it is that a reviewer's fix goes back to: what a later level says of the fix is for that person to read.
"""

from django.db import migrations, models

AUTHOR_OF = """
CREATE FUNCTION author_of(p_caption bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE line AS (
        SELECT id, annotator_id, 0 AS step FROM caption WHERE id = p_caption
        UNION ALL
        SELECT caption.id, caption.annotator_id, step + 1
        FROM line JOIN review ON review.fixed_caption_id = line.id JOIN caption ON caption.id = review.caption_id
    )
    SELECT annotator_id FROM line ORDER BY step DESC LIMIT 1
$$
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0035_reopened_captions_stand")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="revision",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="Counts the verdicts of one reviewer on the caption: only the last one counts.",
            ),
        ),
        migrations.AlterModelOptions(name="review", options={"ordering": ["level", "revision"]}),
        migrations.RemoveConstraint(model_name="review", name="review_one_per_level"),
        migrations.RemoveConstraint(model_name="review", name="review_one_per_reviewer"),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("caption", "level", "revision"), name="review_one_per_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("caption", "reviewer", "revision"), name="review_one_per_reviewer"
            ),
        ),
        migrations.RunSQL(AUTHOR_OF, reverse_sql="DROP FUNCTION author_of(bigint)"),
    ]
