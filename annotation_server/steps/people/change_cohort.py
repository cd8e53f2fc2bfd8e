"""An admin forms the cohorts of a project and says who is in which."""

from django.db import IntegrityError, transaction

from annotation_server import audit
from annotation_server.errors import CohortInUse, InvalidSettings
from annotation_server.models import Cohort, Membership, Project, Round, Task, User
from annotation_server.models.round import UNFINISHED


def create_cohort(*, project: Project, name: str, created_by: User | None) -> Cohort:
    """Raises InvalidSettings when there is one of that name."""
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(project=project, name=name.strip())
            audit.record(
                actor=created_by,
                verb="cohort.created",
                subject=cohort,
                project=project,
                after={"name": cohort.name},
            )
    except IntegrityError as error:
        raise InvalidSettings(
            f"There is a cohort '{name.strip()}' already, or it has no name. Choose another."
        ) from error
    return cohort


def remove_cohort(*, cohort: Cohort, removed_by: User | None) -> None:
    """Its members are in no cohort then. Raises CohortInUse when a round gave it tasks."""
    with transaction.atomic():
        if Task.objects.filter(round__project=cohort.project, cohort=cohort).exists():
            raise CohortInUse(f"A round has tasks for the cohort '{cohort.name}', so it stays.")
        audit.record(
            actor=removed_by,
            verb="cohort.removed",
            subject=cohort,
            project=cohort.project,
            before={"name": cohort.name},
        )
        Membership.objects.filter(cohort=cohort).update(cohort=None)
        cohort.delete()


def put_into_cohort(*, membership: Membership, cohort: Cohort | None, put_by: User | None) -> None:
    """From now on they get that cohort's tasks; what they hold they keep. None: in no cohort.

    Raises InvalidSettings for a cohort of another project, CohortInUse while a round under way shares its tasks among cohorts
    and the member is in one of them: the groups of a round are fixed.
    """
    if cohort is not None and cohort.project_id != membership.project_id:
        raise InvalidSettings("The project has no such cohort.")
    with transaction.atomic():
        current = (
            Membership.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=membership.pk)
        )
        if current.cohort_id == (cohort.pk if cohort else None):
            return
        under_way = Round.objects.filter(project=membership.project_id, state__in=UNFINISHED)
        if current.cohort_id and under_way.filter(cohort_shares__has_key=str(current.cohort_id)).exists():
            raise CohortInUse(
                "A round under way counts on its cohorts as they are. Change them after it has closed."
            )
        Membership.objects.filter(pk=membership.pk).update(cohort=cohort)
        audit.record(
            actor=put_by,
            verb="membership.cohort_set",
            subject=membership,
            project=membership.project,
            before={"cohort": current.cohort.name if current.cohort else None},
            after={"cohort": cohort.name if cohort else None, "user": membership.user_id},
        )
