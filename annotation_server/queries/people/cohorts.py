"""A project's people and cohorts by their names."""

from annotation_server.errors import InvalidSettings
from annotation_server.models import Cohort, Membership, Project


def member_ids(*, project: Project, usernames: list[str]) -> list[int]:
    """The users' ids, in the order of the names. Raises InvalidSettings for who is no member."""
    rows = Membership.objects.filter(project=project, user__username__in=usernames)
    found = dict(rows.values_list("user__username", "user"))
    if missing := [name for name in usernames if name not in found]:
        raise InvalidSettings(f"No member of the project is called {', '.join(missing)}. Invite them first.")
    return list(dict.fromkeys(found[name] for name in usernames))


def cohort_ids(*, project: Project, shares: dict[str, float]) -> dict[int, float]:
    """The shares by the cohorts' ids. Raises InvalidSettings for what is no cohort."""
    found = dict(Cohort.objects.filter(project=project, name__in=shares).values_list("name", "pk"))
    if missing := [name for name in shares if name not in found]:
        raise InvalidSettings(f"The project has no cohort called {', '.join(missing)}.")
    return {found[name]: share for name, share in shares.items()}
