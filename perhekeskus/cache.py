"""The shared cache: tries to sign in, counted for all processes, how far an import is, and who writes where.

It holds nothing else, and nothing that cannot be lost. When Valkey is away, each process counts for itself
and people go on signing in.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class JsonSerializer:
    """Numbers and lists of them as JSON: what is read from the cache can never be code, as a pickle can."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class SharedCache(RedisCache):
    """Valkey while it answers, this process's own memory while it does not."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        own = {name: value for name, value in params.items() if name != "OPTIONS"}
        super().__init__(server, params)
        self.own = LocMemCache("shared-cache-is-away", own)

    def clear(self) -> None:
        # The broker lives in the same database: emptying it would take the tasks along.
        raise NotImplementedError("Keys of the shared cache run out by themselves.")


def _kept_up(name: str) -> Callable[..., Any]:
    asked = getattr(RedisCache, name)

    @wraps(asked)
    def answer(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return asked(self, *args, **kwargs)
        except RedisError as error:
            log.warning("shared cache away: %s", type(error).__name__)
            return getattr(self.own, name)(*args, **kwargs)

    return answer


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "set_many",
    "delete_many",
    "has_key",
    "incr",
):
    setattr(SharedCache, _name, _kept_up(_name))
