"""What constraints cannot say, as triggers: append-only tables, splits that never change, held-out images that never reach a
training set, starting texts that stay, nobody reviewing their own caption."""

from django.db import migrations

APPEND_ONLY = [
    "caption",
    "review",
    "concept",
    "event",
    "draft",
    "draft_set",
    "evaluation",
    "training_set",
    "training_set_row",
]

FUNCTIONS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: no row of it is ever changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_is_append_only';
END $$;

CREATE FUNCTION refuse_other_split() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.split IS DISTINCT FROM OLD.split THEN
        RAISE EXCEPTION 'the split of an image is fixed for the life of its project'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'image_cluster_split_is_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_other_starting_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the starting text of a task is copied in at launch and never changes'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'task_starting_text_is_fixed';
END $$;

CREATE FUNCTION refuse_held_out_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM image
        JOIN task ON task.image_id = image.id
        JOIN caption ON caption.task_id = task.id
        WHERE image.id = NEW.image_id AND caption.id = NEW.caption_id
          AND image.split = 'train' AND image.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'image % must not reach a training set: held out, withdrawn, or not what caption % is of',
            NEW.image_id, NEW.caption_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'training_set_row_not_held_out';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_own_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewer_id = (SELECT annotator_id FROM caption WHERE id = NEW.caption_id) THEN
        RAISE EXCEPTION 'nobody reviews their own caption'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'review_not_by_the_author';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER image_cluster_split_is_fixed BEFORE UPDATE ON image_cluster
    FOR EACH ROW EXECUTE FUNCTION refuse_other_split();
CREATE TRIGGER task_starting_text_is_fixed BEFORE UPDATE ON task FOR EACH ROW
    WHEN ((OLD.starting_text, OLD.starting_source, OLD.alt_text_id, OLD.previous_caption_id, OLD.draft_id,
           OLD.round_id, OLD.image_id)
          IS DISTINCT FROM
          (NEW.starting_text, NEW.starting_source, NEW.alt_text_id, NEW.previous_caption_id, NEW.draft_id,
           NEW.round_id, NEW.image_id))
    EXECUTE FUNCTION refuse_other_starting_text();
CREATE TRIGGER training_set_row_not_held_out BEFORE INSERT ON training_set_row
    FOR EACH ROW EXECUTE FUNCTION refuse_held_out_rows();
CREATE TRIGGER review_not_by_the_author BEFORE INSERT ON review
    FOR EACH ROW EXECUTE FUNCTION refuse_own_review();
ALTER TABLE image ADD CONSTRAINT image_shares_the_split_of_its_cluster
    FOREIGN KEY (cluster_id, split) REFERENCES image_cluster (id, split);
"""

BACK = """
ALTER TABLE image DROP CONSTRAINT image_shares_the_split_of_its_cluster;
DROP FUNCTION refuse_other_split, refuse_other_starting_text, refuse_held_out_rows, refuse_own_review, refuse_change CASCADE;
"""


def append_only(table: str) -> str:
    """Row triggers for UPDATE and DELETE, a statement trigger for TRUNCATE."""
    return f"""
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_is_not_truncated BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS + TRIGGERS + "".join(append_only(table) for table in APPEND_ONLY), reverse_sql=BACK
        )
    ]
