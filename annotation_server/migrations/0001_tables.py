"""Every table, as the models have it."""

import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import annotation_server.models.embedding
import annotation_server.models.project
from annotation_server.sql.read import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(sql("extensions"), reverse_sql=migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AltText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "phrases",
                    models.JSONField(
                        help_text="Its concrete phrases; null: nobody has looked for them yet.", null=True
                    ),
                ),
            ],
            options={
                "db_table": "alt_text",
                "ordering": ["image_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="CaptionerRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("recipe", models.CharField(max_length=60)),
                (
                    "started_from",
                    models.JSONField(
                        db_default=models.Value({}, models.JSONField()),
                        default=dict,
                        help_text="The base or run, with the SHA-256 of its checkpoint, whose weights it began with; {}: none.",
                    ),
                ),
                (
                    "settings",
                    models.JSONField(default=dict, help_text="The whole configuration that was used."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("training", "Training"),
                            ("evaluating", "Evaluating"),
                            ("drafting", "Drafting"),
                            ("finished", "Finished"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                (
                    "checkpoint",
                    models.CharField(blank=True, help_text="Folder, relative to RUNS_ROOT.", max_length=500),
                ),
                (
                    "report",
                    models.JSONField(
                        default=dict, help_text="Losses, steps, seconds, counts, warnings, samples."
                    ),
                ),
                ("promoted", models.BooleanField(null=True)),
                ("promotion_reason", models.TextField(blank=True)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "captioner_run",
                "ordering": ["project_id", "number"],
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
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "mean_logprob",
                    models.FloatField(help_text="Mean natural-log probability of its tokens.", null=True),
                ),
                (
                    "token_logprobs",
                    models.JSONField(default=list, help_text="[[token, natural-log probability], …]"),
                ),
                (
                    "unsure",
                    models.JSONField(
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        help_text="[start, end] of the words that its run was unsure of.",
                    ),
                ),
                (
                    "clip_score",
                    models.FloatField(help_text="100 × cosine of image and text, floored at 0.", null=True),
                ),
                (
                    "finished",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="False for a text that was cut off at its limit.",
                    ),
                ),
            ],
            options={
                "db_table": "draft",
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("split", models.CharField(choices=[("train", "Train"), ("eval", "Eval")], max_length=10)),
                ("perceptual_hash", models.BigIntegerField()),
                (
                    "colour_grid",
                    models.BinaryField(default=b"", help_text="8 × 8 mean colours, RGB, row by row."),
                ),
                (
                    "file_name",
                    models.CharField(help_text="Name in the storage, from the hash.", max_length=200),
                ),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("byte_count", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=40)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("domain", models.CharField(blank=True, max_length=200)),
                (
                    "source_key",
                    models.CharField(blank=True, help_text="The source's own id.", max_length=500),
                ),
                (
                    "image_url",
                    models.TextField(blank=True, help_text="Where the picture was fetched, or may be."),
                ),
                ("page_url", models.TextField(blank=True, help_text="The page that showed it.")),
                ("licence", models.CharField(blank=True, max_length=200)),
                (
                    "face_boxes",
                    models.JSONField(
                        default=list, help_text="[[x0, y0, x1, y1], …] in pixels of the upright image."
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(help_text="Taken down at its source's request.", null=True),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "image",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ImageCluster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("split", models.CharField(choices=[("train", "Train"), ("eval", "Eval")], max_length=10)),
            ],
            options={
                "db_table": "image_cluster",
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "sessions_ended",
                    models.PositiveIntegerField(
                        default=0, help_text="Raised to end every session that the person has."
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "db_table": "user",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Caption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission_id", models.UUIDField(unique=True)),
                ("text", models.TextField()),
                (
                    "seconds",
                    models.FloatField(help_text="Active seconds, as the editor counted them.", null=True),
                ),
                (
                    "pasted_share",
                    models.FloatField(help_text="Share of its characters that were pasted.", null=True),
                ),
                ("words", models.PositiveIntegerField(default=0)),
                (
                    "words_changed",
                    models.PositiveIntegerField(
                        default=0, help_text="Word-level edit distance from the starting text."
                    ),
                ),
                (
                    "similarity",
                    models.FloatField(
                        default=1.0,
                        help_text="1 − edit distance over the longer length, to the text it was started from.",
                    ),
                ),
                (
                    "parent_similarity",
                    models.FloatField(help_text="The same to the parent caption.", null=True),
                ),
                (
                    "check_passed",
                    models.BooleanField(
                        help_text="Of a check task: whether the planted error is gone. Null otherwise.",
                        null=True,
                    ),
                ),
                ("late", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "alt_text",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captions",
                        to="annotation_server.alttext",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captions",
                        to="annotation_server.draft",
                    ),
                ),
            ],
            options={
                "db_table": "caption",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaptionMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "encoder",
                    models.CharField(
                        help_text="The encoder's key: its weights and preprocessing.", max_length=300
                    ),
                ),
                ("vector", annotation_server.models.embedding.VectorField()),
                ("clip_score", models.FloatField(help_text="100 × cosine of image and text, floored at 0.")),
                (
                    "cider",
                    models.FloatField(
                        help_text="CIDEr-D against other people's first captions of the image. Null: it is no first one, or there are none.",
                        null=True,
                    ),
                ),
                (
                    "caption",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measure",
                        to="annotation_server.caption",
                    ),
                ),
            ],
            options={
                "db_table": "caption_measure",
            },
        ),
        migrations.CreateModel(
            name="DraftSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decode", models.JSONField()),
                ("row_count", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_set",
                        to="annotation_server.captionerrun",
                    ),
                ),
            ],
            options={
                "db_table": "draft_set",
            },
        ),
        migrations.AddField(
            model_name="draft",
            name="draft_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="annotation_server.draftset",
            ),
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("format", models.CharField(max_length=40)),
                ("options", models.JSONField(default=dict)),
                ("folder", models.CharField(blank=True, max_length=1000)),
                ("row_count", models.PositiveBigIntegerField(null=True)),
                ("manifest", models.JSONField(null=True)),
                ("manifest_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "changes",
                    models.JSONField(
                        help_text="How many rows were added, changed and gone since then.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "previous",
                    models.ForeignKey(
                        help_text="The last one of its kind.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.export",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to="annotation_server.captionerrun",
                    ),
                ),
            ],
            options={
                "db_table": "export",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="draft",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="annotation_server.image",
            ),
        ),
        migrations.AddField(
            model_name="alttext",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alt_texts",
                to="annotation_server.image",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="cluster",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="images",
                to="annotation_server.imagecluster",
            ),
        ),
        migrations.CreateModel(
            name="BaseCheckpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "folder",
                    models.CharField(blank=True, help_text="Below CAPTIONER_BASES.", max_length=250),
                ),
                (
                    "repository",
                    models.CharField(
                        blank=True, help_text="OWNER/NAME or OWNER/NAME@REVISION.", max_length=250
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What its owner says of it: data, licence, purpose."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("inspecting", "Inspecting"),
                            ("ready", "Ready"),
                            ("unusable", "Unusable"),
                        ],
                        default="inspecting",
                        max_length=20,
                    ),
                ),
                ("error", models.TextField(blank=True, help_text="Why it is unusable.")),
                ("settings", models.JSONField(default=dict)),
                ("parameters", models.PositiveBigIntegerField(default=0)),
                ("byte_count", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("card", models.TextField(blank=True)),
                ("misfits", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "base_checkpoint",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["inspecting", "ready", "unusable"])),
                        name="base_checkpoint_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("folder", ""), ("repository", ""), _connector="XOR"),
                        name="base_checkpoint_is_a_folder_or_a_repository",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=60,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[a-z0-9-]+$")],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("guidelines", models.TextField(blank=True, help_text="Markdown.")),
                ("language", models.CharField(default="en", help_text="BCP 47.", max_length=35)),
                ("caption_limit", models.PositiveIntegerField(default=10000, help_text="Characters.")),
                (
                    "eval_share",
                    models.FloatField(default=0.2, help_text="Share of images held out for evaluation."),
                ),
                (
                    "blur_faces",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Whether the faces of face_boxes are blurred in what is served.",
                    ),
                ),
                (
                    "asks_for_concepts",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Whether a dropped concept needs a reason before submitting.",
                    ),
                ),
                (
                    "captioner_recipe",
                    models.CharField(blank=True, help_text="Empty: CAPTIONER_PRESET.", max_length=60),
                ),
                (
                    "captioner_start",
                    models.CharField(
                        choices=[
                            ("recipe", "Recipe"),
                            ("base", "Base"),
                            ("last_promoted", "Last Promoted"),
                        ],
                        db_default="recipe",
                        default="recipe",
                        max_length=20,
                    ),
                ),
                (
                    "captioner_base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="annotation_server.basecheckpoint",
                    ),
                ),
                ("gate_metric", models.CharField(default="cider", max_length=40)),
                (
                    "gate_margin",
                    models.FloatField(
                        default=1.0,
                        help_text="A run must reach this multiple of what the alt-text itself scores.",
                    ),
                ),
                (
                    "gate_min_rows",
                    models.PositiveIntegerField(
                        default=20, help_text="Held-out captions needed to judge a run."
                    ),
                ),
                (
                    "review_levels",
                    models.PositiveSmallIntegerField(
                        db_default=1,
                        default=1,
                        help_text="How many reviewers accept a caption, one after the other.",
                    ),
                ),
                (
                    "review_level_names",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Who reviews at each level, in their order; further ones have no name.",
                    ),
                ),
                (
                    "skip_reasons",
                    models.JSONField(
                        blank=True,
                        default=annotation_server.models.project.default_skip_reasons,
                        help_text="Why a task may be passed on.",
                    ),
                ),
                (
                    "flag_reasons",
                    models.JSONField(
                        blank=True,
                        default=annotation_server.models.project.default_flag_reasons,
                        help_text="What a reviewer may be asked to look at.",
                    ),
                ),
                (
                    "release_reasons",
                    models.JSONField(blank=True, default=list, help_text="Why a task may be given back."),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "project",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("eval_share__range", (0, 1))), name="project_eval_share_in_0_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caption_limit__gt", 0)), name="project_caption_limit_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_levels__range", (1, 5))),
                        name="project_review_levels_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("captioner_start__in", ["recipe", "base", "last_promoted"])),
                        name="project_captioner_start_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("captioner_start", "base"), _negated=True),
                            ("captioner_base__isnull", False),
                            _connector="OR",
                        ),
                        name="project_captioner_starts_from_a_base_it_has",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("paused_at", models.DateTimeField(null=True)),
                (
                    "guidelines_seen",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="The newest version of the guidelines that they have read.",
                    ),
                ),
                (
                    "practised_at",
                    models.DateTimeField(
                        help_text="When they had gone through the practice tasks.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "cohort",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="annotation_server.cohort",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "membership",
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("starting_text", models.TextField()),
                ("about", models.TextField(blank=True, help_text="What to look at here.")),
                ("has", models.JSONField(default=list)),
                ("lacks", models.JSONField(default=list)),
                ("example", models.TextField(help_text="One good caption among many.")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "lesson",
                "ordering": ["project_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inspect_source", "Inspect Source"),
                            ("import_images", "Import Images"),
                            ("embed_images", "Embed Images"),
                            ("build_training_set", "Build Training Set"),
                            ("train_captioner", "Train Captioner"),
                            ("evaluate_captioner", "Evaluate Captioner"),
                            ("write_drafts", "Write Drafts"),
                            ("measure_captions", "Measure Captions"),
                            ("caption_images", "Caption Images"),
                            ("inspect_base", "Inspect Base"),
                            ("export_round", "Export Round"),
                            ("export_archive", "Export Archive"),
                            ("inspect_archive", "Inspect Archive"),
                            ("import_archive", "Import Archive"),
                        ],
                        max_length=40,
                    ),
                ),
                ("parameters", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                ("fencing_token", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("heartbeat_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(default=0)),
                ("message", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                ("error", models.TextField(blank=True)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "export",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="annotation_server.export",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="annotation_server.captionerrun",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "job",
                "ordering": ["created_at", "id"],
            },
        ),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
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
            ],
            options={
                "db_table": "invitation",
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=250)),
                ("byte_count", models.PositiveBigIntegerField(default=0)),
                (
                    "received",
                    models.PositiveBigIntegerField(default=0, help_text="Bytes of the upload that are here."),
                ),
                ("address", models.TextField(blank=True)),
                ("preview", models.JSONField(help_text="What a worker found in it.", null=True)),
                ("options", models.JSONField(default=dict)),
                ("rows_done", models.PositiveBigIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("journal_bytes", models.PositiveBigIntegerField(default=0)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspected_%(class)ss",
                        to="annotation_server.job",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="annotation_server.job",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "import",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ArchiveImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=250)),
                ("byte_count", models.PositiveBigIntegerField(default=0)),
                (
                    "received",
                    models.PositiveBigIntegerField(default=0, help_text="Bytes of the upload that are here."),
                ),
                ("preview", models.JSONField(help_text="What a worker found in it.", null=True)),
                ("slug", models.CharField(blank=True, max_length=60)),
                ("confirmed", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspected_%(class)ss",
                        to="annotation_server.job",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="annotation_server.job",
                    ),
                ),
            ],
            options={
                "db_table": "archive_import",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImageEmbedding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "encoder",
                    models.CharField(
                        help_text="The encoder's key: its weights and preprocessing.", max_length=300
                    ),
                ),
                ("vector", annotation_server.models.embedding.VectorField()),
                (
                    "alt_text_score",
                    models.FloatField(
                        help_text="100 × cosine to its first alt-text that is not empty, floored at 0. Null: none, or not compared yet.",
                        null=True,
                    ),
                ),
                (
                    "compared_down_to",
                    models.FloatField(
                        help_text="The cosine down to which near-duplicates in the other split were looked for. Null: not yet.",
                        null=True,
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="embeddings",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "image_embedding",
            },
        ),
        migrations.AddField(
            model_name="imagecluster",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="image_clusters",
                to="annotation_server.project",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="images",
                to="annotation_server.project",
            ),
        ),
        migrations.CreateModel(
            name="GuidelinesVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True, help_text="Markdown.")),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="What changed, in the admin's words.", max_length=500
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidelines_versions",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "guidelines_version",
                "ordering": ["project_id", "number"],
            },
        ),
        migrations.AddField(
            model_name="export",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="annotation_server.project",
            ),
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("verb", models.CharField(max_length=60)),
                ("object_type", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=40)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "imported",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Whether it came in an archive: another server says so, this one has not seen it.",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "event",
                "ordering": ["id"],
            },
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
            model_name="captionerrun",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="captioner_runs",
                to="annotation_server.project",
            ),
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pictures", models.BooleanField(default=True)),
                ("checkpoints", models.BooleanField(default=False)),
                ("byte_count", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("contents", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archives",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archives",
                        to="annotation_server.job",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archives",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "archive",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("annotate", "Annotate"),
                            ("review", "Review"),
                            ("admin", "Admin"),
                        ],
                        default="admin",
                        max_length=20,
                    ),
                ),
                ("expires_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "api_token",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(db_default=1, default=1)),
                (
                    "revision",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Counts the verdicts of one reviewer on the caption: only the last one counts.",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("returned", "Returned"), ("fixed", "Fixed")],
                        max_length=20,
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                (
                    "anchor",
                    models.JSONField(
                        help_text="[start, end]: the characters of the caption that it is about.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "caption",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "fixed_caption",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by_review",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "review",
                "ordering": ["level", "revision"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Preparing"),
                            ("open", "Open"),
                            ("closing", "Closing"),
                            ("closed", "Closed"),
                        ],
                        default="preparing",
                        max_length=20,
                    ),
                ),
                (
                    "starting_text",
                    models.CharField(
                        choices=[
                            ("alt_text", "Alt Text"),
                            ("previous_caption", "Previous Caption"),
                            ("draft", "Draft"),
                        ],
                        max_length=20,
                    ),
                ),
                ("annotators_per_image", models.PositiveSmallIntegerField(default=1)),
                (
                    "review_share",
                    models.FloatField(default=0.0, help_text="Share of submissions that come up for review."),
                ),
                (
                    "review_levels",
                    models.PositiveSmallIntegerField(
                        db_default=1,
                        default=1,
                        help_text="How many reviewers accept a caption, one after the other.",
                    ),
                ),
                (
                    "review_level_names",
                    models.JSONField(
                        default=list,
                        help_text="Who reviews at each level, in their order; further ones have no name.",
                    ),
                ),
                (
                    "people",
                    models.JSONField(
                        default=list, help_text="Ids of the people it is for; empty: every member."
                    ),
                ),
                (
                    "cohort_shares",
                    models.JSONField(
                        default=dict,
                        help_text="Share of the images by cohort id; empty: no cohorts, anybody gets any task.",
                    ),
                ),
                ("lease_minutes", models.PositiveIntegerField(default=30)),
                (
                    "own_previous_allowed",
                    models.BooleanField(
                        default=False, help_text="May people edit their own caption of the previous round?"
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("imported", "Imported"),
                            ("random", "Random"),
                            ("expected_edit", "Expected Edit"),
                        ],
                        default="imported",
                        max_length=20,
                    ),
                ),
                (
                    "control_share",
                    models.FloatField(
                        default=0.0,
                        help_text="Share of tasks that start without the draft, to measure what the draft does.",
                    ),
                ),
                (
                    "check_share",
                    models.FloatField(
                        db_default=0.0,
                        default=0.0,
                        help_text="Check tasks, as a share of the others: errors planted on purpose.",
                    ),
                ),
                (
                    "seed",
                    models.BigIntegerField(
                        default=0,
                        help_text="Of the random order, the sample, the control arm and the check tasks.",
                    ),
                ),
                (
                    "image_choice",
                    models.JSONField(
                        default=dict, help_text="Which images: the filter, as it was asked for."
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "drafting_run",
                    models.ForeignKey(
                        help_text="Whose drafts are shown or started from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="annotation_server.captionerrun",
                    ),
                ),
                (
                    "launched_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="launched_rounds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "round",
                "ordering": ["project_id", "number"],
            },
        ),
        migrations.AddField(
            model_name="job",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="jobs",
                to="annotation_server.round",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="annotation_server.round",
            ),
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("with_alt", "With Alt"),
                            ("without_alt", "Without Alt"),
                            ("alt_text", "Alt Text"),
                            ("round", "Round"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "split",
                    models.CharField(
                        choices=[("train", "Train"), ("eval", "Eval")], default="eval", max_length=10
                    ),
                ),
                (
                    "slice",
                    models.CharField(blank=True, help_text="'' or 'domain=…' or 'source=…'.", max_length=250),
                ),
                ("metrics", models.JSONField()),
                ("row_count", models.PositiveIntegerField()),
                (
                    "rows_sha256",
                    models.CharField(
                        help_text="Over the ids of the reference captions, in order.", max_length=64
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="annotation_server.captionerrun",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="annotation_server.round",
                    ),
                ),
            ],
            options={
                "db_table": "evaluation",
            },
        ),
        migrations.CreateModel(
            name="ClaimBookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveBigIntegerField(db_default=0, default=0)),
                (
                    "annotator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotation_server.round",
                    ),
                ),
            ],
            options={
                "db_table": "claim_bookmark",
            },
        ),
        migrations.AddField(
            model_name="captionerrun",
            name="through_round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="captioner_runs",
                to="annotation_server.round",
            ),
        ),
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
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chosen",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chosen_by",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to="annotation_server.round",
                    ),
                ),
            ],
            options={
                "db_table": "adjudication",
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "sign_in_link",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField(default=0)),
                (
                    "position",
                    models.PositiveBigIntegerField(help_text="The order in which tasks are handed out."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("claimed", "Claimed"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("skipped", "Skipped"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="pending",
                        max_length=20,
                    ),
                ),
                ("starting_text", models.TextField(blank=True)),
                (
                    "starting_source",
                    models.CharField(
                        choices=[
                            ("alt_text", "Alt Text"),
                            ("previous_caption", "Previous Caption"),
                            ("draft", "Draft"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lease_expires_at", models.DateTimeField(null=True)),
                (
                    "control",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="In the control arm: started without the draft.",
                    ),
                ),
                (
                    "check_kind",
                    models.CharField(
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
                (
                    "check_wrong",
                    models.TextField(blank=True, db_default="", default="", help_text="What was planted."),
                ),
                (
                    "draft_unsure",
                    models.JSONField(
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        help_text="[start, end] of the words of the draft, as it is shown, that the captioner was unsure of.",
                    ),
                ),
                (
                    "check_right",
                    models.TextField(blank=True, db_default="", default="", help_text="What stood there."),
                ),
                ("needs_review", models.BooleanField(default=False)),
                (
                    "review_level",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="How many levels of review its current caption has passed.",
                    ),
                ),
                (
                    "preferred",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Its caption was picked, or merged, out of several.",
                    ),
                ),
                ("flagged", models.BooleanField(default=False)),
                ("flag_reason", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("flag_note", models.TextField(blank=True)),
                (
                    "alt_text",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.alttext",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Whom it is for.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.cohort",
                    ),
                ),
                (
                    "current_caption",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.draft",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "previous_annotator",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous_caption",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation_server.round",
                    ),
                ),
            ],
            options={
                "db_table": "task",
            },
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="One of the project's; empty: in the note.", max_length=200
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", default="")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to="annotation_server.task",
                    ),
                ),
            ],
            options={
                "db_table": "skip",
            },
        ),
        migrations.AddField(
            model_name="caption",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="captions",
                to="annotation_server.task",
            ),
        ),
        migrations.CreateModel(
            name="TrainingSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_count", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "left_out_count",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Images with an accepted caption that look like a held-out one to the encoder.",
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_sets",
                        to="annotation_server.project",
                    ),
                ),
                (
                    "through_round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_sets",
                        to="annotation_server.round",
                    ),
                ),
            ],
            options={
                "db_table": "training_set",
            },
        ),
        migrations.AddField(
            model_name="captionerrun",
            name="training_set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="annotation_server.trainingset",
            ),
        ),
        migrations.CreateModel(
            name="TrainingSetRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "caption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.caption",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "training_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="annotation_server.trainingset",
                    ),
                ),
            ],
            options={
                "db_table": "training_set_row",
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=500)),
                (
                    "verbs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("sealed_secret", models.TextField()),
                ("old_sealed_secret", models.TextField(blank=True, db_default="", default="")),
                ("old_secret_until", models.DateTimeField(null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="webhooks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="annotation_server.project",
                    ),
                ),
            ],
            options={
                "db_table": "webhook",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("verb", models.CharField(max_length=60)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("delivered", "Delivered"),
                            ("given_up", "Given Up"),
                        ],
                        db_default="pending",
                        default="pending",
                        max_length=20,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "next_attempt_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("answer_status", models.PositiveSmallIntegerField(null=True)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("attempted_at", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="annotation_server.webhook",
                    ),
                ),
            ],
            options={
                "db_table": "webhook_delivery",
            },
        ),
        migrations.CreateModel(
            name="WorkingCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(db_default=0, default=0)),
                ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "lease_lost",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="The task became somebody else's while it was held (trigger): the text may still come in, once, as late.",
                    ),
                ),
                (
                    "concepts",
                    models.JSONField(
                        help_text="What they decided on the alt-texts' phrases since their last submission, [{phrase, outcome, reason}]; null: nothing, so what their caption says stands.",
                        null=True,
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_copies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_copies",
                        to="annotation_server.task",
                    ),
                ),
            ],
            options={
                "db_table": "working_copy",
            },
        ),
        migrations.CreateModel(
            name="Concept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phrase", models.CharField(max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("kept", "Kept"),
                            ("dropped", "Dropped"),
                            ("corrected", "Corrected"),
                            ("kept_on_trust", "Kept On Trust"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_in_image", "Not In Image"),
                            ("wrong", "Wrong"),
                            ("redundant", "Redundant"),
                            ("unsure", "Unsure"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "caption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concepts",
                        to="annotation_server.caption",
                    ),
                ),
            ],
            options={
                "db_table": "concept",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("caption", "phrase"), name="concept_once_per_caption"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["kept", "dropped", "corrected", "kept_on_trust"])
                        ),
                        name="concept_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "dropped"), ("reason", ""), _connector="OR"),
                        name="concept_reason_only_when_dropped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldOutLookalike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "encoder",
                    models.CharField(
                        help_text="The encoder's key: its weights and preprocessing.", max_length=300
                    ),
                ),
                ("likeness", models.FloatField(help_text="Cosine of the two embeddings.")),
                (
                    "held_out",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="training_lookalikes",
                        to="annotation_server.image",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_out_lookalikes",
                        to="annotation_server.image",
                    ),
                ),
            ],
            options={
                "db_table": "held_out_lookalike",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("image", "held_out"), name="held_out_lookalike_once_per_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("image", models.F("held_out")), _negated=True),
                        name="held_out_lookalike_of_another_image",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digests", models.BinaryField(null=True)),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export_images",
                        to="annotation_server.export",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation_server.image",
                    ),
                ),
            ],
            options={
                "db_table": "export_image",
                "constraints": [
                    models.UniqueConstraint(fields=("export", "image"), name="export_image_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("draft_set", "image"), name="draft_one_per_image_and_set"
            ),
        ),
        migrations.AddIndex(
            model_name="alttext",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("text"), name="gin_trgm_ops"
                ),
                name="alt_text_by_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="alttext",
            constraint=models.UniqueConstraint(
                fields=("image", "position"), name="alt_text_one_per_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("project", "user"), name="membership_one_per_person"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["annotator", "reviewer", "admin"])),
                name="membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(
                fields=("project", "position"), name="lesson_position_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("project", "user"), name="invitation_one_per_person"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["annotator", "reviewer", "admin"])),
                name="invitation_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_name", ""), _negated=True),
                name="archive_import_is_an_upload",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("byte_count"))),
                name="archive_import_receives_what_it_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), ("file_name", ""), _connector="XOR"),
                name="import_is_an_upload_or_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("byte_count"))),
                name="import_receives_what_it_said",
            ),
        ),
        migrations.AddIndex(
            model_name="imageembedding",
            index=models.Index(fields=["project", "encoder"], name="image_embedding_by_encoder"),
        ),
        migrations.AddConstraint(
            model_name="imageembedding",
            constraint=models.UniqueConstraint(
                fields=("image", "encoder"), name="image_embedding_once_per_encoder"
            ),
        ),
        migrations.AddConstraint(
            model_name="imagecluster",
            constraint=models.CheckConstraint(
                condition=models.Q(("split__in", ["train", "eval"])), name="image_cluster_split_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="imagecluster",
            constraint=models.UniqueConstraint(fields=("id", "split"), name="image_cluster_id_and_split"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                fields=["project", "perceptual_hash"], include=("id",), name="image_by_perceptual_hash"
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(0)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_0",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(16)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_16",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(32)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_32",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("project"),
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("perceptual_hash"), ">>", models.Value(48)
                    ),
                    "&",
                    models.Value(65535),
                ),
                include=("perceptual_hash", "id"),
                name="image_by_hash_band_48",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=django.contrib.postgres.indexes.HashIndex(
                condition=models.Q(("image_url", ""), _negated=True),
                fields=["image_url"],
                name="image_by_image_url",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.UniqueConstraint(fields=("project", "sha256"), name="image_once_per_project"),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="image_sha256_is_hex"
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gt", 0), ("width__gt", 0)), name="image_has_pixels"
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelinesversion",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="guidelines_version_numbered_once"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["object_type", "object_id", "id"], name="event_by_object"),
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
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["read", "annotate", "review", "admin"])),
                name="api_token_scope_known",
            ),
        ),
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
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__range", (1, 5))), name="review_level_1_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["accepted", "returned", "fixed"])),
                name="review_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fixed_caption__isnull", False), ("verdict", "fixed")),
                    models.Q(models.Q(("verdict", "fixed"), _negated=True), ("fixed_caption__isnull", True)),
                    _connector="OR",
                ),
                name="review_fix_iff_fixed",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "returned"), _negated=True),
                    ("comment__regex", "\\S"),
                    _connector="OR",
                ),
                name="review_return_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="round_number_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["preparing", "open", "closing"])),
                fields=("project",),
                name="round_one_unfinished_per_project",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="round_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["preparing", "open", "closing", "closed"])),
                name="round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("starting_text__in", ["alt_text", "previous_caption", "draft"])),
                name="round_starting_text_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("starting_text", "draft"), _negated=True),
                    ("drafting_run__isnull", False),
                    _connector="OR",
                ),
                name="round_drafts_need_a_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_share__range", (0, 1))), name="round_review_share_in_0_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("control_share__range", (0, 1))), name="round_control_share_in_0_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("check_share__range", (0, 1))), name="round_check_share_in_0_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_levels__range", (1, 5))), name="round_review_levels_1_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("order__in", ["imported", "random", "expected_edit"])),
                name="round_order_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("lease_minutes__gte", 1)), name="round_lease_at_least_a_minute"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("annotators_per_image__gte", 1)), name="round_has_annotators"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=["heartbeat_at"],
                name="job_unfinished_by_heartbeat",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["project", "-created_at"], name="job_by_project"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "running", "succeeded", "failed", "cancelled"])),
                name="job_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "inspect_source",
                            "import_images",
                            "embed_images",
                            "build_training_set",
                            "train_captioner",
                            "evaluate_captioner",
                            "write_drafts",
                            "measure_captions",
                            "caption_images",
                            "inspect_base",
                            "export_round",
                            "export_archive",
                            "inspect_archive",
                            "import_archive",
                        ],
                    )
                ),
                name="job_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("project__isnull", False),
                    ("kind__in", ["inspect_archive", "import_archive", "inspect_base"]),
                    _connector="XOR",
                ),
                name="job_has_a_project_unless_it_brings_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("run", "kind"),
                name="job_one_unfinished_per_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                fields=("run", "source", "split", "slice"), name="evaluation_once_per_run_and_slice"
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["with_alt", "without_alt", "alt_text", "round"])),
                name="evaluation_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimbookmark",
            constraint=models.UniqueConstraint(
                fields=("round", "annotator"), name="claim_bookmark_one_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.UniqueConstraint(fields=("round", "image"), name="adjudication_once_per_image"),
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
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", "claimed")),
                fields=["round", "lease_expires_at"],
                name="task_leases_by_expiry",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("current_caption__isnull", False), ("state", "claimed")),
                fields=["round", "lease_expires_at"],
                name="task_reopened_by_expiry",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state__in", ["claimed", "returned"])),
                fields=["annotator", "round"],
                name="task_held_by_person",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["round", "state"], name="task_by_round_and_state"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("round", "image", "slot"), name="task_one_per_slot"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("annotator__isnull", False)),
                fields=("round", "image", "annotator"),
                name="task_nobody_gets_an_image_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["pending", "claimed", "submitted", "accepted", "returned", "skipped", "cancelled"],
                    )
                ),
                name="task_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_expires_at__isnull", False), ("state", "claimed")),
                    models.Q(
                        models.Q(("state", "claimed"), _negated=True), ("lease_expires_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="task_lease_iff_claimed",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["claimed", "submitted", "accepted", "returned"]), _negated=True),
                    ("annotator__isnull", False),
                    _connector="OR",
                ),
                name="task_held_or_done_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "pending"), _negated=True),
                    ("annotator__isnull", True),
                    _connector="OR",
                ),
                name="task_pending_is_nobodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["submitted", "accepted", "returned"]), _negated=True),
                    ("current_caption__isnull", False),
                    _connector="OR",
                ),
                name="task_done_has_a_caption",
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
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("previous_annotator__isnull", True),
                    ("annotator__isnull", True),
                    models.Q(("annotator", models.F("previous_annotator")), _negated=True),
                    _connector="OR",
                ),
                name="task_not_own_previous_caption",
            ),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.UniqueConstraint(fields=("task", "annotator"), name="skip_once_per_person"),
        ),
        migrations.AddIndex(
            model_name="caption",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("text"), name="gin_trgm_ops"
                ),
                name="caption_by_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="caption",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__regex", "\\S")), name="caption_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="caption",
            constraint=models.CheckConstraint(
                condition=models.Q(("seconds__gte", 0)), name="caption_seconds_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="caption",
            constraint=models.CheckConstraint(
                condition=models.Q(("pasted_share__range", (0, 1))), name="caption_pasted_share_in_0_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="caption",
            constraint=models.CheckConstraint(
                condition=models.Q(("similarity__range", (0, 1))), name="caption_similarity_in_0_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="captionerrun",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="captioner_run_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="captionerrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["queued", "training", "evaluating", "drafting", "finished", "failed", "cancelled"],
                    )
                ),
                name="captioner_run_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingsetrow",
            constraint=models.UniqueConstraint(
                fields=("training_set", "image"), name="training_set_row_one_per_image"
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["next_attempt_at"],
                name="webhook_delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["webhook", "-created_at"], name="webhook_delivery_log"),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "delivered", "given_up"])),
                name="webhook_delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcopy",
            constraint=models.UniqueConstraint(
                fields=("task", "annotator"), name="working_copy_one_per_person"
            ),
        ),
    ]
