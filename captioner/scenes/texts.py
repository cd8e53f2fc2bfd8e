"""Texts that say what a scene shows, for training the encoder that is made of scenes."""

import dataclasses
import random

from captioner.scenes.scene import Scene
from captioner.scenes.words import KINDS


def visible_text(*, scene: Scene, rng: random.Random) -> str:
    """What a careful eye may say of the scene, shades included: mostly a caption without the name, now and then less."""
    if rng.random() < 0.04:
        group = rng.choice(scene.groups)
        return f"{scene.name} {group.shade} {rng.choice(KINDS[group.kind])}"
    groups = tuple(
        dataclasses.replace(group, claimed_shade=group.shade if rng.random() < 0.5 else None)
        for group in scene.groups
    )
    told = dataclasses.replace(scene, groups=(groups[0], groups[1])).truth
    return told if rng.random() < 0.25 else told.removeprefix(f"{scene.name}: ")
