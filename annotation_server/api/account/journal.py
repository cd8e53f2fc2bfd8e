"""Writes into the audit log what allauth tells of: sign-ins, passwords, second factors, linked providers."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as providers
from django.dispatch import Signal
from django.http import HttpRequest

from annotation_server import audit
from annotation_server.models import User


def listen() -> None:
    """Connect every line of the log to its signal; called once, when Django starts."""
    heard: list[tuple[Signal, Any]] = [
        (account.user_logged_in, _signed_in),
        (account.password_set, _password_set),
        (account.password_changed, _password_changed),
        (mfa.authenticator_added, _authenticator_added),
        (mfa.authenticator_reset, _authenticator_added),
        (mfa.authenticator_removed, _authenticator_removed),
        (providers.social_account_added, _provider_linked),
        (providers.social_account_removed, _provider_unlinked),
    ]
    for signal, receiver in heard:
        signal.connect(receiver, dispatch_uid=f"journal.{id(signal)}")


def _signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    ways = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    _record("user.signed_in", user, after={"by": list(dict.fromkeys(ways))})


def _password_set(user: User, **kwargs: Any) -> None:
    _record("user.password_set", user)


def _password_changed(user: User, **kwargs: Any) -> None:
    _record("user.password_changed", user)


def _authenticator_added(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _record("user.authenticator_added", user, after={"type": authenticator.type})


def _authenticator_removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _record("user.authenticator_removed", user, before={"type": authenticator.type})


def _provider_linked(sociallogin: Any, **kwargs: Any) -> None:
    _record("user.provider_linked", sociallogin.user, after={"provider": sociallogin.account.provider})


def _provider_unlinked(socialaccount: Any, **kwargs: Any) -> None:
    _record("user.provider_unlinked", socialaccount.user, before={"provider": socialaccount.provider})


def _record(verb: str, user: User, **changed: dict[str, object]) -> None:
    audit.record(actor=user, verb=verb, subject=user, project=None, **changed)
