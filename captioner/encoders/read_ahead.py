"""Reading the next pictures while the encoder works on those before them."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# Pictures that an encoder is given at once, and threads that decode them.
CHUNK: Final = 64
READERS: Final = 8


def read_ahead(
    items: Iterable[Item], *, read: Callable[[Item], Answer]
) -> Iterator[list[tuple[Item, Answer]]]:
    """Items with what `read` makes of them, CHUNK at a time; each chunk is read while the one before it is worked on.

    What `items` raises comes after all that it gave.
    """
    with ThreadPoolExecutor(READERS) as readers:
        ahead: list[tuple[Item, Future[Answer]]] = []
        remaining = iter(items)
        failure: Exception | None = None
        while True:
            coming: list[tuple[Item, Future[Answer]]] = []
            try:
                for item in islice(remaining, CHUNK):
                    coming.append((item, readers.submit(read, item)))  # noqa: PERF401 — those before a failure count
            except Exception as error:
                failure = error
            if ahead:
                yield [(item, future.result()) for item, future in ahead]
            if failure is not None or not coming:
                break
            ahead = coming
        if coming:
            yield [(item, future.result()) for item, future in coming]
        if failure is not None:
            raise failure
