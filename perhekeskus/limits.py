"""How often something may be asked for, counted in the shared cache for all processes together."""

from django.core.cache import cache


def asked_too_often(what: str, *, most: int, seconds: int) -> bool:
    """Count one more asking of `what`; True when it is more than `most` in the time since the first one.

    `what` names the thing by a number or a hash, never by a secret: it is kept in the cache.
    """
    key = f"limit:{what}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two: a new time begins.
        cache.add(key, 1, timeout=seconds)
        return most < 1
