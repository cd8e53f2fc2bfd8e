"""A submission that was taken back and written again is one piece of work in what admins are told."""

from collections.abc import Callable

from annotation_server.models import Caption, Image, Project, Round, Task, User
from annotation_server.queries.reports.people_report import people_report
from annotation_server.queries.rounds.progress import rounds_progress
from annotation_server.steps.tasks.undo_submission import undo_submission


def test_what_was_undone_does_not_count(
    project: Project,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
) -> None:
    make_images(2)
    round = open_round()

    def told() -> list[tuple[int, float | None]]:
        progress = rounds_progress(rounds=[round], viewer_id=ana.pk, administered={project.pk})
        [work] = people_report(round=round)
        return [(progress[round.pk]["captions_last_hour"], work.seconds)]

    first, second = (hand_in(round, ana, seconds=seconds) for seconds in (10.0, 30.0))
    assert told() == [(2, 20.0)]
    undo_submission(caption=second, annotator=ana)
    assert told() == [(1, 20.0)]
    hand_in(round, ana, task=Task.objects.get(pk=second.task_id), seconds=50.0)
    assert told() == [(2, 30.0)]
    assert people_report(round=round)[0].captions == 2
    assert first.pk != second.pk
