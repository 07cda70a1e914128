"""Where an invited person's calendar sends its answer: an address with a secret of that one invitation."""

import hmac
from hashlib import sha256

from django.conf import settings

from .models import Invitation


def reply_address(invitation: Invitation) -> str:
    """vastaus+<secret>@…; empty when no mailbox is read for answers."""
    if not settings.REPLY_ADDRESS:
        return ""
    local, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{_secret(settings.SECRET_KEY, invitation)}@{domain}"


def is_secret_of(invitation: Invitation, secret: str) -> bool:
    """Whether the address was the one in this invitation's own calendar entry."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_secret(key, invitation).encode(), secret.encode()) for key in keys)


def _secret(key: str, invitation: Invitation) -> str:
    # 128 bits, in letters that no mail server changes to other ones.
    purpose = f"calendar-reply:{invitation.link.nonce}"
    return hmac.new(key.encode(), purpose.encode(), sha256).hexdigest()[:32]
