"""Cohorts, reasons and review levels as data, adjudication, and an index of what is pending for whom."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import annotation_server.models.project


class Migration(migrations.Migration):
    dependencies = [
        ("annotation_server", "0011_guidelines_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("merged", models.BooleanField(default=False)),
                ("seen", models.JSONField()),
                ("comment", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "adjudication",
            },
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "cohort",
                "ordering": ["name"],
            },
        ),
        migrations.RemoveIndex(
            model_name="task",
            name="task_pending_in_order",
        ),
        migrations.AddField(
            model_name="project",
            name="flag_reasons",
            field=models.JSONField(
                default=annotation_server.models.project.default_flag_reasons,
                blank=True,
                help_text="What a reviewer may be asked to look at.",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="release_reasons",
            field=models.JSONField(blank=True, default=list, help_text="Why a task may be given back."),
        ),
        migrations.AddField(
            model_name="project",
            name="review_levels",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="How many reviewers accept a caption, one after the other."
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="skip_reasons",
            field=models.JSONField(
                default=annotation_server.models.project.default_skip_reasons,
                blank=True,
                help_text="Why a task may be passed on.",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="level",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="round",
            name="cohort_shares",
            field=models.JSONField(
                default=dict,
                help_text="Share of the images by cohort id; empty: no cohorts, anybody gets any task.",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="people",
            field=models.JSONField(
                default=list, help_text="Ids of the people it is for; empty: every member."
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="review_levels",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="How many reviewers accept a caption, one after the other."
            ),
        ),
        migrations.AddField(
            model_name="skip",
            name="note",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="task",
            name="flag_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="task",
            name="preferred",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Its caption was picked, or merged, out of several.",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="review_level",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="How many levels of review its current caption has passed."
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="caption",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="annotation_server.caption",
            ),
        ),
        # What does not fit into the column is the person's own words.
        migrations.RunSQL(
            "UPDATE skip SET note = reason, reason = '' WHERE length(reason) > 200",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="skip",
            name="reason",
            field=models.CharField(
                blank=True, help_text="One of the project's; empty: in the note.", max_length=200
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_levels__range", (1, 5))), name="project_review_levels_1_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("caption", "level"), name="review_one_per_level"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("caption", "reviewer"), name="review_one_per_reviewer"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__range", (1, 5))), name="review_level_1_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_levels__range", (1, 5))), name="round_review_levels_1_to_5"
            ),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="chosen",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chosen_by",
                to="annotation_server.caption",
            ),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjudications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjudications",
                to="annotation_server.image",
            ),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="round",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjudications",
                to="annotation_server.round",
            ),
        ),
        migrations.AddField(
            model_name="cohort",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cohorts",
                to="annotation_server.project",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="cohort",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="annotation_server.cohort",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="cohort",
            field=models.ForeignKey(
                db_index=False,
                help_text="Whom it is for.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotation_server.cohort",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("round"),
                django.db.models.functions.comparison.Coalesce("cohort", 0),
                models.F("position"),
                condition=models.Q(("state", "pending")),
                name="task_pending_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.UniqueConstraint(fields=("round", "image"), name="adjudication_once_per_image"),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.UniqueConstraint(
                fields=("project", "name"), name="cohort_name_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "\\S")), name="cohort_has_a_name"
            ),
        ),
        migrations.AlterModelOptions(name="review", options={"ordering": ["level"]}),
        migrations.RunSQL(
            """
CREATE TRIGGER adjudication_is_append_only BEFORE UPDATE OR DELETE ON adjudication
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER adjudication_is_not_truncated BEFORE TRUNCATE ON adjudication
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
""",
            reverse_sql="DROP TRIGGER adjudication_is_append_only ON adjudication;"
            "DROP TRIGGER adjudication_is_not_truncated ON adjudication",
        ),
    ]
