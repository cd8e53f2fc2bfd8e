"""What allauth asks us: nobody signs up by themselves, no mail is sent, and what it stores of second factors is sealed."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from annotation_server import audit
from annotation_server.models import User
from annotation_server.reach.secret import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The server knows no mail addresses; what changed is in the audit log and on the account's page."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The front end says what happened in its own words."""


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Another site's sign-in: for accounts that were linked with it, and for new ones where OIDC_SIGN_UP says so."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": "Set a password first: unlinked, you could not sign in by yourself any more.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whether the provider's people get accounts (without any role) when they first come."""
        return bool(settings.OIDC_SIGN_UP)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The new account's name, from what the provider tells. The address of a person's mailbox is not kept."""
        user: User = super().populate_user(request, sociallogin, {**data, "email": ""})
        sociallogin.email_addresses = []
        try:
            user.clean_fields(exclude=["password"])
        except ValidationError:
            user.username = user.first_name = user.last_name = ""
        return user

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """As for accounts."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """The keys of authenticator apps and recovery codes are not kept in the clear."""

    def encrypt(self, text: str) -> str:
        """What goes into the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was put there."""
        return unseal(encrypted_text)


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ending a session is worth a line in the audit log."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """Sign out the browsers that these stand for."""
        for session in sessions:
            audit.record(
                actor=session.user,
                verb="user.session_ended",
                subject=session.user,
                project=None,
                before={"browser": session.user_agent},
            )
            session.end()
