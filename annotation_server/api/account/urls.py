"""The addresses under /_allauth/: those of allauth's own API that a site without mail addresses and sign-up has a use for.

They answer as allauth documents them, not as problem documents; each has a row in the access table like any other.
"""

import json
from functools import partial
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.stages import LoginStageController
from allauth.decorators import rate_limit
from allauth.headless.account import views as account
from allauth.headless.base import views as base
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from allauth.headless.socialaccount import views as providers
from allauth.headless.usersessions import views as sessions
from allauth.mfa.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect.views import callback
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from annotation_server.api.account.strict import strict
from annotation_server.api.account.used_codes import CodeIsGoodOnce, keep_used


@method_decorator(rate_limit(action="change_password"), name="handle")
class ChangePasswordView(account.ChangePasswordView):
    """allauth asks for the old password where there is one; who has only a second factor shows that."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises ReauthenticationRequired."""
        if not self.request.user.has_usable_password():
            raise_if_reauthentication_required(request, app="allauth.mfa")
        answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        return answer


class SecondFactorView(CodeIsGoodOnce, mfa.AuthenticateView):
    """The step after the password."""


class SecondFactorAgainView(CodeIsGoodOnce, mfa.ReauthenticateView):
    """Before something that matters."""


class AuthenticatorAppView(mfa.ManageTOTPView):
    """With the picture that an authenticator app reads: the key never leaves the server and the person's screen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The app that there is, or (404) the key of one to be."""
        answer: HttpResponse = super().get(request, *args, **kwargs)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            body = json.loads(answer.content)
            body["meta"]["totp_svg"] = get_adapter().build_totp_svg(body["meta"]["totp_url"])
            answer.content = json.dumps(body).encode()
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Set it up. Who has just typed its code need not do so again to see the recovery codes; nobody signs in with it."""
        keep_used(request)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        record_authentication(request, request.user, "mfa", type="totp", reauthenticated=True)
        return answer


class PasskeysView(mfa.ManageWebAuthnView):
    """A new passkey was just shown, like a new app's code."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Add one."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        record_authentication(request, request.user, "mfa", type="webauthn", reauthenticated=True)
        return answer


def _may_ask(view: Any, request: HttpRequest) -> bool:
    """Whether the view looks at what the caller sends: at what comes from anybody, from who is signed in, or half-way so."""
    if issubclass(view, base.AuthenticationStageAPIView):
        return LoginStageController.enter(request, view.stage_class.key) is not None
    return issubclass(view, (account.LoginView, mfa.LoginWebAuthnView)) or request.user.is_authenticated


def _at(address: str, view: Any, name: str) -> URLPattern:
    """One address with the verbs that its view has: left to itself, allauth reads the body of any."""
    verbs = [verb.upper() for verb in ("get", "post", "put", "patch", "delete") if hasattr(view, verb)]
    door = strict(view.as_api_view(client=Client.BROWSER), may_ask=partial(_may_ask, view))
    checked = require_http_methods(verbs)(door)
    return path(f"browser/v1/{address}", checked, name=name)


urlpatterns = [
    _at("config", base.ConfigView, "account-config"),
    _at("auth/login", account.LoginView, "account-sign-in"),
    _at("auth/session", account.SessionView, "account-session"),
    _at("auth/reauthenticate", account.ReauthenticateView, "account-reauthenticate"),
    _at("auth/sessions", sessions.SessionsView, "account-sessions"),
    _at("auth/2fa/authenticate", SecondFactorView, "account-second-factor"),
    _at("auth/2fa/reauthenticate", SecondFactorAgainView, "account-reauthenticate-by-code"),
    _at("auth/webauthn/login", mfa.LoginWebAuthnView, "account-sign-in-by-passkey"),
    _at("auth/webauthn/authenticate", mfa.AuthenticateWebAuthnView, "account-second-factor-by-passkey"),
    _at("auth/webauthn/reauthenticate", mfa.ReauthenticateWebAuthnView, "account-reauthenticate-by-passkey"),
    _at("account/password/change", ChangePasswordView, "account-password"),
    _at("account/authenticators", mfa.AuthenticatorsView, "account-authenticators"),
    _at("account/authenticators/totp", AuthenticatorAppView, "account-authenticator-app"),
    _at("account/authenticators/webauthn", PasskeysView, "account-passkeys"),
    _at("account/authenticators/recovery-codes", mfa.ManageRecoveryCodesView, "account-recovery-codes"),
    _at("account/providers", providers.ManageProvidersView, "account-providers"),
    path("oidc/<slug:provider_id>/callback/", require_safe(callback), name="openid_connect_callback"),
]
