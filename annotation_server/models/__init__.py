"""Every word of ARCHITECTURE.md as a table. Integrity lives here, as constraints with names, and in the triggers of the
migrations; behaviour lives in steps/."""

from annotation_server.models.archive import Archive
from annotation_server.models.archive_import import ArchiveImport
from annotation_server.models.base_checkpoint import BaseCheckpoint
from annotation_server.models.caption import Adjudication, Caption, Concept, Review
from annotation_server.models.captioner_run import (
    CaptionerRun,
    Draft,
    DraftSet,
    Evaluation,
    TrainingSet,
    TrainingSetRow,
)
from annotation_server.models.cohort import Cohort
from annotation_server.models.embedding import CaptionMeasure, HeldOutLookalike, ImageEmbedding
from annotation_server.models.event import Event
from annotation_server.models.export import Export, ExportImage
from annotation_server.models.guidelines import GuidelinesVersion
from annotation_server.models.image import AltText, Image, ImageCluster
from annotation_server.models.imports import Import
from annotation_server.models.invitation import Invitation
from annotation_server.models.job import Job
from annotation_server.models.lesson import Lesson
from annotation_server.models.people import ApiToken, SignInLink, User
from annotation_server.models.project import Membership, Project
from annotation_server.models.round import Round
from annotation_server.models.task import ClaimBookmark, Skip, Task, WorkingCopy
from annotation_server.models.upload import Upload
from annotation_server.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "Adjudication",
    "AltText",
    "ApiToken",
    "Archive",
    "ArchiveImport",
    "BaseCheckpoint",
    "Caption",
    "CaptionMeasure",
    "CaptionerRun",
    "ClaimBookmark",
    "Cohort",
    "Concept",
    "Draft",
    "DraftSet",
    "Evaluation",
    "Event",
    "Export",
    "ExportImage",
    "GuidelinesVersion",
    "HeldOutLookalike",
    "Image",
    "ImageCluster",
    "ImageEmbedding",
    "Import",
    "Invitation",
    "Job",
    "Lesson",
    "Membership",
    "Project",
    "Review",
    "Round",
    "SignInLink",
    "Skip",
    "Task",
    "TrainingSet",
    "TrainingSetRow",
    "Upload",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WorkingCopy",
]
