"""Links that open one page to a person without an account."""

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LinkPurpose(models.TextChoices):
    ANSWER = "answer", _("kutsuun vastaaminen")
    FAMILY = "family", _("perheen oma sivu")
    POLL = "poll", _("aikakyselyyn vastaaminen")
    FEEDBACK = "feedback", _("palaute yhteisestä ajasta")
    COPY = "copy", _("kopio suunnitelmasta")


def _token(key: str, purpose: str, nonce: uuid.UUID) -> str:
    digest = hmac.new(key.encode(), f"access-link:{purpose}:{nonce}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:24]).decode()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    def live(self) -> "AccessLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def issue(self, purpose: LinkPurpose, *, days: int) -> "AccessLink":
        """A new link of the purpose, valid for `days` days."""
        nonce = uuid.uuid4()
        return self.create(
            purpose=purpose,
            nonce=nonce,
            token_hash=_hashed(_token(settings.SECRET_KEY, purpose, nonce)),
            expires_at=timezone.now() + timedelta(days=days),
        )

    def opened_by(self, purpose: LinkPurpose, token: str) -> "AccessLink | None":
        """The live link that the token opens, or None: unknown, revoked and expired look alike."""
        return self.live().filter(purpose=purpose, token_hash=_hashed(token)).first()


class AccessLink(models.Model):
    """A link for one purpose: 192 random-looking bits, kept only as a hash, limited in time, revocable.

    The token is derived from the row's nonce and the secret key, so a message that has to be sent a
    second time holds the same link, and yet a copy of the database alone opens nothing.
    """

    purpose = models.CharField(max_length=10, choices=LinkPurpose)
    nonce = models.UUIDField(editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.pk}"

    @property
    def token(self) -> str:
        """The token for the URL; ValueError when the secret key has changed for good."""
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
            token = _token(key, self.purpose, self.nonce)
            if hmac.compare_digest(_hashed(token), self.token_hash):
                return token
        raise ValueError("The secret key of this link is no longer known.")

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
