"""A working copy knows whether its person lost the task to somebody else: only then may a late caption still come in."""

from django.db import migrations, models

TRIGGER = """
CREATE FUNCTION note_lost_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE working_copy SET lease_lost = true WHERE task_id = NEW.id AND annotator_id = OLD.annotator_id;
    RETURN NULL;
END $$;

CREATE TRIGGER note_lost_lease AFTER UPDATE OF annotator_id ON task FOR EACH ROW
    WHEN (OLD.state = 'claimed' AND NEW.annotator_id <> OLD.annotator_id)
    EXECUTE FUNCTION note_lost_lease();
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0031_imported_events")]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="lease_lost",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The task became somebody else's while it was held (trigger): the text may still come in, once, as late.",
            ),
        ),
        migrations.RunSQL(
            TRIGGER,
            reverse_sql="DROP TRIGGER note_lost_lease ON task; DROP FUNCTION note_lost_lease()",
        ),
    ]
