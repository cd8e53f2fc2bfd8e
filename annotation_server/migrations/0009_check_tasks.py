"""Check tasks: what was planted, whether it was found, and that nothing of it reaches a training set."""

from django.db import migrations, models

# What was planted is as fixed as the text that it was planted into.
STARTING_TEXT_TRIGGER = """
DROP TRIGGER task_starting_text_is_fixed ON task;
CREATE TRIGGER task_starting_text_is_fixed BEFORE UPDATE ON task FOR EACH ROW
    WHEN ((OLD.starting_text, OLD.starting_source, OLD.alt_text_id, OLD.previous_caption_id, OLD.draft_id,
           OLD.round_id, OLD.image_id{old})
          IS DISTINCT FROM
          (NEW.starting_text, NEW.starting_source, NEW.alt_text_id, NEW.previous_caption_id, NEW.draft_id,
           NEW.round_id, NEW.image_id{new}))
    EXECUTE FUNCTION refuse_other_starting_text();
"""
WITH_CHECKS = STARTING_TEXT_TRIGGER.format(
    old=", OLD.check_kind, OLD.check_wrong, OLD.check_right",
    new=", NEW.check_kind, NEW.check_wrong, NEW.check_right",
)
WITHOUT_CHECKS = STARTING_TEXT_TRIGGER.format(old="", new="")

TRAINING_ROWS = """
CREATE OR REPLACE FUNCTION refuse_held_out_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM image
        JOIN task ON task.image_id = image.id
        JOIN caption ON caption.task_id = task.id
        WHERE image.id = NEW.image_id AND caption.id = NEW.caption_id
          AND image.split = 'train' AND image.withdrawn_at IS NULL{no_checks}
    ) THEN
        RAISE EXCEPTION 'image % must not reach a training set: held out, withdrawn, a check, or not what caption % is of',
            NEW.image_id, NEW.caption_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'training_set_row_not_held_out';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0008_counters")]

    operations = [
        migrations.AddField(
            model_name="caption",
            name="check_passed",
            field=models.BooleanField(
                help_text="Of a check task: whether the planted error is gone. Null otherwise.", null=True
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="check_share",
            field=models.FloatField(
                db_default=0.0,
                default=0.0,
                help_text="Check tasks, as a share of the others: errors planted on purpose.",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="check_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("wrong_colour", "Wrong Colour"),
                    ("swapped_name", "Swapped Name"),
                    ("invented_object", "Invented Object"),
                ],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="check_right",
            field=models.TextField(blank=True, db_default="", default="", help_text="What stood there."),
        ),
        migrations.AddField(
            model_name="task",
            name="check_wrong",
            field=models.TextField(blank=True, db_default="", default="", help_text="What was planted."),
        ),
        migrations.AlterField(
            model_name="round",
            name="seed",
            field=models.BigIntegerField(
                default=0, help_text="Of the random order, the sample, the control arm and the check tasks."
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("check_share__range", (0, 1))), name="round_check_share_in_0_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("check_kind", ""), ("check_right", ""), ("check_wrong", "")),
                    models.Q(
                        ("check_kind__in", ["wrong_colour", "swapped_name", "invented_object"]),
                        models.Q(("check_wrong", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="task_check_says_what_was_planted",
            ),
        ),
        migrations.RunSQL(WITH_CHECKS, reverse_sql=WITHOUT_CHECKS),
        migrations.RunSQL(
            TRAINING_ROWS.replace("{no_checks}", " AND task.check_kind = ''"),
            reverse_sql=TRAINING_ROWS.replace("{no_checks}", ""),
        ),
    ]
