"""`python3 -m deploy.make_secrets`: random passwords and keys for docker-compose.yml, in deploy/secrets/.

What is there already stays: a second call changes nothing. The folder is closed to others on this machine; the files
are readable, because a container reads them under an account of its own.
"""

import json
import secrets
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "secrets"


def main() -> None:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    postgres = keep("postgres_password", secrets.token_urlsafe(24))
    redis = keep("redis_password", secrets.token_urlsafe(24))
    keep("database_url", f"postgres://altogether:{postgres}@database:5432/altogether")
    keep("redis_config", f"requirepass {redis}\n")
    keep("redis_url", f"redis://:{redis}@queue:6379/0")
    keep("secret_key", secrets.token_urlsafe(50))
    keep_storage_keys()
    print(f"The secrets are in {FOLDER}.")


def keep_storage_keys() -> None:
    """One pair of keys, as boto3 reads it and as the object storage does (deploy/object_storage.yml)."""
    key, secret = (
        keep("storage_key", secrets.token_hex(10)),
        keep("storage_secret", secrets.token_urlsafe(30)),
    )
    keep("storage_keys", f"[default]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n")
    account = {
        "name": "altogether",
        "credentials": [{"accessKey": key, "secretKey": secret}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    keep("storage_accounts", json.dumps({"identities": [account]}, indent=2) + "\n")


def keep(name: str, text: str) -> str:
    """Write it unless it is there, and give what is there."""
    path = FOLDER / name
    if not path.exists():
        path.write_text(text, "utf-8")
        path.chmod(0o444)
    return path.read_text("utf-8")


if __name__ == "__main__":
    main()
