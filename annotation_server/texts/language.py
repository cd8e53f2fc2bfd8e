"""How the language of a project is written: a tag such as en, pt-BR or zh-Hant (BCP 47)."""

import re

from annotation_server.errors import InvalidSettings

LONGEST_TAG = 35
# What a language, a script, a region and their variants look like; which of them exist is not looked up.
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def refuse_malformed_language(language: str) -> None:
    """Raise InvalidSettings unless it can be a language tag."""
    if len(language) > LONGEST_TAG or not TAG.fullmatch(language):
        raise InvalidSettings(
            f"language: '{language[:LONGEST_TAG]}' is no language tag. Write one of BCP 47: en, de, pt-BR, zh-Hant …"
        )
