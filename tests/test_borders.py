"""Who loads what, in fresh processes: no torch in the web process, no Django in the captioner."""

import subprocess
import sys

import pytest

HEAVY = ["torch", "torchvision", "transformers", "open_clip", "accelerate", "captioner"]
# Not redis: a library of the captioner's (portalocker, under sacrebleu) looks for it by itself. `make lint` watches our own.
OF_THE_SERVER = ["annotation_server", "django", "rest_framework", "celery", "psycopg"]
WEB = "import annotation_server.wsgi, annotation_server.urls, annotation_server.api.urls"
WORKER = "import annotation_server.celery; annotation_server.celery.app.loader.import_default_modules()"
COMMANDS = (
    "import django; django.setup(); from django.core.management import get_commands, load_command_class as load; "
    "[load(app, name) for name, app in get_commands().items() if app == 'annotation_server']"
)
CAPTIONER = (
    "import pkgutil, importlib, captioner; "
    "[importlib.import_module(m.name) for m in pkgutil.walk_packages(captioner.__path__, 'captioner.') "
    "if not m.name.endswith('__main__')]"
)


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        pytest.param(WEB, HEAVY, id="web"),
        pytest.param(WORKER, HEAVY, id="worker"),
        pytest.param(COMMANDS, HEAVY, id="commands"),
        pytest.param(CAPTIONER, OF_THE_SERVER, id="captioner"),
    ],
)
def test_a_fresh_process_loads_nothing_from_the_other_side(code: str, forbidden: list[str]) -> None:
    check = f"import os, sys; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'annotation_server.settings'); {code}; "
    check += f"print(*[name for name in {forbidden!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, timeout=170)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr[-2_000:]
