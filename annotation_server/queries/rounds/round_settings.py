"""What an admin chose by names, as the settings of a round: whom it is for by ids, and what the project says where nothing was
chosen."""

from annotation_server.models import Project
from annotation_server.options.launch_round import LaunchChoices, RoundSettings
from annotation_server.queries.people.cohorts import cohort_ids, member_ids


def round_settings(*, project: Project, choices: LaunchChoices) -> RoundSettings:
    """Raises InvalidSettings for who is no member and what is no cohort."""
    levels = choices.review_levels or project.review_levels
    names = choices.review_level_names
    shares = {one.cohort: one.share for one in choices.cohorts}
    chosen = {name: value for name, value in choices if name in RoundSettings.model_fields}
    return RoundSettings.model_validate(
        chosen
        | {
            "review_levels": levels,
            "review_level_names": project.review_level_names[:levels] if names is None else names,
            "people": member_ids(project=project, usernames=choices.people),
            "cohorts": cohort_ids(project=project, shares=shares),
        }
    )
