"""The environment of a process that opens what a stranger made: what Python needs to run, and none of the server's secrets."""

import os

# SECRET_KEY, DATABASE_URL, REDIS_URL, AWS_*, HF_TOKEN, OIDC_* … are not among them, whatever else is added later.
PASSED_ON = {
    *(
        "PATH",
        "HOME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "LD_LIBRARY_PATH",
        "VIRTUAL_ENV",
        "OMP_NUM_THREADS",
    ),
    *(
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPYCACHEPREFIX",
        "PYTHONUTF8",
        "MALLOC_ARENA_MAX",
    ),
}


def bare_environment() -> dict[str, str]:
    """By an allow-list of names."""
    return {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("LC_")}
