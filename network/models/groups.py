"""Standing groups: why they meet, who belongs to them, their meetings. No family is ever named in them."""

import uuid
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import has_ends, paired, sealed

from ..states import KEEPERS, GroupKind, GroupRole
from .directory import Municipality, Unit


class GroupQuerySet(models.QuerySet["Group"]):
    def active(self) -> "GroupQuerySet":
        return self.filter(is_active=True)

    def visible_to(self, worker) -> "GroupQuerySet":
        """Everybody in the network sees the groups; an ended one its own people and the coordinators."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        if worker.is_coordinator or worker.is_administrator:
            return self
        return self.filter(Q(is_active=True) | Q(pk__in=self.with_member(worker).values("pk")))

    def with_member(self, worker) -> "GroupQuerySet":
        """The groups that the worker belongs to now."""
        return self.filter(pk__in=GroupMembership.objects.now().filter(worker=worker).values("group"))

    def kept_by(self, worker) -> "GroupQuerySet":
        """The groups that the worker may write for: as chair, as secretary, or as a coordinator."""
        if not worker.is_active:
            return self.none()
        if worker.is_coordinator:
            return self
        kept = GroupMembership.objects.now().filter(worker=worker, role__in=KEEPERS)
        return self.filter(pk__in=kept.values("group"))


class Group(models.Model):
    """A standing group of professionals: a maternity clinic's working group, a school's, MYR, HYVÄ-ryhmä."""

    name = models.CharField(_("nimi"), max_length=120)
    kind = models.CharField(_("millainen ryhmä"), max_length=20, choices=GroupKind)
    purpose = models.TextField(_("mitä varten ryhmä on"), max_length=2000)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="groups", verbose_name=_("kunta")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("yksikkö")
    )
    is_active = models.BooleanField(_("ryhmä kokoontuu"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="group_once",
                violation_error_message=_("Kunnassa on jo tämänniminen ryhmä."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group_detail", args=[self.pk])


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def now(self) -> "GroupMembershipQuerySet":
        """Those who belong to a group today and still work in the network."""
        return self.filter(until=None, worker__is_active=True)


class GroupMembership(models.Model):
    """One person in a group in one role, from a day to a day; a new role is a new row."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=GroupRole, default=GroupRole.MEMBER)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "worker"],
                condition=Q(until=None),
                name="membership_once",
                violation_error_message=_("Hän kuuluu jo ryhmään."),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(until=None, role=GroupRole.CHAIR),
                name="membership_one_chair",
                violation_error_message=_("Ryhmällä on yksi puheenjohtaja kerrallaan."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("Jäsenyys ei voi päättyä ennen kuin se alkaa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.worker_id} {self.role}"


class GroupMeetingQuerySet(models.QuerySet["GroupMeeting"]):
    def visible_to(self, worker) -> "GroupMeetingQuerySet":
        """Of the groups that one sees; a memo that is not approved yet is for the group's own people."""
        return self.filter(group__in=Group.objects.visible_to(worker))

    def upcoming(self) -> "GroupMeetingQuerySet":
        return self.filter(cancelled_at=None, period__endswith__gt=timezone.now()).order_by("period", "pk")

    def past(self) -> "GroupMeetingQuerySet":
        return self.filter(cancelled_at=None, period__endswith__lte=timezone.now()).order_by("-period", "-pk")


class GroupMeeting(models.Model):
    """One meeting of a group: when, where, what it is about, and what was agreed."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    event_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    period = DateTimeRangeField()
    place = models.CharField(_("paikka"), max_length=300)
    agenda = models.TextField(_("asialista"), max_length=10_000, blank=True)
    memo = models.TextField(_("muistio"), max_length=10_000, blank=True)
    memo_approved_at = models.DateTimeField(null=True, blank=True)
    memo_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)

    objects = GroupMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-pk"]
        constraints = [
            has_ends("period", name="groupmeeting_period_has_ends"),
            paired("memo_approved_at", "memo_approved_by", name="groupmeeting_approved_paired"),
            paired("cancelled_at", "cancelled_by", name="groupmeeting_cancelled_paired"),
            models.CheckConstraint(
                condition=Q(memo_approved_at=None) | (~Q(memo="") & Q(cancelled_at=None)),
                name="groupmeeting_approved_has_memo",
                violation_error_message=_("Hyväksytyssä muistiossa on tekstiä, eikä kokousta ole peruttu."),
            ),
            ExclusionConstraint(
                name="groupmeeting_one_at_a_time",
                expressions=[("group", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
                violation_error_message=_("Ryhmällä on jo kokous samaan aikaan."),
            ),
        ]
        triggers = [
            sealed(
                "groupmeeting_memo_sealed",
                condition=pgtrigger.Q(old__memo_approved_at__isnull=False),
                sentence="Hyväksyttyä muistiota ei muuteta. Kirjaa korjaus seuraavan kokouksen muistioon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("group_meeting_detail", args=[self.pk])

    @property
    def starts_at(self) -> datetime:
        return self.period.lower

    @property
    def ends_at(self) -> datetime:
        return self.period.upper
