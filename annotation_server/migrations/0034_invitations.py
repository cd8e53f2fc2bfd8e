"""Invitations that wait for an answer; whoever becomes a member, in whatever way, has none any more."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# The lock is what steps/people/invite_person.py waits for: it must not invite while somebody else makes the person a member.
TRIGGER = """
CREATE FUNCTION end_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM project WHERE id = NEW.project_id FOR KEY SHARE;
    DELETE FROM invitation WHERE project_id = NEW.project_id AND user_id = NEW.user_id;
    RETURN NULL;
END $$;

CREATE TRIGGER end_invitation AFTER INSERT ON membership FOR EACH ROW EXECUTE FUNCTION end_invitation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0033_page_url"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("annotator", "Annotator"), ("reviewer", "Reviewer"), ("admin", "Admin")],
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="annotation_server.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "invitation",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "user"), name="invitation_one_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["annotator", "reviewer", "admin"])),
                        name="invitation_role_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            TRIGGER, reverse_sql="DROP TRIGGER end_invitation ON membership; DROP FUNCTION end_invitation()"
        ),
    ]
