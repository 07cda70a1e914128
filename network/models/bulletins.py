"""Bulletins: what workers are told, whom it concerns, and who has read it."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import paired, sealed

from ..states import RegularLetterKind, Sector
from .directory import Municipality, Unit
from .groups import Group

# After this a bulletin is no news to anybody, not even to somebody who has just begun.
FRESH_DAYS = 60


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def with_people(self) -> "BulletinQuerySet":
        """With the group and the people whose names a page shows."""
        return self.select_related("group", "created_by", "published_by")

    def published(self) -> "BulletinQuerySet":
        return self.filter(withdrawn_at=None).exclude(published_at=None)

    def fresh(self) -> "BulletinQuerySet":
        """Published lately enough to be news."""
        return self.published().filter(published_at__gt=timezone.now() - timedelta(days=FRESH_DAYS))

    def concerning(self, worker) -> "BulletinQuerySet":
        """Whose audience the worker belongs to now: also when they began after the bulletin was sent."""
        unit = worker.unit
        places = BulletinMunicipality.objects.filter(bulletin=OuterRef("pk"))
        units = BulletinUnit.objects.filter(bulletin=OuterRef("pk"))
        return self.filter(
            ~Exists(places) | Exists(places.filter(municipality=unit.municipality_id)),
            ~Exists(units) | Exists(units.filter(unit=unit.pk)),
            Q(sectors=[]) | Q(sectors__contains=[unit.organisation.sector]),
            Q(is_for_members=False) | Q(group__in=Group.objects.with_member(worker)),
        )

    def received_by(self, worker) -> "BulletinQuerySet":
        """What reaches the worker: what was sent to them, and what concerns them now."""
        sent = BulletinReceipt.objects.filter(worker=worker).values("bulletin")
        return self.published().filter(
            Q(pk__in=sent) | Q(pk__in=Bulletin.objects.concerning(worker).values("pk"))
        )

    def unseen_by(self, worker) -> "BulletinQuerySet":
        """The news that the worker has not said to have read."""
        seen = BulletinReceipt.objects.filter(worker=worker).exclude(seen_at=None)
        return self.received_by(worker).fresh().exclude(pk__in=seen.values("bulletin"))

    def kept_by(self, worker) -> "BulletinQuerySet":
        """Those that the worker sends: one's own, and those of the groups that one keeps."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        return self.filter(Q(created_by=worker) | Q(group__in=Group.objects.kept_by(worker)))

    def visible_to(self, worker) -> "BulletinQuerySet":
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        mine = Bulletin.objects.received_by(worker).values("pk")
        kept = Bulletin.objects.kept_by(worker).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=kept))


class Bulletin(models.Model):
    """One bulletin. A dimension of the audience that is left empty means everybody; all of them must fit.

    Written as a draft, then published once; a published one never changes, but can be withdrawn.
    """

    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="bulletins")
    title = models.CharField(_("otsikko"), max_length=120)
    text = models.TextField(_("teksti"), max_length=10_000)
    is_for_members = models.BooleanField(_("vain ryhmän jäsenille"), default=False)
    municipalities = models.ManyToManyField(
        Municipality, through="BulletinMunicipality", related_name="bulletins", verbose_name=_("kunnat")
    )
    units = models.ManyToManyField(
        Unit, through="BulletinUnit", related_name="bulletins", verbose_name=_("yksiköt")
    )
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector), default=list, blank=True, verbose_name=_("toimialat")
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulletins_written")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Grows with every change; what is sent is what was looked at.
    version = models.PositiveIntegerField(default=1)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            paired("published_at", "published_by", name="bulletin_published_paired"),
            paired("withdrawn_at", "withdrawn_by", name="bulletin_withdrawn_paired"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="bulletin_withdrawn_was_published",
                violation_error_message=_("Vain lähetetyn tiedotteen voi vetää takaisin."),
            ),
            models.CheckConstraint(
                condition=Q(is_for_members=False) | Q(group__isnull=False),
                name="bulletin_members_of_a_group",
                violation_error_message=_("Jäsenille lähetettävällä tiedotteella on ryhmä."),
            ),
        ]
        triggers = [
            # Only the withdrawal may be written on a published one, and only once.
            sealed(
                "bulletin_sealed",
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at", "withdrawn_by", "version"]),
                only_if="OLD.published_at IS NOT NULL",
                sentence="Lähetettyä tiedotetta ei muuteta. Vedä se takaisin ja lähetä uusi.",
                operation=pgtrigger.Update,
            ),
            sealed(
                "bulletin_withdrawn_once",
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
                sentence="Tiedote on jo vedetty takaisin.",
                operation=pgtrigger.Update,
            ),
            sealed(
                "bulletin_kept",
                condition=pgtrigger.Q(old__published_at__isnull=False),
                sentence="Lähetettyä tiedotetta ei poisteta. Vedä se takaisin.",
                operation=pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("bulletin_detail", args=[self.pk])


def _audience_stays(name: str) -> pgtrigger.Trigger:
    """Whom a published bulletin was sent to does not change afterwards."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("bulletin", "bigint"), ("published", "timestamptz")],
        func=f"""
            bulletin := CASE WHEN TG_OP = 'DELETE' THEN OLD.bulletin_id ELSE NEW.bulletin_id END;
            SELECT published_at INTO published FROM network_bulletin WHERE id = bulletin FOR SHARE;
            IF published IS NOT NULL THEN
                RAISE EXCEPTION 'Lähetetyn tiedotteen saajia ei muuteta.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        """,
    )


class BulletinMunicipality(models.Model):
    """A municipality whose workers a bulletin concerns."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "municipality"], name="bulletin_municipality_once")
        ]
        triggers = [_audience_stays("bulletin_municipalities_stay")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.municipality_id}"


class BulletinUnit(models.Model):
    """A unit whose workers a bulletin concerns."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "unit"], name="bulletin_unit_once")]
        triggers = [_audience_stays("bulletin_units_stay")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.unit_id}"


class BulletinReceipt(models.Model):
    """One worker whom a bulletin concerns, and when they said that they have read it."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="receipts")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="receipts")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "worker"], name="receipt_once"),
        ]
        triggers = [
            sealed(
                "receipt_seen_once",
                condition=pgtrigger.Q(old__seen_at__isnull=False),
                sentence="Lukeminen on jo kirjattu.",
            ),
            pgtrigger.Trigger(
                name="receipt_of_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("published", "timestamptz")],
                func="""
                    SELECT published_at INTO published FROM network_bulletin
                        WHERE id = NEW.bulletin_id;
                    IF published IS NULL THEN
                        RAISE EXCEPTION 'Luonnosta ei ole lähetetty kenellekään.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_of_published';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.worker_id}"


class RegularLetter(models.Model):
    """That a worker gets a regular letter of a kind: one row says that no other one is due in its period."""

    kind = models.CharField(max_length=20, choices=RegularLetterKind)
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    period = DateRangeField()
    # What the earlier one told already is not told again.
    tells_since = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="regular_letter_once",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("worker", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Tältä ajalta on jo lähetetty kirje."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
