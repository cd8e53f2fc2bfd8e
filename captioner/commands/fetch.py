"""Fetch the encoder and decoder of a preset or recipe, or one repository of the hub, into the cache.

Downloads honour HF_ENDPOINT (a mirror) and HF_TOKEN; --from takes the files from a folder. Pickles are converted to
safetensors. Run again, it checks what is there and continues what was cut."""

import argparse
from pathlib import Path
from typing import Any

from captioner.commands.settings import add_cache
from captioner.progress import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", metavar="WHAT", help="a preset, a recipe, or OWNER/NAME such as facebook/opt-1.3b"
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FOLDER",
        help="a folder that holds the files, or one with a folder each",
    )
    parser.add_argument(
        "--revision", help="of one repository; default: the one that is here, else the newest"
    )
    add_cache(parser)


def run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    from captioner.weights.fetching import fetch
    from captioner.weights.folder_files import find_folder
    from captioner.weights.wanted import wanted_weights

    fetched = []
    for repository, uses in wanted_weights(options.what, revision=options.revision):
        source = None if options.source is None else find_folder(options.source, repository=repository)
        there = fetch(
            repository=repository,
            uses=uses,
            cache=options.cache,
            source=source,
            progress=progress,
            pin=options.revision is not None,
        )
        fetched.append(
            {
                "repository": there.repository,
                "revision": there.revision,
                "folder": str(there.folder),
                "bytes": sum(file.size for file in there.files.values()),
                "sha256": {name: file.sha256 for name, file in sorted(there.files.items())},
            }
        )
    return {"fetched": fetched} if fetched else {"fetched": "nothing: all of it is made on this machine"}
