"""The claim, for people who take a caption back: it stands again once their lease has ended, and goes to nobody else.

The whole function is in annotation_server/sql from here on.
"""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql"
CLAIM = (SQL / "claim_tasks.sql").read_text().replace("{free_task}", (SQL / "free_task.sql").read_text())


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0034_invitations")]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                name="task_reopened_by_expiry",
                fields=["round", "lease_expires_at"],
                condition=models.Q(state="claimed", current_caption__isnull=False),
            ),
        ),
        migrations.RunSQL(CLAIM, reverse_sql=migrations.RunSQL.noop),
    ]
