"""Writing a bulletin, sending it to those whom it concerns, and reading it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from ..audiences import audience_of, write_receipts
from ..models import (
    Bulletin,
    BulletinMunicipality,
    BulletinReceipt,
    BulletinUnit,
    Municipality,
    Unit,
    Worker,
)
from ..rules import bulletins as rules
from ..rules.groups import why_not_seen
from ..rules.texts import people_of, why_not_this_text


@transaction.atomic
def write(*, bulletin: Bulletin, by: Worker, fields: dict[str, Any], seen_version: int = 0) -> Bulletin:
    """A new draft, or a draft's words changed. Nobody gets it yet."""
    if bulletin.pk:
        bulletin = _locked(bulletin)
        require(rules.why_not_edit(by, bulletin))
        require(why_not_seen(bulletin.version, seen_version))
        bulletin.version += 1
    else:
        require(rules.why_not_send(by, bulletin.group))
        bulletin.created_by = by
    require(why_not_this_text(by, fields["title"], fields["text"], apart_from=people_of(bulletin.group)))
    bulletin.title, bulletin.text = fields["title"], fields["text"]
    bulletin.is_for_members = bool(fields.get("is_for_members")) and bulletin.group is not None
    bulletin.save()
    return bulletin


@transaction.atomic
def aim(
    *,
    bulletin: Bulletin,
    by: Worker,
    municipalities: Iterable[Municipality],
    sectors: Iterable[str],
    seen_version: int,
) -> Bulletin:
    """Whom the bulletin concerns. Units that no longer fit the places and sectors are left out."""
    bulletin = _locked(bulletin)
    require(rules.why_not_edit(by, bulletin))
    require(why_not_seen(bulletin.version, seen_version))
    bulletin.sectors = [str(sector) for sector in sectors]
    bulletin.version += 1
    bulletin.save(update_fields=["sectors", "version"])
    chosen = list(municipalities)
    BulletinMunicipality.objects.filter(bulletin=bulletin).delete()
    BulletinMunicipality.objects.bulk_create(
        BulletinMunicipality(bulletin=bulletin, municipality=one) for one in chosen
    )
    outside = BulletinUnit.objects.filter(bulletin=bulletin)
    if chosen or bulletin.sectors:
        fitting = units_within(bulletin)
        outside.exclude(unit__in=fitting).delete()
    return bulletin


@transaction.atomic
def aim_at_units(*, bulletin: Bulletin, by: Worker, units: Iterable[Unit], seen_version: int) -> Bulletin:
    """Only the workers of these units, of those that the places and sectors leave; none means all of them."""
    bulletin = _locked(bulletin)
    require(rules.why_not_edit(by, bulletin))
    require(why_not_seen(bulletin.version, seen_version))
    bulletin.version += 1
    bulletin.save(update_fields=["version"])
    BulletinUnit.objects.filter(bulletin=bulletin).delete()
    BulletinUnit.objects.bulk_create(BulletinUnit(bulletin=bulletin, unit=one) for one in units)
    return bulletin


def units_within(bulletin: Bulletin):
    """The units in the bulletin's places and sectors."""
    units = Unit.objects.all()
    places = BulletinMunicipality.objects.filter(bulletin=bulletin).values("municipality")
    if places.exists():
        units = units.filter(municipality__in=places)
    if bulletin.sectors:
        units = units.filter(organisation__sector__in=bulletin.sectors)
    return units


@transaction.atomic
def publish(*, bulletin: Bulletin, by: Worker, seen_version: int) -> Bulletin:
    """Send the bulletin to everybody whom it concerns. A second press changes nothing."""
    bulletin = _locked(bulletin)
    if bulletin.published_at is not None and bulletin.version == seen_version:
        return bulletin
    require(rules.why_not_publish(by, bulletin, audience_of(bulletin).count()))
    require(why_not_seen(bulletin.version, seen_version))
    require(why_not_this_text(by, bulletin.title, bulletin.text, apart_from=people_of(bulletin.group)))
    bulletin.published_at, bulletin.published_by = timezone.now(), by
    bulletin.save(update_fields=["published_at", "published_by"])
    write_receipts(bulletin)
    return bulletin


@transaction.atomic
def withdraw(*, bulletin: Bulletin, by: Worker) -> Bulletin:
    """Take a sent bulletin back: nobody sees it any more but those who sent it."""
    bulletin = _locked(bulletin)
    require(rules.why_not_withdraw(by, bulletin))
    if bulletin.withdrawn_at is None:
        bulletin.withdrawn_at, bulletin.withdrawn_by = timezone.now(), by
        bulletin.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return bulletin


@transaction.atomic
def discard(*, bulletin: Bulletin, by: Worker) -> None:
    """Throw a draft away."""
    bulletin = _locked(bulletin)
    require(rules.why_not_edit(by, bulletin))
    bulletin.delete()


@transaction.atomic
def see(*, bulletin: Bulletin, by: Worker) -> None:
    """Write down that the worker has read the bulletin; the first time stays."""
    BulletinReceipt.objects.bulk_create(
        [BulletinReceipt(bulletin=bulletin, worker=by)], ignore_conflicts=True
    )
    BulletinReceipt.objects.filter(bulletin=bulletin, worker=by, seen_at=None).update(seen_at=timezone.now())


@transaction.atomic
def choose_digest(*, by: Worker, wants: bool) -> None:
    """Whether a weekly letter of new bulletins comes by e-mail."""
    Worker.objects.filter(pk=by.pk).update(wants_digest=wants)


def _locked(bulletin: Bulletin) -> Bulletin:
    lock(bulletin)
    return Bulletin.objects.select_related("group").get(pk=bulletin.pk)
