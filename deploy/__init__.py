"""How the project is set up, checked and shipped. The set-up needs Python 3.11 or newer and its standard library only.

setup.py        everything that `make demo` and `make test` need
environment.py  the virtual environment, from the lock
node.py         Node: the system's, else one from PyPI
front_end.py    npm ci and npm run build
chromium.py     the browser of the browser tests: found, or installed
stamps.py       what makes a second set-up fast
lint.py         every static check
make_secrets.py passwords and keys for docker-compose.yml
Dockerfile      the two images of docker-compose.yml      gpu.yml  its captioner on a GPU
"""

import sys

# Before any module of ours is read: older ones do not understand them.
if sys.version_info < (3, 11):  # noqa: UP036  # what says so is what runs there
    sys.exit(
        f"error: this needs Python 3.11 or newer, not {sys.version.split()[0]}: make PYTHON=/path/to/python3.11"
    )
