"""Secrets that are shown once: sign-in links and tokens have 256 random bits, so their SHA-256 is enough to know them again."""

import hashlib
import secrets


def new_secret() -> str:
    """43 characters that fit into an address."""
    return secrets.token_urlsafe(32)


def secret_digest(secret: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
