"""Many files at a time to or from a store: what it takes for one of them is mostly waiting."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

AT_ONCE = 16
TICK_SECONDS = 0.5
ENDING_SECONDS = 40.0


def at_once(
    work: Callable[[str], None], names: Iterable[str], *, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """Do it with every name, with AT_ONCE of them at a time. What the first one raises that fails is raised, when those that
    were begun have ended or had time to; no further ones are begun. `meanwhile` is called now and then by the caller's own
    thread; what it raises ends the whole in the same way."""
    begun: set[Future[None]] = set()
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="store")
    try:
        for name in names:
            while len(begun) == AT_ONCE:
                begun = _still_going(begun, meanwhile)
            begun.add(pool.submit(work, name))
        while begun:
            begun = _still_going(begun, meanwhile)
    finally:  # A store that drips into one of them does not hold up whoever has given up on it.
        pool.shutdown(wait=False, cancel_futures=True)
        # What the pool cancels stays unfinished for `wait`.
        wait([one for one in begun if not one.cancelled()], timeout=ENDING_SECONDS)


def _still_going(begun: set[Future[None]], meanwhile: Callable[[], None]) -> set[Future[None]]:
    ended, going = wait(begun, timeout=TICK_SECONDS, return_when=FIRST_COMPLETED)
    for one in ended:
        one.result()
    meanwhile()
    return going
