"""One-time codes: a link in wrong hands opens nothing without the family's own telephone or mail."""

import hashlib
import hmac
import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from .links import AccessLink

DIGITS = 6
MOST_TRIES = 5


def _digits(key: str, nonce: uuid.UUID) -> str:
    digest = hmac.new(key.encode(), f"link-code:{nonce}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:16]) % 10**DIGITS:0{DIGITS}}"


def hashed_address(address: str) -> str:
    """A name for the address, by which its codes are counted; nothing leads from it back to the address."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"link-code-address:{address}".encode(), hashlib.sha256
    ).hexdigest()


class LinkCode(models.Model):
    """A code of six digits for one link, valid for minutes, for one use and a few tries.

    The digits are kept nowhere: they are an HMAC of the row's nonce under the secret key, so the message can
    be composed when it is sent, and a copy of the database alone opens nothing.
    """

    link = models.ForeignKey(AccessLink, models.CASCADE, related_name="codes")
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    address_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # Used, run out of tries, or replaced by a newer one.
    ended_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    # Which browser used it, hashed: a second press of the same button there is no wrong code.
    used_from = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link"], condition=models.Q(ended_at__isnull=True), name="link_code_one_live"
            ),
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="link_code_few_tries"),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(ended_at__isnull=False),
                name="link_code_used_is_ended",
            ),
        ]
        indexes = [models.Index(fields=["address_hash", "created_at"], name="link_code_of_address")]
        triggers = [
            pgtrigger.Protect(
                name="link_code_ended_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.pk}"

    @property
    def digits(self) -> str:
        """The code itself, for the message."""
        return _digits(settings.SECRET_KEY, self.nonce)

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and self.expires_at > timezone.now()

    def is_code(self, typed: str) -> bool:
        """Whether these are the digits; compared in constant time, also over a change of the secret key."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        given = typed.encode()
        same = [hmac.compare_digest(_digits(key, self.nonce).encode(), given) for key in keys]
        return any(same)
