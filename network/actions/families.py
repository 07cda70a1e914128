"""Changes to a family's own rows."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose

from ..models import Family, FamilyMember


@transaction.atomic
def register(*, family: Family, members: Iterable[FamilyMember]) -> Family:
    """Save a new family with its children and guardians, and give it a link to its own page."""
    family.full_clean(exclude=["link"])
    family.save()
    for member in members:
        member.family = family
        member.full_clean()
        member.save()
    ensure_link(family)
    return family


@transaction.atomic
def ensure_link(family: Family) -> AccessLink:
    """The live link to the family's own page; a new one when there is none or it has run out."""
    lock(family)
    locked = Family.objects.select_related("link").get(pk=family.pk)
    if locked.link is None or not locked.link.is_live:
        locked.link = AccessLink.objects.issue(LinkPurpose.FAMILY, days=settings.FAMILY_LINK_DAYS)
        locked.save(update_fields=["link"])
    family.link = locked.link
    return locked.link


@transaction.atomic
def renew_link(family: Family) -> AccessLink:
    """A new link to the family's own page; the old one, wherever it has got to, opens nothing any more."""
    lock(family)
    locked = Family.objects.select_related("link").get(pk=family.pk)
    if locked.link is not None:
        AccessLink.objects.filter(pk=locked.link.pk).update(revoked_at=timezone.now())
        locked.link.refresh_from_db()
    return ensure_link(family)
