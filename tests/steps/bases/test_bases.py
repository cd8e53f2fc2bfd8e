"""Bases of the site are registered below one folder, looked into, chosen, and kept while a captioner starts from them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation_server import jobs
from annotation_server.choices import BaseState, JobKind, RunState, StartFrom
from annotation_server.errors import BaseInUse, InvalidSettings
from annotation_server.models import (
    BaseCheckpoint,
    Caption,
    CaptionerRun,
    Event,
    Image,
    Job,
    Project,
    Round,
    User,
)
from annotation_server.places import base_place
from annotation_server.rules.captioner_start import captioner_start
from annotation_server.steps.bases.record_base import record_base, record_unusable_base
from annotation_server.steps.bases.register_base import register_base
from annotation_server.steps.bases.remove_base import remove_base
from annotation_server.steps.projects.choose_captioner import choose_captioner

FOUND: dict[str, Any] = {
    "settings": {"name": "tiny"},
    "parameters": 12,
    "byte_count": 34,
    "sha256": "a" * 64,
    "card": "# A card\x00",
    "misfits": {"tiny": "", "small": "Its decoder is another. Choose a recipe with that decoder."},
}


@pytest.fixture
def base(db: None, settings: Any, tmp_path: Path) -> BaseCheckpoint:
    """One that a worker has looked into."""
    settings.CAPTIONER_BASES = tmp_path / "bases"
    base = register_base(name="pre-trained", folder="pre", registered_by=None)
    hold = jobs.take(job_id=Job.objects.get(kind=JobKind.INSPECT_BASE).pk)
    assert hold is not None
    record_base(base=base, hold=hold, found=FOUND)
    base.refresh_from_db()
    return base


def test_what_was_found_is_stored_and_told(base: BaseCheckpoint) -> None:
    assert (base.state, base.parameters, base.card) == (BaseState.READY, 12, "# A card")
    assert [event.verb for event in Event.objects.filter(object_type="base_checkpoint").order_by("id")] == [
        "base.registered",
        "base.ready",
    ]


@pytest.mark.parametrize("folder", ["/etc", "../elsewhere", "pre/../..", "way-out", ".", "x" * 250 + "\x00"])
def test_a_base_lies_below_its_root(folder: str, base: BaseCheckpoint, settings: Any, tmp_path: Path) -> None:
    settings.CAPTIONER_BASES.mkdir()
    (tmp_path / "private").mkdir()
    (settings.CAPTIONER_BASES / "way-out").symlink_to(tmp_path / "private")
    with pytest.raises(InvalidSettings, match="below the folder CAPTIONER_BASES"):
        register_base(name="other", folder=folder, registered_by=None)
    assert BaseCheckpoint.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": ""}, "Give the base a name"),
        ({"name": "a/b"}, "Give the base a name"),
        ({"name": "other", "folder": ""}, "Say where the base is"),
        ({"name": "other", "repository": "owner/name"}, "Say where the base is"),
        ({"name": "other", "folder": "", "repository": "../name"}, "Name the repository as"),
        ({"name": "other", "folder": "", "repository": "https://host/a/b"}, "Name the repository as"),
        ({"name": "pre-trained"}, "There is a base 'pre-trained' already"),
    ],
)
def test_what_cannot_be_registered(given: dict[str, str], reason: str, base: BaseCheckpoint) -> None:
    with pytest.raises(InvalidSettings, match=reason):
        register_base(**{"folder": "other", "registered_by": None, **given})  # type: ignore[arg-type]
    assert Job.objects.filter(kind=JobKind.INSPECT_BASE).count() == 1


def test_a_fetched_base_has_a_place_of_its_own(base: BaseCheckpoint, settings: Any) -> None:
    hub = register_base(name="theirs", repository="owner/name@main", registered_by=None)
    assert base_place(base_id=hub.pk, folder=hub.folder).parent == Path(settings.CAPTIONER_CACHE) / "bases"
    assert base_place(base_id=base.pk, folder=base.folder) == settings.CAPTIONER_BASES / "pre"


def test_a_choice_is_checked_and_told(project: Project, ada: User, base: BaseCheckpoint) -> None:
    def choose(**changes: Any) -> Project:
        return choose_captioner(project=project, changes=changes, chosen_by=ada)

    for changes, reason in (
        ({"recipe": "grand"}, "There is no recipe 'grand'. Recipes: altogether, opt-"),
        ({"recipe": "altogether-pretrain"}, "There is no recipe"),
        ({"base": "nowhere"}, "There is no base 'nowhere'. Bases: pre-trained."),
        ({"start": "base"}, "Choose the base to start from"),
        (
            {"recipe": "small", "start": "base", "base": "pre-trained"},
            "Its decoder is another. Choose a recipe",
        ),
    ):
        with pytest.raises(InvalidSettings, match=reason):
            choose(**changes)
    project.refresh_from_db()
    assert (project.captioner_recipe, project.captioner_start, project.captioner_base) == ("", "recipe", None)
    assert not Event.objects.filter(verb="project.captioner_chosen").exists()

    choose(recipe="tiny", start="base", base="pre-trained")
    choose(recipe="tiny")
    event = Event.objects.get(verb="project.captioner_chosen")
    assert (event.project, event.actor) == (project, ada)
    assert event.before == {"recipe": "", "start": "recipe", "base": None}
    assert event.after == {"recipe": "tiny", "start": "base", "base": "pre-trained"}
    with pytest.raises(InvalidSettings, match="Its decoder is another"):
        choose(recipe="small")
    with pytest.raises(InvalidSettings, match="Choose the base to start from"):
        choose(base=None)


def test_nothing_starts_from_one_that_is_unusable_or_not_looked_into(
    project: Project, base: BaseCheckpoint
) -> None:
    register_base(name="broken", folder="broken", registered_by=None)
    broken = BaseCheckpoint.objects.get(name="broken")
    with pytest.raises(InvalidSettings, match="has not looked into it yet"):
        choose_captioner(project=project, changes={"start": "base", "base": "broken"}, chosen_by=None)
    hold = jobs.take(job_id=Job.objects.get(kind=JobKind.INSPECT_BASE, state="queued").pk)
    assert hold is not None
    record_unusable_base(base=broken, hold=hold, reason="Its weights are incomplete; copy it again.")
    with pytest.raises(InvalidSettings, match="Its weights are incomplete; copy it again"):
        choose_captioner(project=project, changes={"start": "base", "base": "broken"}, chosen_by=None)


def test_one_that_a_project_starts_from_stays(project: Project, ada: User, base: BaseCheckpoint) -> None:
    choose_captioner(project=project, changes={"start": "base", "base": base.name}, chosen_by=None)
    with pytest.raises(BaseInUse, match="The captioner of iguanas starts from 'pre-trained'"):
        remove_base(base=base, removed_by=ada)
    choose_captioner(project=project, changes={"start": "recipe", "base": None}, chosen_by=None)
    remove_base(base=base, removed_by=ada)
    assert not BaseCheckpoint.objects.exists()
    event = Event.objects.get(verb="base.removed")
    assert (event.before["sha256"], event.actor) == (base.sha256, ada)


def test_one_that_a_run_waits_to_start_from_stays(
    project: Project,
    ana: User,
    base: BaseCheckpoint,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
) -> None:
    choose_captioner(project=project, changes={"start": "base", "base": base.name}, chosen_by=None)
    make_images(2)
    round = open_round()
    hand_in(round, ana)
    run = train(round)
    assert run.started_from == {"base": "pre-trained", "sha256": base.sha256}
    CaptionerRun.objects.filter(pk=run.pk).update(state=RunState.TRAINING)
    choose_captioner(project=project, changes={"start": "recipe", "base": None}, chosen_by=None)
    with pytest.raises(BaseInUse, match="is being trained from 'pre-trained'"):
        remove_base(base=base, removed_by=None)
    CaptionerRun.objects.filter(pk=run.pk).update(state=RunState.FINISHED)
    remove_base(base=base, removed_by=None)
    run.refresh_from_db()
    assert run.started_from["base"] == "pre-trained"


def test_the_last_promoted_run_is_gone_on_with_and_before_it_the_base(
    project: Project,
    ana: User,
    base: BaseCheckpoint,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    train: Callable[..., CaptionerRun],
) -> None:
    changes = {"start": StartFrom.LAST_PROMOTED, "base": base.name}
    project = choose_captioner(project=project, changes=changes, chosen_by=None)
    assert captioner_start(project=project) == {"base": "pre-trained", "sha256": base.sha256}
    make_images(2)
    round = open_round()
    hand_in(round, ana)
    run = train(round)
    report = {**run.report, "checkpoint_sha256": "b" * 64}
    CaptionerRun.objects.filter(pk=run.pk).update(promoted=False, report=report)
    assert "base" in captioner_start(project=project)
    CaptionerRun.objects.filter(pk=run.pk).update(promoted=True)
    assert captioner_start(project=project) == {"run": 1, "name": "Altogether(1)", "sha256": "b" * 64}
    CaptionerRun.objects.filter(pk=run.pk).update(checkpoint="")
    assert "base" in captioner_start(project=project)
