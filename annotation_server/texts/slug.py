"""What a project's slug may look like: its short name in addresses, commands and file names."""

import re
import unicodedata

from annotation_server.errors import InvalidSettings

LONGEST_SLUG = 60
FORBIDDEN = re.compile(r"[^a-z0-9-]")
MOST_NAMED = 5


def refuse_malformed_slug(slug: str) -> None:
    """Raise InvalidSettings, with each rule that it breaks and one that would do, unless it can be a slug."""
    broken = []
    if not slug:
        broken.append("it is empty")
    if found := list(dict.fromkeys(FORBIDDEN.findall(slug))):
        shown = " ".join("a space" if one == " " else one for one in found[:MOST_NAMED])
        broken.append(
            f"it has {shown}{' …' if found[MOST_NAMED:] else ''}, and a-z, 0-9 and - are all it may have"
        )
    if len(slug) > LONGEST_SLUG:
        broken.append(f"it has {len(slug):,} characters, {LONGEST_SLUG} are the most")
    if broken:
        shown = slug if len(slug) <= LONGEST_SLUG else f"{slug[:LONGEST_SLUG]}…"
        raise InvalidSettings(
            f"'{shown}' cannot be a project's slug: {'; '.join(broken)}. Write for instance '{slug_of(slug)}'."
        )


def slug_of(name: str) -> str:
    """A slug that resembles the name: "Fotos aus Köln 2" becomes fotos-aus-koln-2; "project" where nothing is left of it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", letters)
    return "-".join(words)[:LONGEST_SLUG].rstrip("-") or "project"
