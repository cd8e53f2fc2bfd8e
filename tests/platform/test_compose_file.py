"""docker-compose.yml keeps its promises: one open door, nobody is root, no secret in it."""

import configparser
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from annotation_server import jobs
from annotation_server.celery import app
from annotation_server.choices import JobKind
from annotation_server.demo.programs import demo_programs
from deploy import make_secrets

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
STORAGE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "object_storage.yml").read_text("utf-8"))
# The images of these say in deploy/Dockerfile who runs them.
OURS = {"web", "migrate", "worker", "housekeeping", "beat", "captioner"}


def test_only_the_web_server_is_published() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if service["networks"] == ["inside"]} == {
        "database",
        "queue",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_fills_the_machine(name: str) -> None:
    """Memory, processes and temporary files have an end; what is not written to is read-only."""
    service = SERVICES[name]
    assert service["mem_limit"]
    assert 0 < service["pids_limit"] <= 512
    assert service["read_only"] is True
    assert service["tmpfs"]
    assert all(":size=" in folder for folder in service["tmpfs"])


def test_a_service_has_the_secrets_that_it_needs_and_no_other() -> None:
    database, server = {"postgres_password"}, {"database_url", "redis_url"}
    assert {name: set(service["secrets"]) for name, service in SERVICES.items()} == {
        "web": {"secret_key", *server},
        "worker": {"secret_key", *server},  # Opens webhooks' secrets, makes the pseudonyms of exports.
        "housekeeping": {"secret_key", *server},  # Opens webhooks' secrets.
        "migrate": server,
        "beat": server,
        "captioner": server,
        "database": database,
        "queue": {"redis_password", "redis_config"},
    }
    for name, service in SERVICES.items():
        told = {word.removeprefix("/run/secrets/") for word in service.get("environment", {}).values()}
        assert told & COMPOSE["secrets"].keys() == (set() if name == "queue" else set(service["secrets"]))


def test_no_secret_is_on_a_command_line() -> None:
    for service in SERVICES.values():
        command = str(service.get("command", ""))
        assert "requirepass" not in command
        assert "$$(" not in command
    assert "/run/secrets/redis_config" in SERVICES["queue"]["command"]


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


def test_the_object_storage_is_out_of_reach_and_all_who_touch_pictures_know_it() -> None:
    storage = STORAGE["services"]["storage"]
    assert "ports" not in storage
    assert (storage["networks"], storage["user"]) == (["inside"], "1000:1000")
    assert (storage["cap_drop"], storage["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    told = {name: service for name, service in STORAGE["services"].items() if name != "storage"}
    assert told.keys() == {"web", "worker", "captioner", "migrate"} < SERVICES.keys()
    for service in told.values():
        assert service["environment"]["MEDIA_S3_BUCKET"]
        assert service["environment"]["AWS_SHARED_CREDENTIALS_FILE"] == "/run/secrets/storage_keys"
        assert service["secrets"] == ["storage_keys"]


def test_every_secret_is_one_that_make_secrets_writes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_secrets, "FOLDER", tmp_path / "secrets")
    make_secrets.main()
    written = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    ingredients = {"storage_key", "storage_secret"}
    assert {f"deploy/secrets/{name}" for name in written.keys() - ingredients} == {
        secret["file"] for secret in (COMPOSE["secrets"] | STORAGE["secrets"]).values()
    }
    account = json.loads(written["storage_accounts"])["identities"][0]["credentials"][0]
    assert account == {"accessKey": written["storage_key"], "secretKey": written["storage_secret"]}
    keys = configparser.ConfigParser()
    keys.read_string(written["storage_keys"])
    assert list(keys["default"].values()) == list(account.values())
    assert written["postgres_password"] in written["database_url"]
    assert written["redis_password"] in written["redis_url"]
    assert written["redis_config"] == f"requirepass {written['redis_password']}\n"
    make_secrets.main()
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == written


def test_what_the_clock_has_done_never_waits_for_a_long_job() -> None:
    """Two previews held both workers, and with them the reaper, webhooks and expiry."""
    clock = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    queues = {app.amqp.router.route({}, task)["queue"].name for task in clock}
    assert queues == {"short"}
    long = {app.amqp.router.route({}, jobs.task_name(kind))["queue"].name for kind in JobKind}
    assert long == {"cpu", "gpu"}
    commands = [" ".join(program.command) for program in demo_programs(port=1)]
    assert [command for command in commands if "-Q short " in command]
    assert not [command for command in commands if "short," in command or ",short" in command]
    assert "-Q short " in SERVICES["housekeeping"]["command"]
    assert "worker -Q short " in (ROOT / "docs/deployment.md").read_text("utf-8")
