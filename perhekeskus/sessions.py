"""Sessions in the database, of which a copy of the database opens none.

The row's key is a hash of the cookie's, and its contents are sealed: a draft of a family's decision and a
second step that is being taken into use are kept in them.
"""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from .sealing import InvalidToken, hashed, sealed, unsealed

PURPOSE = "session"
KEY_LENGTH = 40


def _row_key(session_key: str | None) -> str:
    return hashed(session_key or "", KEY_LENGTH)


class SessionStore(DatabaseStore):
    """The database's store under hashed keys."""

    def _get_session_from_db(self) -> Session | None:
        session = Session.objects.filter(
            session_key=_row_key(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if session is None:
            self._session_key = None
        return session

    def exists(self, session_key: str) -> bool:
        return super().exists(_row_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = _row_key(self.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        session_key = session_key or self.session_key
        if session_key is not None:
            super().delete(_row_key(session_key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealed(super().encode(session_dict), PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            return super().decode(unsealed(str(session_data), PURPOSE))
        except InvalidToken:
            # Sealed with a key that is gone: whoever it was signs in again.
            return {}
