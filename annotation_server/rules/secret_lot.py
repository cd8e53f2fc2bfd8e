"""Lots that nobody can draw again who does not know the server's secret, but that fall the same each time they are drawn.

The seed of a round is shown to its people, and so is this code: what they must not find out takes a lot from here.
"""

from random import Random

from django.utils.crypto import salted_hmac


def secret_lot(*, purpose: str, of: object) -> Random:
    """A stream of random numbers for one purpose and one thing, named by `of`."""
    digest = salted_hmac(f"altogether.lot.{purpose}", str(of), algorithm="sha256").digest()
    return Random(digest)  # noqa: S311  (the secret is in the seed; nothing is decided by one number alone)
