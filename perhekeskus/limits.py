"""How often something may be asked for, counted in the shared cache for all processes together."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


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


def visitor_of(request: HttpRequest) -> str:
    """A name for the address that asks, by which it is counted; nothing leads from it back to the address.

    Of IPv6 the network: one home has more addresses than there are numbers to count.
    """
    told = get_adapter(request).get_client_ip(request)
    address = ip_address(told.split("%")[0])
    whole = str(ip_network(f"{told}/64", strict=False)) if isinstance(address, IPv6Address) else str(address)
    return hmac.new(settings.SECRET_KEY.encode(), f"visitor:{whole}".encode(), hashlib.sha256).hexdigest()[
        :32
    ]
