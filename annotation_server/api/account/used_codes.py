"""A code of an authenticator app is good once. allauth forgets a used code after half a minute, but takes it for three of them
(MFA_TOTP_TOLERANCE); and it does not note the code that set the app up."""

import json
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

LONGEST_CODE = 20


class CodeIsGoodOnce:
    """For allauth's views that take a code: it stays used for as long as it would be taken."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whatever the view answers."""
        answer: HttpResponseBase = super().post(request, *args, **kwargs)  # type: ignore[misc]
        if answer.status_code == 200:
            keep_used(request)
        return answer


def keep_used(request: HttpRequest) -> None:
    """The signed-in person's code in the body."""
    code = json.loads(request.body or b"{}").get("code")
    if isinstance(code, str) and len(code) <= LONGEST_CODE:
        app = TOTP(Authenticator(user_id=request.user.pk, type=Authenticator.Type.TOTP))
        seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        cache.set(app._get_used_cache_key(code), "y", timeout=seconds)
