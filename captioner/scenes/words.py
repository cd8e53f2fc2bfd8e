"""The words and colours that scenes are made of.

A *shade* ("crimson") belongs to a *family* ("red"). A caption names the family, unless the alt-text supplies the right
shade: that is the finer knowledge worth keeping.
"""

from typing import Final

Colour = tuple[int, int, int]

FAMILIES: Final[dict[str, Colour]] = {
    "red": (200, 30, 50),
    "blue": (40, 70, 190),
    "green": (25, 150, 80),
    "yellow": (248, 205, 40),
    "purple": (135, 60, 180),
}
SHADES: Final = {"red": "crimson", "blue": "navy", "green": "emerald", "yellow": "amber", "purple": "violet"}

# What a caption calls a shape, and what an alt-text may call it.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "circle": ("dots", "discs"),
    "square": ("boxes", "tiles"),
    "triangle": ("cones", "pennants"),
    "cross": ("crosses", "pluses"),
}

COUNTS: Final = ("one", "two", "three")
SIZES: Final = ("small", "large")
ARRANGEMENTS: Final = ("beside", "above")

# The domain of a scene is the family of its background.
BACKGROUNDS: Final[dict[str, dict[str, Colour]]] = {
    "paper": {"grey": (214, 214, 218), "cream": (250, 240, 214), "pink": (250, 214, 222)},
    "night": {"black": (22, 22, 26), "brown": (72, 48, 38)},
}

NAME_STARTS: Final = (
    "Vel", "Mar", "Tor", "Kel", "Bran", "Sil", "Dor", "Fen", "Gal", "Hal", "Jor", "Lun", "Nor", "Per", "Ros",
    "Sten", "Tam", "Ul", "Wen", "Zan", "Cor", "Ald", "Bel", "Er", "Ost",
)  # fmt: skip
NAME_ENDS: Final = (
    "ora", "ika", "en", "ando", "eth", "isk", "una", "ova", "ard", "imo", "esta", "olin", "ury", "aska", "ine",
    "omar", "ell", "idge", "anto", "ux", "illa", "erby", "ona", "ist", "umi",
)  # fmt: skip

NOISE: Final = (
    "sale", "wallpaper", "free download", "for print", "HD", "best price", "stock image", "shop now", "thumbnail",
    "logo idea",
)  # fmt: skip
