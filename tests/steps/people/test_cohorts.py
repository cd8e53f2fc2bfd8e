"""Rounds for named people and for cohorts: each gets only their own tasks, in shares that hold."""

from collections import Counter
from collections.abc import Callable

import pytest
from pydantic import ValidationError
from rest_framework.test import APIClient

from annotation_server.choices import StartingText, TaskState
from annotation_server.errors import CohortInUse, InvalidSettings, NotAllowed
from annotation_server.models import Cohort, Image, Membership, Project, Round, Task, User
from annotation_server.options.launch_round import RoundSettings
from annotation_server.rules.launch_preview import launch_preview
from annotation_server.steps.people.change_cohort import create_cohort, put_into_cohort, remove_cohort
from annotation_server.steps.tasks.claim_task import claim_tasks

Images = Callable[..., list[Image]]
Open = Callable[..., Round]


@pytest.fixture
def experts(project: Project, ana: User) -> Cohort:
    """Ana is one of them."""
    return cohort_of(project, "experts", ana)


@pytest.fixture
def newcomers(project: Project, ben: User) -> Cohort:
    """Ben is one of them."""
    return cohort_of(project, "newcomers", ben)


def cohort_of(project: Project, name: str, *people: User) -> Cohort:
    cohort = create_cohort(project=project, name=name, created_by=None)
    for one in people:
        put_into_cohort(membership=Membership.objects.get(user=one), cohort=cohort, put_by=None)
    return cohort


def test_each_cohort_gets_its_share_and_nothing_else(
    make_images: Images, open_round: Open, ana: User, ben: User, experts: Cohort, newcomers: Cohort
) -> None:
    make_images(200)
    round = open_round(cohorts={experts.pk: 0.75, newcomers.pk: 0.25}, annotators_per_image=2)
    tasks = Counter(Task.objects.filter(round=round).values_list("cohort__name", flat=True))
    assert sum(tasks.values()) == 400
    assert 270 <= tasks["experts"] <= 330
    assert {len(set(of)) for of in by_image(round).values()} == {1}
    given = {of_ana: claim_tasks(round_id=round.pk, annotator=of_ana, count=20) for of_ana in (ana, ben)}
    assert cohorts_of(given[ana]) == {"experts"}
    assert cohorts_of(given[ben]) == {"newcomers"}


def by_image(round: Round) -> dict[int, list[int | None]]:
    found: dict[int, list[int | None]] = {}
    for image, cohort in Task.objects.filter(round=round).values_list("image", "cohort"):
        found.setdefault(image, []).append(cohort)
    return found


def cohorts_of(task_ids: list[int]) -> set[str]:
    assert task_ids
    return set(Task.objects.filter(pk__in=task_ids).values_list("cohort__name", flat=True))


def test_when_a_cohort_is_done_it_gets_nothing_of_the_others(
    make_images: Images, open_round: Open, ana: User, ben: User, experts: Cohort, newcomers: Cohort
) -> None:
    make_images(20)
    round = open_round(cohorts={experts.pk: 0.5, newcomers.pk: 0.5})
    Task.objects.filter(cohort=experts).update(state=TaskState.SKIPPED)
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == []
    assert len(claim_tasks(round_id=round.pk, annotator=ben, count=1)) == 1


def test_who_is_in_no_cohort_of_the_round_is_not_asked(
    make_images: Images,
    open_round: Open,
    ben: User,
    experts: Cohort,
    newcomers: Cohort,
    person: Callable[..., User],
) -> None:
    make_images(2)
    round = open_round(cohorts={experts.pk: 1.0})
    for nobody in (ben, person("eva")):
        with pytest.raises(NotAllowed):
            claim_tasks(round_id=round.pk, annotator=nobody, count=1)


def test_a_round_for_named_people_is_for_them_alone(
    make_images: Images, open_round: Open, ana: User, ben: User
) -> None:
    make_images(2)
    round = open_round(people=[ana.pk])
    assert len(claim_tasks(round_id=round.pk, annotator=ana, count=5)) == 2
    with pytest.raises(NotAllowed):
        claim_tasks(round_id=round.pk, annotator=ben, count=1)


def test_nonsense_is_refused(
    make_images: Images, open_round: Open, ana: User, experts: Cohort, newcomers: Cohort
) -> None:
    make_images(1)
    for nonsense in (
        {"cohorts": {experts.pk: 0.5}},
        {"cohorts": {experts.pk: 1.0, newcomers.pk: 0.0}},
        {"cohorts": {experts.pk + newcomers.pk + 1: 1.0}},
        {"people": [ana.pk + 10_000]},
        {"people": [ana.pk], "cohorts": {experts.pk: 1.0}},
        {"review_levels": 6},
    ):
        with pytest.raises((InvalidSettings, ValidationError)):
            open_round(**nonsense)
    assert not Round.objects.exists()


def test_the_preview_tells_of_a_cohort_where_nobody_works(
    project: Project, make_images: Images, experts: Cohort
) -> None:
    make_images(1)
    empty = create_cohort(project=project, name="nobody", created_by=None)
    settings = RoundSettings(
        starting_text=StartingText.ALT_TEXT, cohorts={experts.pk: 0.5, empty.pk: 0.5}, annotators_per_image=1
    )
    warnings = launch_preview(project=project, settings=settings).warnings
    assert warnings[-1] == "Nobody of the cohort 'nobody' can work now."


def test_the_groups_of_a_round_under_way_are_fixed(
    make_images: Images,
    open_round: Open,
    ana: User,
    experts: Cohort,
    newcomers: Cohort,
    person: Callable[..., User],
) -> None:
    make_images(1)
    open_round(cohorts={experts.pk: 1.0})
    with pytest.raises(CohortInUse):
        put_into_cohort(membership=Membership.objects.get(user=ana), cohort=newcomers, put_by=None)
    with pytest.raises(CohortInUse):
        remove_cohort(cohort=experts, removed_by=None)
    put_into_cohort(membership=Membership.objects.get(user=person("eva")), cohort=experts, put_by=None)
    remove_cohort(cohort=newcomers, removed_by=None)
    assert [cohort.name for cohort in Cohort.objects.all()] == ["experts"]


def test_an_admin_forms_cohorts_and_launches_for_them_over_the_api(
    project: Project, ada: User, ana: User, make_images: Images, client_of: Callable[..., APIClient]
) -> None:
    make_images(3)
    client = client_of(ada)
    address = f"/api/v1/projects/{project.slug}"
    made = client.post(f"{address}/cohorts/", {"name": "experts"}, format="json")
    assert made.status_code == 201
    assert client.post(f"{address}/cohorts/", {"name": "experts"}, format="json").status_code == 400
    member = client.patch(f"{address}/members/ana/", {"cohort": "experts"}, format="json").json()
    assert member["cohort"] == "experts"
    assert [(one["name"], one["members"]) for one in client.get(f"{address}/cohorts/").json()] == [
        ("experts", 1)
    ]
    body = {
        "project": project.slug,
        "starting_text": "alt_text",
        "cohorts": [{"cohort": "experts", "share": 1}],
    }
    round = client.post("/api/v1/rounds/", body, format="json").json()
    assert round["cohort_shares"] == {str(made.json()["id"]): 1.0}
    assert client.post(f"/api/v1/rounds/{round['id']}/claim/", {}, format="json").status_code == 403
    claimed = client_of(ana).post(f"/api/v1/rounds/{round['id']}/claim/", {"count": 3}, format="json")
    assert len(claimed.json()["tasks"]) == 3
    unknown = {**body, "cohorts": [], "people": ["nobody"]}
    assert client.post("/api/v1/rounds/preview/", unknown, format="json").json()["code"] == "invalid-settings"
