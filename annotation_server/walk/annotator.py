"""How a scripted person edits a caption of a rendered scene: towards the truth, with the mistakes that people make."""

import random
import re

# What a tired person mixes up, by kind of word.
CONFUSED = [
    ["one", "two", "three", "four"],
    ["small", "large"],
    ["red", "purple", "yellow", "green", "blue"],
    ["circle", "square", "triangle", "star", "cross"],
    ["circles", "squares", "triangles", "stars", "crosses"],
]
BACKGROUND = re.compile(r",? on a [a-z ]+ background\.$")
NAME = re.compile(r"^(\w+): ")

# Share of captions with a mistake, by round: people learn the guidelines.
CARELESSNESS = {1: 0.5, 2: 0.2}
LATER_CARELESSNESS = 0.05


def edit(*, starting_text: str, truth: str, round_number: int, rng: random.Random) -> str:
    """The person's caption. A starting text that is right is left alone; otherwise they write what they see."""
    careless = rng.random() < CARELESSNESS.get(round_number, LATER_CARELESSNESS)
    if starting_text == truth:
        return truth
    return with_mistake(truth=truth, rng=rng) if careless else truth


def with_mistake(*, truth: str, rng: random.Random) -> str:
    """The truth with one thing wrong: a word mixed up, the background left out, or the name lost."""
    kind = rng.choice(["word", "word", "background", "name"])
    if kind == "background":
        return BACKGROUND.sub(".", truth)
    if kind == "name":
        without = NAME.sub("", truth)
        return without[:1].upper() + without[1:]
    words = truth.split(" ")
    places = [(i, family) for i, word in enumerate(words) for family in CONFUSED if word in family]
    if places:
        i, family = rng.choice(places)
        words[i] = rng.choice([other for other in family if other != words[i]])
    return " ".join(words)
