"""Drawing a scene with Pillow, smooth at any size."""

import random

from PIL import Image, ImageDraw

from captioner.scenes.scene import Group, Scene
from captioner.scenes.words import BACKGROUNDS, FAMILIES

Point = tuple[float, float]

# Drawn this much larger and scaled down, which smooths the edges.
OVERSAMPLING = 3
RADIUS = {"small": 0.08, "large": 0.13}


def draw_scene(*, scene: Scene, size: int = 320) -> Image.Image:
    """The scene as a square RGB picture of `size` pixels a side."""
    rng = random.Random(scene.drawing_seed)
    canvas = size * OVERSAMPLING
    background = _shaken(BACKGROUNDS[scene.domain][scene.background], rng=rng)
    picture = Image.new("RGB", (canvas, canvas), background)
    pen = ImageDraw.Draw(picture)
    for index, group in enumerate(scene.groups):
        _draw_group(
            pen=pen, group=group, half=index, above=scene.arrangement == "above", canvas=canvas, rng=rng
        )
    return picture.resize((size, size), Image.Resampling.BOX)


def _draw_group(
    *, pen: ImageDraw.ImageDraw, group: Group, half: int, above: bool, canvas: int, rng: random.Random
) -> None:
    colour = _shaken(FAMILIES[group.family], rng=rng)
    radius = RADIUS[group.size] * rng.uniform(0.93, 1.07)
    for across, along in _places(count=group.count, half=half, rng=rng):
        x, y = (along, across) if above else (across, along)
        _draw_shape(
            pen=pen, kind=group.kind, centre=(x * canvas, y * canvas), radius=radius * canvas, colour=colour
        )


def _places(*, count: int, half: int, rng: random.Random) -> list[Point]:
    """Centres in the unit square, (across, along) the line that parts the halves: some of three places, shaken a little."""
    chosen = rng.sample(range(3), count)
    return [
        (0.25 + 0.5 * half + rng.uniform(-0.07, 0.07), (place + 0.5) / 3 + rng.uniform(-0.015, 0.015))
        for place in chosen
    ]


def _draw_shape(
    *, pen: ImageDraw.ImageDraw, kind: str, centre: Point, radius: float, colour: tuple[int, int, int]
) -> None:
    x, y = centre
    if kind == "circle":
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    elif kind == "square":
        side = radius * 0.95
        pen.rectangle((x - side, y - side, x + side, y + side), fill=colour)
    elif kind == "triangle":
        reach = radius * 1.15
        pen.polygon(((x, y - reach), (x - reach, y + reach * 0.8), (x + reach, y + reach * 0.8)), fill=colour)
    else:
        arm = radius * 0.3
        pen.rectangle((x - radius, y - arm, x + radius, y + arm), fill=colour)
        pen.rectangle((x - arm, y - radius, x + arm, y + radius), fill=colour)


def _shaken(colour: tuple[int, int, int], *, rng: random.Random) -> tuple[int, int, int]:
    red, green, blue = (min(255, max(0, channel + rng.randint(-10, 10))) for channel in colour)
    return (red, green, blue)
