"""What a row's cell says about where a picture is: at an address, or a path. Strangers write addresses in odd ways."""

import re

HTTP = re.compile("https?://", re.IGNORECASE)


def picture_address(cell: str) -> str | None:
    """The http(s) address that the cell means; None when it means a path. Raises ValueError for a picture that is written out
    in the address itself."""
    stripped = cell.strip()
    if HTTP.match(stripped):
        return stripped
    if re.match(r"//[^/\\]", stripped):  # As pages write it: by the protocol of the page.
        return f"https:{stripped}"
    if stripped[:5].lower() == "data:":
        raise ValueError(
            "It is a data: address, which holds the picture itself; only pictures in files and at addresses are taken."
        )
    return None
