"""manage.py launch_round: open the next round of a project."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.choices import StartingText, TaskOrder
from annotation_server.errors import InvalidSettings
from annotation_server.management.base import ServerCommand, project_named, user_named
from annotation_server.models import Project, Task
from annotation_server.queries.people.cohorts import cohort_ids, member_ids
from annotation_server.queries.rounds.launch_plan import ImageChoice, RoundSettings
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.rounds.launch_round import launch_round


class Command(ServerCommand):
    help = "Open the next round of a project: one task per image and annotator slot."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The choices that an admin makes in the browser."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument(
            "number", nargs="?", type=int, help="refuse unless the next round has this number"
        )
        parser.add_argument(
            "--starting-text", choices=StartingText.values, default=StartingText.PREVIOUS_CAPTION
        )
        parser.add_argument("--annotators-per-image", type=int, default=1)
        parser.add_argument(
            "--review-share", type=float, default=0.0, help="share of submissions to review, 0 to 1"
        )
        parser.add_argument("--review-levels", type=int, help="levels of review (else as the project says)")
        parser.add_argument(
            "--review-level-name",
            dest="review_level_names",
            action="append",
            metavar="NAME",
            help="who reviews at the first level (again for the next ones; else as the project says)",
        )
        parser.add_argument(
            "--for", dest="people", action="append", default=[], help="only for this person (again for more)"
        )
        parser.add_argument(
            "--cohort",
            action="append",
            default=[],
            metavar="NAME=SHARE",
            help="a cohort and its share of the images (again for more; the shares add up to 1)",
        )
        parser.add_argument("--lease-minutes", type=int, default=30)
        parser.add_argument("--own-previous-allowed", action="store_true")
        parser.add_argument(
            "--source", action="append", default=[], help="only images of this source (again for more)"
        )
        parser.add_argument(
            "--domain", action="append", default=[], help="only images of this domain (again for more)"
        )
        parser.add_argument(
            "--unconverged-only", action="store_true", help="only images whose caption still changed"
        )
        parser.add_argument("--sample", type=int, help="so many images by lot")
        parser.add_argument("--order", choices=TaskOrder.values, default=TaskOrder.IMPORTED)
        parser.add_argument(
            "--control-share",
            type=float,
            default=0.0,
            help="share of tasks that start without the draft, 0 to 1",
        )
        parser.add_argument(
            "--check-share", type=float, default=0.0, help="check tasks (planted errors) per task, 0 to 0.5"
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=0,
            help="of the lots: the sample, the order, the control arm, the checks",
        )
        parser.add_argument("--preview", action="store_true", help="only say what would be created")
        parser.add_argument("--by", help="the username of who launches it")

    def run(self, **options: Any) -> None:
        """One step, or one look."""
        project = project_named(options["project"])
        settings = _settings(project, options)
        if options["preview"]:
            self._preview(project, settings)
            return
        round = launch_round(
            project=project,
            number=options["number"],
            settings=settings,
            launched_by=user_named(options["by"]) if options["by"] else None,
        )
        tasks = Task.objects.filter(round=round).count()
        self.say(f"Round {round.number} of {options['project']} is open with {tasks:,} tasks.")

    def _preview(self, project: Project, settings: RoundSettings) -> None:
        preview = launch_preview(project=project, settings=settings)
        self.say(
            f"{preview.tasks:,} tasks on {preview.images:,} images: {preview.from_alt_text:,} from alt-texts, "
            f"{preview.from_previous_caption:,} from previous captions, {preview.from_draft:,} from drafts, "
            f"{preview.control:,} in the control arm. {preview.checks:,} check tasks come on top."
        )
        for warning in preview.warnings:
            self.say(f"Note: {warning}")
        for task in preview.first:
            self.say(f"  image {task['image']}: {task['starting_text']!r} ({task['starting_source']})")


def _shares(given: list[str]) -> dict[str, float]:
    """['experts=0.7'] → {'experts': 0.7}"""
    try:
        return {name: float(share) for name, _, share in (one.rpartition("=") for one in given)}
    except ValueError as error:
        raise InvalidSettings("Say --cohort NAME=SHARE, as in --cohort experts=0.7.") from error


def _settings(project: Project, options: dict[str, Any]) -> RoundSettings:
    levels = options["review_levels"] or project.review_levels
    return RoundSettings(
        starting_text=StartingText(options["starting_text"]),
        images=ImageChoice(
            sources=options["source"],
            domains=options["domain"],
            unconverged_only=options["unconverged_only"],
            sample=options["sample"],
        ),
        annotators_per_image=options["annotators_per_image"],
        order=TaskOrder(options["order"]),
        control_share=options["control_share"],
        check_share=options["check_share"],
        seed=options["seed"],
        review_share=options["review_share"],
        review_levels=levels,
        review_level_names=options["review_level_names"] or project.review_level_names[:levels],
        people=member_ids(project=project, usernames=options["people"]),
        cohorts=cohort_ids(project=project, shares=_shares(options["cohort"])),
        lease_minutes=options["lease_minutes"],
        own_previous_allowed=options["own_previous_allowed"],
    )
