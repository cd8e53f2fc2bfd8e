"""What the columns of other people's tables are called. Names are compared without case, blanks and punctuation."""

import re

from annotation_server.choices import Split

# Field → column names that mean it, the likeliest first.
KNOWN = {
    "image": (
        *(
            "image",
            "jpg",
            "png",
            "webp",
            "jpeg",
            "image_path",
            "img_path",
            "img",
            "file_name",
            "file",
            "path",
        ),
        *("file_path", "image_file", "image_file_name", "img_file", "image_name", "img_name", "picture"),
    ),
    "image_url": (
        *("image_url", "img_url", "image_src", "img_src", "photo_image_url", "picture_url", "image_link"),
        *("image_address", "image_uri", "image_urls", "original_url", "url"),
    ),
    "alt_texts": (
        *("alt_texts", "alt_text", "alt", "alts", "texts", "caption_alt_text_description"),
        *("image_alt_text", "image_alt", "img_alt", "alternative_text", "alternate_text", "alt_tag"),
        *("original_caption", "original_captions", "org_caption", "orig_caption", "raw_caption"),
        *("original_text", "original_alt_text"),
    ),
    "split": ("split", "subset", "data_split"),
    "source": ("source", "dataset", "dataset_name"),
    "domain": ("domain", "category"),
    "licence": ("licence", "license", "licence_name", "license_name"),
    "source_key": ("source_key", "id", "key", "image_id", "uid", "img_id", "photo_id"),
    "page_url": (
        *("page_url", "source_url", "permalink", "photo_url", "page", "web_page", "context_page_url"),
        *("image_page_url", "landing_page", "foreign_landing_url", "original_landing_url"),
    ),
    "rounds": ("rounds",),
    "face_boxes": ("face_boxes", "face_bbox", "face_bboxes"),
}
# Only when no column says by its name that it holds alt-texts: the likeliest of them.
PERHAPS_ALT_TEXTS = (
    *("caption", "captions", "text", "description", "title", "sentences", "sentence", "comment"),
    "photo_description",
)
SPLITS = {
    "train": Split.TRAIN, "training": Split.TRAIN, "restval": Split.TRAIN,
    "eval": Split.EVAL, "evaluation": Split.EVAL, "test": Split.EVAL, "testing": Split.EVAL, "val": Split.EVAL,
    "valid": Split.EVAL, "validation": Split.EVAL, "dev": Split.EVAL, "minival": Split.EVAL,
    "heldout": Split.EVAL, "holdout": Split.EVAL,
}  # fmt: skip
ROUND_COLUMN = re.compile(r"round[\s_-]*(\d{1,4})")


def plain_name(name: str) -> str:
    """`Alt text`, `alt_text` and ` ALT-TEXT` are one name."""
    return "".join(character for character in name.casefold() if character.isalnum())


PLACES = {
    plain_name(column): (field, place)
    for field, columns in KNOWN.items()
    for place, column in enumerate(columns)
}
PERHAPS = {plain_name(column): place for place, column in enumerate(PERHAPS_ALT_TEXTS)}


def meaning_of(name: str) -> str:
    """The field that a column of that name means; empty when it means nothing by itself."""
    found = PLACES.get(plain_name(name))
    return found[0] if found else round_field(name)


def known_field(name: str) -> bool:
    """Whether a column may be said to mean that."""
    return name in KNOWN or name == "ignore" or (bool(name) and round_field(name) == name)


def round_field(name: str) -> str:
    """`Round 3` and `round_03` are `round3`; empty for other names."""
    found = ROUND_COLUMN.fullmatch(name.strip().lower())
    return f"round{int(found[1])}" if found and int(found[1]) else ""
