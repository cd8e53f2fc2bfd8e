"""An admin says how the project's next captioner is trained: by which recipe, and from which weights."""

from typing import Any

from django.conf import settings
from django.db import transaction

from annotation_server import audit
from annotation_server.choices import BaseState, StartFrom
from annotation_server.errors import InvalidSettings
from annotation_server.models import BaseCheckpoint, Project, User
from annotation_server.queries.runs.recipes import known_recipe


def choose_captioner(*, project: Project, changes: dict[str, Any], chosen_by: User | None) -> Project:
    """`changes`: recipe ('' is the server's own), start, base (a name, or None); what is left out stays. Raises
    InvalidSettings."""
    with transaction.atomic():
        current = Project.objects.select_for_update().get(pk=project.pk)
        before = _chosen(current)
        recipe = changes.get("recipe", current.captioner_recipe)
        start = StartFrom(changes.get("start", current.captioner_start))
        base = _base(changes["base"]) if "base" in changes else current.captioner_base
        if recipe and "recipe" in changes:
            known_recipe(recipe)
        _refuse_what_does_not_fit(recipe=recipe or settings.CAPTIONER_PRESET, start=start, base=base)
        current.captioner_recipe, current.captioner_start, current.captioner_base = recipe, start, base
        after = _chosen(current)
        if after == before:
            return current
        current.save(update_fields=["captioner_recipe", "captioner_start", "captioner_base"])
        audit.record(
            actor=chosen_by,
            verb="project.captioner_chosen",
            subject=current,
            project=current,
            before=before,
            after=after,
        )
    return current


def _base(name: str | None) -> BaseCheckpoint | None:
    """Held until the end of the transaction, so that nobody removes it meanwhile."""
    if name is None:
        return None
    base = BaseCheckpoint.objects.select_for_update().filter(name=name).first()
    if base is None:
        known = ", ".join(BaseCheckpoint.objects.values_list("name", flat=True)[:20]) or "none yet"
        raise InvalidSettings(
            f"There is no base '{name}'. Bases: {known}. An owner of the site registers them."
        )
    return base


def _refuse_what_does_not_fit(*, recipe: str, start: StartFrom, base: BaseCheckpoint | None) -> None:
    if base is None:
        if start == StartFrom.BASE:
            raise InvalidSettings("Choose the base to start from, or another start.")
        return
    if base.state != BaseState.READY:
        why = base.error or "A worker of the captioner has not looked into it yet; try again in a moment."
        raise InvalidSettings(f"Nothing can start from the base '{base.name}'. {why}")
    if reason := base.misfits.get(recipe, ""):
        raise InvalidSettings(f"Training cannot start from the base '{base.name}'. {reason}")


def _chosen(project: Project) -> dict[str, Any]:
    return {
        "recipe": project.captioner_recipe,
        "start": str(project.captioner_start),
        "base": project.captioner_base.name if project.captioner_base else None,
    }
