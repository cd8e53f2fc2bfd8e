"""An annotator takes tasks: one statement, however many ask at once."""

from django.db import connection

from annotation_server.errors import NotAllowed, NotFound, RoundClosed
from annotation_server.models import Project, User
from annotation_server.queries.people.membership import refuse_paused

# The function is in sql/claim_tasks.sql, with the order in which tasks are given.
CLAIM = "SELECT refusal, ids FROM claim_tasks(%s, %s, %s)"


def claim_tasks(*, round_id: int, annotator: User, count: int) -> list[int]:
    """Top up what the annotator holds to `count` tasks; returns the ids of all of them, in the order to work in.

    Asking again is safe: a lost answer or a reloaded page gets the same tasks. There can be fewer than asked for although
    more are left; none only if none is left for this person. The lease runs by the database's clock. Raises NotFound for who
    is no member, RoundClosed when the round is not open, Paused, NotAllowed when the round is for others.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [round_id, annotator.pk, count])
        refusal, ids = cursor.fetchone()
    if refusal == "stranger":
        raise NotFound("There is no such object, or you are not a member of its project.")
    if refusal == "not_asked":
        raise NotAllowed(
            "This round is for other people of the project. Choose another round, or ask an admin."
        )
    if refusal == "closed":
        raise RoundClosed("This round is not open, so it has no tasks to give. Choose another round.")
    if refusal == "paused":
        refuse_paused(user=annotator, projects=Project.objects.filter(rounds=round_id))
    return list(ids)
