"""The project Photographs: real pictures that the wheels of scikit-image, scikit-learn and matplotlib carry.

Their alt-texts are such as a web page would have had: some rich in names, some partly wrong, some only a file name.
"""

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

GUIDELINES = """# Photographs

Edit the alt-text until it fits the picture.

1. **Keep** every concrete thing that the picture supports: names, places, species, models.
2. **Remove** what the picture contradicts, and what is not about the picture: file names, prices, "click here".
3. **Add** what is visible and missing: what, how many, where, in which light.

Good: *Astronaut Eileen Collins in an orange space suit, helmet on her lap, in front of the flag of the United States.*

Not good: *A nice photo of a person.*
"""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A file inside an installed package, with the texts of its page."""

    package: str
    path: str
    alt_texts: tuple[str, ...]
    domain: str


def _sample(package: str, path: str, domain: str, *alt_texts: str) -> Sample:
    return Sample(package=package, path=path, domain=domain, alt_texts=alt_texts)


SAMPLES = [
    _sample(
        "skimage", "data/astronaut.png", "people", "Portrait of Eileen Collins, commander of STS-93 Columbia"
    ),
    _sample(
        "matplotlib",
        "mpl-data/sample_data/grace_hopper.jpg",
        "people",
        "Rear Admiral Grace Hopper at her desk in Washington, D.C.",
        "grace_hopper",
    ),
    _sample("skimage", "data/camera.png", "people", "cameraman at MIT, 1960s, photo in colour"),
    _sample("skimage", "data/chelsea.png", "animals", "Chelsea the cat", "black cat for adoption"),
    _sample("skimage", "data/horse.png", "animals", "horse.png"),
    _sample("skimage", "data/coffee.png", "food", "Flat white with latte art, Pikolo Espresso Bar, Montreal"),
    _sample(
        "skimage", "data/rocket.jpg", "space", "Falcon 9 lifting off at noon from SLC-40, Cape Canaveral"
    ),
    _sample(
        "skimage", "data/hubble_deep_field.jpg", "space", "Hubble eXtreme Deep Field", "star map download HD"
    ),
    _sample("skimage", "data/moon.png", "space", "Surface of Mars"),
    _sample("skimage", "data/motorcycle_left.png", "things", "Yamaha Virago 250, red, garage, for sale"),
    _sample("skimage", "data/motorcycle_right.png", "things", "Yamaha Virago 250 in the garage"),
    _sample("skimage", "data/coins.png", "things", "Greek gold coins from Pompeii"),
    _sample("skimage", "data/clock_motion.png", "things", "clock_motion"),
    _sample("skimage", "data/color.png", "things", "Colour wheel in RGB, with black corners"),
    _sample("skimage", "data/page.png", "documents", "scan of a scikit-image tutorial about edge detection"),
    _sample("skimage", "data/text.png", "documents", "IMG_0042.JPG"),
    _sample("skimage", "data/brick.png", "textures", "Red brick wall, seamless texture, free"),
    _sample("skimage", "data/grass.png", "textures", "grass texture"),
    _sample("skimage", "data/gravel.png", "textures", "beach sand close-up"),
    _sample("skimage", "data/cell.png", "science", "Cell under a quantitative phase microscope"),
    _sample(
        "skimage", "data/retina.jpg", "science", "Fundus photograph of a healthy left eye", "fundus2.jpg"
    ),
    _sample("skimage", "data/ihc.png", "science", "Colon tissue, immunohistochemistry, FHL2 in green"),
    _sample(
        "sklearn",
        "datasets/images/china.jpg",
        "places",
        "Tower of Buddhist Incense, Summer Palace, Beijing, at dusk",
    ),
    _sample(
        "sklearn", "datasets/images/flower.jpg", "plants", "Dahlia", "yellow rose bouquet, delivery today"
    ),
]


# Held out for evaluation. (The two motorcycles are a stereo pair, so they would go together.)
HELD_OUT = {
    "data/chelsea.png",
    "data/coffee.png",
    "data/moon.png",
    "data/grass.png",
    "datasets/images/china.jpg",
}


def write_photographs_manifest(*, folder: Path) -> Path:
    """A manifest for import_images of the samples that are installed; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.jsonl"
    with manifest.open("w", encoding="utf-8") as file:
        for sample in SAMPLES:
            if (found := _installed(sample)) is not None:
                row = {
                    "image": str(found),
                    "alt_texts": sample.alt_texts,
                    "domain": sample.domain,
                    "source": {"skimage": "scikit-image", "sklearn": "scikit-learn"}.get(
                        sample.package, sample.package
                    ),
                    "id": sample.path,
                    "split": "eval" if sample.path in HELD_OUT else "train",
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return manifest


def _installed(sample: Sample) -> Path | None:
    """The file's path; found without importing the package."""
    spec = find_spec(sample.package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / sample.path
    return path if path.is_file() else None
