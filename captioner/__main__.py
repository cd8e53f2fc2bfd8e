"""`python -m captioner COMMAND`: the captioner from the command line. Exit codes: 0 done, 1 failed, 2 wrong usage."""

import argparse
import sys
from pathlib import Path

from captioner.errors import CaptionerError
from captioner.progress import LineProgress


def main() -> int:
    """Parse, make one call, tell a refusal in one line."""
    parser = argparse.ArgumentParser(prog="python -m captioner", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    scenes = commands.add_parser("scenes", help="render scenes whose truth is known, with their alt-texts")
    scenes.add_argument("output", type=Path, help="a new or empty folder")
    scenes.add_argument("--count", type=int, required=True)
    scenes.add_argument("--seed", type=int, default=0)
    scenes.add_argument("--split-eval", type=float, default=0.2, help="share that is held out, 0 to 1")
    scenes.add_argument("--json", action="store_true", help="progress as JSON lines")
    arguments = parser.parse_args()
    try:
        _render(arguments)
    except CaptionerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _render(arguments: argparse.Namespace) -> None:
    from captioner.scenes import write_scenes

    progress = LineProgress(as_json=arguments.json)
    manifest = write_scenes(
        output=arguments.output,
        count=arguments.count,
        seed=arguments.seed,
        split_eval=arguments.split_eval,
        progress=progress,
    )
    progress.close()
    print(manifest)


if __name__ == "__main__":
    sys.exit(main())
