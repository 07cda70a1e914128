"""Sealing: what a copy of the database must not give away is unreadable without the secret key."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["InvalidToken", "hashed", "sealed", "unsealed"]


def sealed(text: str, purpose: str) -> str:
    """The text, readable only with the secret key or a former one that still is among the fallbacks."""
    return _box(purpose).encrypt(text.encode()).decode()


def unsealed(text: str, purpose: str) -> str:
    """What `sealed` was given for the same purpose; InvalidToken when no key opens it."""
    return _box(purpose).decrypt(text.encode()).decode()


def hashed(key: str, length: int) -> str:
    """A name for the key that leads from the key to its row, but not from the row to the key."""
    return sha256(key.encode()).hexdigest()[:length]


def _box(purpose: str) -> MultiFernet:
    # The first seals, all of them open.
    return MultiFernet(_fernet(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _fernet(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"yhteinen-aika:{purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
