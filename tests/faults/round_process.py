"""An open round with so many tasks in the empty database of DATABASE_URL, made in a process of its own.

python tests/faults/round_process.py TASKS PEOPLE

Prints JSON: the round's id, and a token of each of the people by their name.
"""

import json
import sys


def main() -> None:
    """Rows only: nobody looks at pictures."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench.big_round import launch, make_people, make_project

    tasks, people = int(sys.argv[1]), int(sys.argv[2])
    project = make_project(slug="iguanas", images=tasks)
    round, _ = launch(project)
    tokens = {user.username: token for user, token in make_people(project, people)}
    print(json.dumps({"round": round.pk, "tokens": tokens}))


main()
