"""What everybody works on, and what they are told from outside."""

from dataclasses import dataclass, field
from threading import Event


@dataclass(frozen=True, kw_only=True)
class Shift:
    """`export_at` tells the admin to export now, `over` sends everybody home."""

    project: str
    round_id: int
    export_at: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)
