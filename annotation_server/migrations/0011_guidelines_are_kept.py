"""The guidelines that projects have become their first version, and no version is ever changed or removed."""

from django.db import migrations

FIRST_VERSIONS = """
INSERT INTO guidelines_version (project_id, number, text, note)
SELECT id, 1, guidelines, '' FROM project WHERE guidelines <> ''
"""
APPEND_ONLY = """
CREATE TRIGGER guidelines_version_is_append_only BEFORE UPDATE OR DELETE ON guidelines_version
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guidelines_version_is_not_truncated BEFORE TRUNCATE ON guidelines_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
BACK = """
DROP TRIGGER guidelines_version_is_append_only ON guidelines_version;
DROP TRIGGER guidelines_version_is_not_truncated ON guidelines_version
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0010_guidelines")]

    operations = [
        migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, BACK),
    ]
