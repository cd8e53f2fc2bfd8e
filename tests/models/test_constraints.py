"""Every constraint and trigger of the schema, attacked in SQL. A new constraint without an attack fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from annotation_server.choices import ConceptOutcome, Role, Split, Verdict
from annotation_server.models import (
    Adjudication,
    ApiToken,
    ArchiveImport,
    BaseCheckpoint,
    CaptionerRun,
    Cohort,
    Export,
    ExportImage,
    GuidelinesVersion,
    HeldOutLookalike,
    Image,
    ImageEmbedding,
    Import,
    Invitation,
    Lesson,
    Project,
    Round,
    Task,
    User,
    Webhook,
    WebhookDelivery,
)
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.skip_task import skip_task
from annotation_server.texts.concepts import ConceptOutcomeGiven

# Each attack adds a copy of one row of the table with these columns changed, or runs the statement.
COPIES: dict[str, tuple[str, dict[str, str]]] = {
    "caption_not_blank": ("caption", {"text": r"E' \n\t'", "submission_id": "gen_random_uuid()"}),
    "caption_seconds_not_negative": ("caption", {"seconds": "-1", "submission_id": "gen_random_uuid()"}),
    "caption_pasted_share_in_0_1": ("caption", {"pasted_share": "1.1", "submission_id": "gen_random_uuid()"}),
    "caption_similarity_in_0_1": ("caption", {"similarity": "-0.1", "submission_id": "gen_random_uuid()"}),
    "review_one_per_level": ("review", {"reviewer_id": "{ben}"}),
    "review_one_per_reviewer": ("review", {"level": "2"}),
    "review_level_1_to_5": ("review", {"level": "6", "reviewer_id": "{ben}"}),
    "review_verdict_known": ("review", {"verdict": "'perhaps'", "level": "2", "reviewer_id": "{ben}"}),
    "review_fix_iff_fixed": ("review", {"verdict": "'fixed'", "level": "2", "reviewer_id": "{ben}"}),
    "review_return_says_why": (
        "review",
        {"verdict": "'returned'", "comment": "' '", "level": "2", "reviewer_id": "{ben}"},
    ),
    "adjudication_once_per_image": ("adjudication", {"chosen_id": "chosen_id + 1"}),
    "cohort_name_once_per_project": ("cohort", {}),
    "lesson_position_once_per_project": ("lesson", {}),
    "cohort_has_a_name": ("cohort", {"name": "' '"}),
    "project_review_levels_1_to_5": ("project", {"slug": "'x'", "review_levels": "0"}),
    "round_review_levels_1_to_5": ("round", {"state": "'closed'", "number": "99", "review_levels": "6"}),
    "concept_once_per_caption": ("concept", {}),
    "concept_outcome_known": ("concept", {"outcome": "'lost'", "phrase": "'x'"}),
    "concept_reason_only_when_dropped": ("concept", {"reason": "'wrong'", "phrase": "'x'"}),
    "training_set_row_one_per_image": ("training_set_row", {}),
    "captioner_run_number_once": ("captioner_run", {}),
    "captioner_run_state_known": ("captioner_run", {"state": "'dreaming'", "number": "99"}),
    "evaluation_once_per_run_and_slice": ("evaluation", {}),
    "evaluation_source_known": ("evaluation", {"source": "'hearsay'"}),
    "draft_one_per_image_and_set": ("draft", {}),
    "export_image_once": ("export_image", {}),
    "image_cluster_split_known": ("image_cluster", {"split": "'test'"}),
    "image_once_per_project": ("image", {}),
    "image_sha256_is_hex": ("image", {"sha256": "repeat('G', 64)"}),
    "image_has_pixels": ("image", {"width": "0", "sha256": "repeat('f', 64)"}),
    "image_shares_the_split_of_its_cluster": ("image", {"split": "'eval'", "sha256": "repeat('f', 64)"}),
    "alt_text_one_per_position": ("alt_text", {}),
    "job_state_known": ("job", {"id": "gen_random_uuid()", "state": "'resting'"}),
    "job_has_a_project_unless_it_brings_one": ("job", {"id": "gen_random_uuid()", "project_id": "NULL"}),
    "job_kind_known": ("job", {"id": "gen_random_uuid()", "kind": "'dishes'"}),
    "project_eval_share_in_0_1": ("project", {"slug": "'x'", "eval_share": "1.5"}),
    "project_caption_limit_positive": ("project", {"slug": "'x'", "caption_limit": "0"}),
    "project_captioner_start_known": ("project", {"slug": "'x'", "captioner_start": "'nowhere'"}),
    "project_captioner_starts_from_a_base_it_has": ("project", {"slug": "'x'", "captioner_start": "'base'"}),
    "base_checkpoint_state_known": ("base_checkpoint", {"name": "'x'", "state": "'lost'"}),
    "base_checkpoint_is_a_folder_or_a_repository": ("base_checkpoint", {"name": "'x'", "folder": "''"}),
    "membership_one_per_person": ("membership", {}),
    "membership_role_known": ("membership", {"role": "'king'"}),
    "round_number_once_per_project": ("round", {"state": "'closed'"}),
    "round_one_unfinished_per_project": ("round", {"state": "'open'", "number": "98"}),
    "round_number_from_1": ("round", {"state": "'closed'", "number": "0"}),
    "round_state_known": ("round", {"state": "'ajar'", "number": "99"}),
    "round_starting_text_known": (
        "round",
        {"state": "'closed'", "number": "99", "starting_text": "'rumour'"},
    ),
    "round_drafts_need_a_run": (
        "round",
        {"state": "'closed'", "number": "99", "starting_text": "'draft'", "drafting_run_id": "NULL"},
    ),
    "round_review_share_in_0_1": ("round", {"state": "'closed'", "number": "99", "review_share": "-0.1"}),
    "round_control_share_in_0_1": ("round", {"state": "'closed'", "number": "99", "control_share": "2"}),
    "round_check_share_in_0_1": ("round", {"state": "'closed'", "number": "99", "check_share": "-1"}),
    "round_order_known": ("round", {"state": "'closed'", "number": "99", "order": "'chaos'"}),
    "round_lease_at_least_a_minute": ("round", {"state": "'closed'", "number": "99", "lease_minutes": "0"}),
    "round_has_annotators": ("round", {"state": "'closed'", "number": "99", "annotators_per_image": "0"}),
    "task_one_per_slot": (
        "task",
        {"state": "'cancelled'", "annotator_id": "NULL", "lease_expires_at": "NULL"},
    ),
    "working_copy_one_per_person": ("working_copy", {}),
    "skip_once_per_person": ("skip", {}),
    "claim_bookmark_one_per_person": ("claim_bookmark", {}),
    "api_token_scope_known": ("api_token", {"scope": "'everything'", "secret_sha256": "repeat('f', 64)"}),
    "webhook_delivery_state_known": ("webhook_delivery", {"id": "gen_random_uuid()", "state": "'lost'"}),
    "import_is_an_upload_or_an_address": ("import", {"address": "'https://example.org/rows.csv'"}),
    "archive_import_is_an_upload": ("archive_import", {"file_name": "''"}),
    "archive_import_receives_what_it_said": ("archive_import", {"received": "byte_count + 1"}),
    "import_receives_what_it_said": ("import", {"received": "byte_count + 1"}),
    "image_embedding_once_per_encoder": ("image_embedding", {}),
    "held_out_lookalike_once_per_pair": ("held_out_lookalike", {}),
    "held_out_lookalike_of_another_image": ("held_out_lookalike", {"held_out_id": "image_id"}),
    "guidelines_version_numbered_once": ("guidelines_version", {}),
    "invitation_one_per_person": ("invitation", {}),
    "invitation_role_known": ("invitation", {"role": "'king'", "user_id": "{ben}"}),
}
STATEMENTS: dict[str, str] = {
    "task_state_known": "UPDATE task SET state = 'lost' WHERE state = 'accepted'",
    "task_lease_iff_claimed": "UPDATE task SET lease_expires_at = NULL WHERE state = 'claimed'",
    "task_held_or_done_by_somebody": "UPDATE task SET annotator_id = NULL WHERE state = 'claimed'",
    "task_pending_is_nobodys": "UPDATE task SET annotator_id = {ben} WHERE state = 'pending'",
    "task_done_has_a_caption": "UPDATE task SET current_caption_id = NULL WHERE state = 'accepted'",
    "task_not_own_previous_caption": "UPDATE task SET state = 'claimed', lease_expires_at = now(), "
    "annotator_id = previous_annotator_id WHERE state = 'pending' AND previous_annotator_id IS NOT NULL",
    "task_nobody_gets_an_image_twice": "UPDATE task SET state = 'claimed', lease_expires_at = now(), "
    "annotator_id = {ben} WHERE state = 'pending' AND image_id IN "
    "(SELECT image_id FROM task WHERE annotator_id = {ben} AND state = 'claimed')",
    "task_starting_text_is_fixed": "UPDATE task SET starting_text = 'Something else.' WHERE state = 'claimed'",
    "task_check_says_what_was_planted": "INSERT INTO task (round_id, image_id, slot, position, state, starting_text, "
    "starting_source, needs_review, flagged, flag_note, check_kind) SELECT round_id, image_id, 9, 1, 'pending', 'A red cat.', "
    "'alt_text', false, false, '', 'wrong_colour' FROM task LIMIT 1",
    "image_cluster_split_is_fixed": "UPDATE image_cluster SET split = 'eval' WHERE split = 'train'",
    "job_one_unfinished_per_run": "INSERT INTO job SELECT (jsonb_populate_record(NULL::job, to_jsonb(job) || "
    "jsonb_build_object('id', gen_random_uuid(), 'state', 'queued'))).* FROM job, generate_series(1, 2) "
    "WHERE kind = 'train_captioner'",
    "training_set_row_not_held_out": "INSERT INTO training_set_row (training_set_id, caption_id, image_id) "
    "SELECT training_set.id, caption.id, task.image_id FROM training_set, caption JOIN task "
    "ON task.id = caption.task_id JOIN image ON image.id = task.image_id WHERE image.split = 'eval' LIMIT 1",
    "review_not_by_the_author": "INSERT INTO review (caption_id, reviewer_id, verdict, comment) "
    "SELECT id, annotator_id, 'accepted', '' FROM caption "
    "WHERE NOT EXISTS (SELECT 1 FROM review WHERE review.caption_id = caption.id) LIMIT 1",
}
KEYED_BY_UUID = {"job", "webhook_delivery"}
# Only there so that image can refer to (cluster, split); the primary key refuses first.
NOT_ATTACKED = {"image_cluster_id_and_split"}


@pytest.fixture
def world(
    project: Project,
    ana: User,
    ben: User,
    rita: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Any],
    train: Callable[..., CaptionerRun],
) -> dict[str, int]:
    """At least one row in every table: a round that was annotated, reviewed, trained on, drafted; a second one under way."""
    images = make_images(2) + make_images(1, split=Split.EVAL)
    first = open_round(review_share=1.0)
    concepts = [ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)]
    captions = [hand_in(first, ana, concepts=concepts) for _ in images]
    review_caption(
        caption=captions[0], reviewer=rita, verdict=Verdict.ACCEPTED, comment="", text=None, limit=1_000
    )
    run = train(first)
    Cohort.objects.create(project=project, name="morning")
    BaseCheckpoint.objects.create(name="pre-trained", folder="pre")
    Adjudication.objects.create(
        round=first, image=images[0], chosen=captions[0], seen=[captions[0].pk], decided_by=rita
    )
    export = Export.objects.create(project=project, round=first, format="jsonl")
    ExportImage.objects.create(export=export, image=images[0])
    second = open_round(annotators_per_image=2)
    skipped, _ = claim_tasks(round_id=second.pk, annotator=ben, count=2)
    skip_task(task=Task.objects.get(pk=skipped), annotator=ben, reason="Too dark.")
    assert run.promoted
    add_what_rounds_do_without(project=project, owner=rita, image=images[0])
    return {"ben": ben.pk}


def add_what_rounds_do_without(*, project: Project, owner: User, image: Image) -> None:
    ApiToken.objects.create(user=owner, name="laptop", secret_sha256="0" * 64)
    webhook = Webhook.objects.create(project=project, url="https://example.org/hook", sealed_secret="sealed")
    WebhookDelivery.objects.create(webhook=webhook, verb="round.closed", body="{}")
    Import.objects.create(project=project, file_name="rows.csv", byte_count=10)
    ArchiveImport.objects.create(file_name="iguanas.tar", byte_count=10)
    ImageEmbedding.objects.create(project=project, image=image, encoder="tiny", vector=[0.0, 1.0])
    other = Image.objects.exclude(pk=image.pk).latest("pk")
    HeldOutLookalike.objects.create(image=image, held_out=other, encoder="tiny", likeness=0.995)
    Invitation.objects.create(project=project, user=owner, role=Role.ANNOTATOR, invited_by=owner)
    GuidelinesVersion.objects.get_or_create(project=project, number=1)
    Lesson.objects.create(
        project=project, position=0, image=image, starting_text="iguana", example="An iguana."
    )


def columns_of(table: str) -> list[str]:
    """Its columns without the key that the database makes."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    names = [field.column for field in model._meta.concrete_fields]
    return [name for name in names if name and (table in KEYED_BY_UUID or name != "id")]


@pytest.mark.parametrize("constraint", [*COPIES, *STATEMENTS])
def test_the_database_refuses(constraint: str, world: dict[str, int], refused: Callable[[str], Any]) -> None:
    if constraint in COPIES:
        table, changes = COPIES[constraint]
        names = columns_of(table)
        values = ", ".join(changes.get(name, f'"{name}"') for name in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        where = " WHERE split = 'train'" if table == "image" else ""
        statement = f'INSERT INTO "{table}" ({quoted}) SELECT {values} FROM "{table}"{where} LIMIT 1'
        statement = statement.replace("{ben}", str(world["ben"]))
    else:
        statement = STATEMENTS[constraint].format(**world)
    with refused(constraint), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_attacks_know_every_constraint() -> None:
    named = {
        constraint.name
        for model in apps.get_app_config("annotation_server").get_models()
        for constraint in model._meta.constraints
    }
    assert named - set(COPIES) - set(STATEMENTS) == NOT_ATTACKED


@pytest.mark.django_db
def test_the_attacks_know_every_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {name for (name,) in cursor.fetchall()}
    others = {name for name in triggers if not name.endswith(("_is_append_only", "_is_not_truncated"))}
    others -= {"note_lost_lease", "end_invitation"}  # They refuse nothing.
    assert others <= set(STATEMENTS)
