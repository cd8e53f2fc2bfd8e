"""docker-compose.yml keeps its promises: one open door, nobody is root, no secret in it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import make_secrets

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
# The images of these say in deploy/Dockerfile who runs them.
OURS = {"web", "migrate", "worker", "beat", "captioner"}


def test_only_the_web_server_is_published() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if service["networks"] == ["inside"]} == {
        "database",
        "queue",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_runs_as_root_or_can_become_it(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    if name in OURS:
        assert service["read_only"] is True
        target = service["build"]["target"]
        stage = (ROOT / "deploy" / "Dockerfile").read_text("utf-8").partition(f" AS {target}\n")[2]
        assert "USER altogether\n" in stage.partition("\nFROM ")[0]
    else:
        assert service["user"] not in ("root", "0", 0)


def test_every_secret_is_one_that_make_secrets_writes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_secrets, "FOLDER", tmp_path / "secrets")
    make_secrets.main()
    written = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert {f"deploy/secrets/{name}" for name in written} == {
        secret["file"] for secret in COMPOSE["secrets"].values()
    }
    assert written["postgres_password"] in written["database_url"]
    assert written["redis_password"] in written["redis_url"]
    make_secrets.main()
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == written
