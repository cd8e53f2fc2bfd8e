"""Secrets. Those that are shown once (sign-in links, tokens) have 256 random bits, so their SHA-256 is enough to know them
again; those that the server itself needs later (authenticator apps, webhooks) are kept sealed with the site's key."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def new_secret() -> str:
    """43 characters that fit into an address."""
    return secrets.token_urlsafe(32)


def secret_digest(secret: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def seal(secret: str) -> str:
    """What the database keeps of a secret that is needed again: a copy of the database alone does not give it away."""
    return _seals().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret. Raises cryptography's InvalidToken when SECRET_KEY (and SECRET_KEY_FALLBACKS) is another one."""
    return _seals().decrypt(sealed.encode()).decode()


def _seals() -> MultiFernet:
    """The newest key seals; older ones still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key)) for key in keys])


def _key_of(site_key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"altogether.seal:" + site_key.encode()).digest())
