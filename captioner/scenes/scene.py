"""What one scene shows, what its alt-text claims, and the caption that is right for both."""

import random
from dataclasses import dataclass

from captioner.scenes.words import (
    ARRANGEMENTS,
    BACKGROUNDS,
    COUNTS,
    KINDS,
    NAME_ENDS,
    NAME_STARTS,
    NOISE,
    SHADES,
    SIZES,
)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some equal shapes that lie together. `claimed_shade` is what the alt-text says of their colour, right or wrong."""

    kind: str
    family: str
    count: int
    size: str
    claimed_shade: str | None

    @property
    def shade(self) -> str:
        return SHADES[self.family]

    @property
    def claim_holds(self) -> bool:
        return self.claimed_shade == self.shade


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Two groups on a background, the name of the whole, and the alt-text it came with."""

    name: str
    groups: tuple[Group, Group]
    arrangement: str
    domain: str
    background: str
    alt_text: str
    drawing_seed: int

    @property
    def truth(self) -> str:
        """The caption a careful annotator ends with: the name is kept, right shades are kept, wrong ones corrected."""
        first, second = (_describe(group) for group in self.groups)
        return f"{self.name}: {first} {self.arrangement} {second}, on a {self.background} background."

    @property
    def kept_claims(self) -> tuple[str, ...]:
        shades = (group.claimed_shade for group in self.groups if group.claim_holds)
        return (self.name, *(shade for shade in shades if shade))

    @property
    def wrong_claims(self) -> tuple[str, ...]:
        return tuple(g.claimed_shade for g in self.groups if g.claimed_shade and not g.claim_holds)


def random_scene(*, rng: random.Random) -> Scene:
    """A scene drawn from `rng` alone: the same generator state gives the same scene."""
    families = rng.sample(list(SHADES), 2)
    kinds = rng.sample(list(KINDS), 2)
    claimed = None
    if rng.random() < 0.9:
        # A wrong claim is visibly wrong: its colour is nowhere in the scene.
        absent = [family for family in SHADES if family not in families]
        claimed = SHADES[families[0] if rng.random() < 0.5 else rng.choice(absent)]
    groups = (
        _random_group(rng=rng, kind=kinds[0], family=families[0], claimed_shade=claimed),
        _random_group(rng=rng, kind=kinds[1], family=families[1], claimed_shade=None),
    )
    name = rng.choice(NAME_STARTS) + rng.choice(NAME_ENDS)
    domain = "night" if rng.random() < 0.3 else "paper"
    return Scene(
        name=name,
        groups=groups,
        arrangement=rng.choice(ARRANGEMENTS),
        domain=domain,
        background=rng.choice(list(BACKGROUNDS[domain])),
        alt_text=_alt_text(rng=rng, name=name, groups=groups),
        drawing_seed=rng.getrandbits(32),
    )


def _random_group(*, rng: random.Random, kind: str, family: str, claimed_shade: str | None) -> Group:
    return Group(
        kind=kind,
        family=family,
        count=rng.randint(1, len(COUNTS)),
        size=rng.choice(SIZES),
        claimed_shade=claimed_shade,
    )


def _alt_text(*, rng: random.Random, name: str, groups: tuple[Group, Group]) -> str:
    claims = [f"{g.claimed_shade} {rng.choice(KINDS[g.kind])}" for g in groups if g.claimed_shade]
    parts = [name, *claims]
    if rng.random() < 0.6:
        parts.append(rng.choice(NOISE))
    if rng.random() < 0.3:
        parts.append(f"img_{rng.randrange(10_000):04d}")
    return " ".join(parts)


def _describe(group: Group) -> str:
    colour = group.shade if group.claim_holds else group.family
    plural = "" if group.count == 1 else "es" if group.kind == "cross" else "s"
    return f"{COUNTS[group.count - 1]} {group.size} {colour} {group.kind}{plural}"
