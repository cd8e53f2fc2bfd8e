"""The people in an archive, shown to the person who imports it. An account here becomes a member, or the author of something,
only if that person confirms that it is the same person."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings, UnreadableSource
from annotation_server.models import User
from annotation_server.queries.archives.archive_schema import refusal
from annotation_server.queries.archives.archive_shapes import STORABLE
from annotation_server.releases import archive
from annotation_server.texts.username import refuse_malformed_username

MOST_PEOPLE = 2_000
USERNAME_LENGTH = 150


class _Person(BaseModel):
    """A line of people.jsonl."""

    model_config = ConfigDict(extra="forbid", strict=True)
    username: Annotated[str, StringConstraints(min_length=1, max_length=USERNAME_LENGTH)]
    first_name: Annotated[str, StringConstraints(max_length=150, pattern=STORABLE)]
    last_name: Annotated[str, StringConstraints(max_length=150, pattern=STORABLE)]


@dataclass(frozen=True, kw_only=True)
class ArchivePerson:
    """`role` is empty where they are no member."""

    username: str
    first_name: str
    last_name: str
    role: str

    def as_dict(self) -> dict[str, str]:
        """To be stored with the preview."""
        return asdict(self)


def people_of(*, folder: Path) -> list[ArchivePerson]:
    """In the archive's order. Raises UnreadableSource."""
    rows = [_checked(row, number) for number, row in enumerate(_lines(folder / archive.PEOPLE), start=1)]
    names = {row.username for row in rows}
    if len(names) != len(rows):
        raise UnreadableSource("The archive names somebody twice in people.jsonl.")
    roles = _roles(folder)
    return [
        ArchivePerson(**row.model_dump(), role=roles.get(number, ""))
        for number, row in enumerate(rows, start=1)
    ]


def here_already(*, usernames: Collection[str]) -> dict[str, User]:
    """The accounts of these names on this server."""
    return {user.username: user for user in User.objects.filter(username__in=usernames)}


def refuse_unseen(*, people: Collection[ArchivePerson], confirmed: Mapping[str, str]) -> None:
    """Who is said to be the same person must be in the archive, in the role that was seen. Raises InvalidSettings."""
    roles = {person.username: person.role for person in people}
    for username, role in confirmed.items():
        if username not in roles:
            raise InvalidSettings(f"The archive names no '{username}'. Look at its people again.")
        if role != roles[username]:
            raise InvalidSettings(
                f"In the archive '{username}' is {roles[username] or 'no member'}, not {role or 'no member'}. "
                "Look at its people again."
            )


def other_name(*, username: str, slug: str, taken: Collection[str]) -> str:
    """For somebody of the archive whose name another person has here: ana-iguanas, ana-iguanas-2."""
    number = 1
    while True:
        ending = f"-{slug}" if number == 1 else f"-{slug}-{number}"
        name = f"{username[: USERNAME_LENGTH - len(ending)]}{ending}"
        if name not in taken and not User.objects.filter(username=name).exists():
            return name
        number += 1


def _lines(path: Path) -> list[dict[str, Any]]:
    found = []
    for row in archive.read_lines(path):
        found.append(row)
        if len(found) > MOST_PEOPLE:
            raise UnreadableSource(f"The archive names more than {MOST_PEOPLE:,} people.")
    return found


def _checked(row: dict[str, Any], number: int) -> _Person:
    try:
        person = _Person.model_validate(row)
        refuse_malformed_username(person.username)
    except ValidationError as error:
        raise refusal(f"Line {number} of {archive.PEOPLE}", error) from error
    except InvalidSettings as error:
        raise UnreadableSource(
            f"Line {number} of {archive.PEOPLE} has no username that can be used here."
        ) from error
    return person


def _roles(folder: Path) -> dict[int, str]:
    """By the person's number."""
    path = folder / archive.table_file("membership")
    if not path.is_file():
        return {}
    found = ((row.get("user_id"), row.get("role")) for row in archive.read_lines(path))
    return {user: role for user, role in found if isinstance(user, int) and role in Role.values}
