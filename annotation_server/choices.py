"""Every state and role, as Django choices: the words that the database, the API and the screens share."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member may do in one project; each role may also do what the ones before it may."""

    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class Split(TextChoices):
    """Where an image belongs for the life of the project."""

    TRAIN = "train"
    EVAL = "eval"


class StartingText(TextChoices):
    """What an annotator finds in the editor: a round's policy, and on each task what was really there."""

    ALT_TEXT = "alt_text"
    PREVIOUS_CAPTION = "previous_caption"
    DRAFT = "draft"


class CheckKind(TextChoices):
    """What was planted into a check task's starting text."""

    WRONG_COLOUR = "wrong_colour"
    SWAPPED_NAME = "swapped_name"
    INVENTED_OBJECT = "invented_object"


class TaskOrder(TextChoices):
    """In what order a round's tasks are handed out. Expected edit: first where the captioner was least sure of its draft and
    where the alt-text fits the image least (see queries/rounds/launch_plan.py)."""

    IMPORTED = "imported"
    RANDOM = "random"
    EXPECTED_EDIT = "expected_edit"


class RoundState(TextChoices):
    """Only an open round hands out tasks."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class TaskState(TextChoices):
    """pending → claimed → submitted → accepted | returned; skipped; cancelled."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Verdict(TextChoices):
    """What a reviewer says of a caption."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    FIXED = "fixed"


class ConceptOutcome(TextChoices):
    """What became of a concrete phrase of the alt-text."""

    KEPT = "kept"
    DROPPED = "dropped"
    CORRECTED = "corrected"
    KEPT_ON_TRUST = "kept_on_trust"


class DropReason(TextChoices):
    """Why a concept was dropped."""

    NOT_IN_IMAGE = "not_in_image"
    WRONG = "wrong"
    REDUNDANT = "redundant"
    UNSURE = "unsure"


class RunState(TextChoices):
    """The life of a captioner run."""

    QUEUED = "queued"
    TRAINING = "training"
    EVALUATING = "evaluating"
    DRAFTING = "drafting"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class CaptionSource(TextChoices):
    """Whose texts an evaluation measures."""

    WITH_ALT = "with_alt"
    WITHOUT_ALT = "without_alt"
    ALT_TEXT = "alt_text"
    ROUND = "round"


class StartFrom(TextChoices):
    """What the weights of a project's next captioner are before it is trained. Last promoted: the base, where the project has
    one, until there is a promoted run."""

    RECIPE = "recipe"
    BASE = "base"
    LAST_PROMOTED = "last_promoted"


class BaseState(TextChoices):
    """inspecting → ready | unusable."""

    INSPECTING = "inspecting"
    READY = "ready"
    UNUSABLE = "unusable"


class JobKind(TextChoices):
    """Long work, one Celery task name each (see jobs.py)."""

    INSPECT_SOURCE = "inspect_source"
    IMPORT_IMAGES = "import_images"
    EMBED_IMAGES = "embed_images"
    BUILD_TRAINING_SET = "build_training_set"
    TRAIN_CAPTIONER = "train_captioner"
    EVALUATE_CAPTIONER = "evaluate_captioner"
    WRITE_DRAFTS = "write_drafts"
    MEASURE_CAPTIONS = "measure_captions"
    CAPTION_IMAGES = "caption_images"
    INSPECT_BASE = "inspect_base"
    EXPORT_ROUND = "export_round"
    EXPORT_ARCHIVE = "export_archive"
    INSPECT_ARCHIVE = "inspect_archive"
    IMPORT_ARCHIVE = "import_archive"


class ImportState(TextChoices):
    """receiving → inspecting → ready → importing → finished; unreadable, stopped (it can be taken up again)."""

    RECEIVING = "receiving"
    INSPECTING = "inspecting"
    UNREADABLE = "unreadable"
    READY = "ready"
    IMPORTING = "importing"
    STOPPED = "stopped"
    FINISHED = "finished"


class JobState(TextChoices):
    """A queued or running job is unfinished; the reaper looks after it."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class TokenScope(TextChoices):
    """What a program may do with a token; each scope also allows what the ones before it do."""

    READ = "read"
    ANNOTATE = "annotate"
    REVIEW = "review"
    ADMIN = "admin"


class DeliveryState(TextChoices):
    """The life of one message to a webhook."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class WebhookVerb(TextChoices):
    """What webhooks are told of: an event's verb, or the test button."""

    ROUND_LAUNCHED = "round.launched"
    ROUND_LAUNCH_UNDONE = "round.launch_undone"
    ROUND_CLOSED = "round.closed"
    ROUND_EXPORTED = "round.exported"
    RUN_QUEUED = "captioner_run.queued"
    RUN_TRAINED = "captioner_run.trained"
    RUN_PROMOTED = "captioner_run.promoted"
    RUN_DRAFTED = "captioner_run.drafted"
    RUN_FAILED = "captioner_run.failed"
    RUN_CANCELLED = "captioner_run.cancelled"
    TEST = "webhook.test"
