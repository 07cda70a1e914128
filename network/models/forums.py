"""Area forums and rounds: who was invited, who came, and what needs to be developed."""

import uuid
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import exactly_one, has_ends, only_moves, paired, sealed
from perhekeskus.history import keeps_history

from ..states import (
    DEVELOPMENT_MOVES,
    DevelopmentState,
    ForumAnswer,
    ForumKind,
    Sector,
)
from .directory import Area, Municipality, Unit


class AreaForumQuerySet(models.QuerySet["AreaForum"]):
    def visible_to(self, worker) -> "AreaForumQuerySet":
        """What has been announced is everybody's; what is being prepared, the coordinators'."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        if worker.is_coordinator:
            return self
        return self.exclude(invited_at=None, held_at=None)

    def held(self) -> "AreaForumQuerySet":
        return self.exclude(held_at=None)

    def ahead(self) -> "AreaForumQuerySet":
        """Neither held nor cancelled, and not over yet."""
        return self.filter(held_at=None, cancelled_at=None, period__endswith__gt=timezone.now())


class AreaForum(models.Model):
    """A forum where the workers of an area meet, or a round to its day-care centres or schools."""

    kind = models.CharField(_("millainen tapaaminen"), max_length=10, choices=ForumKind)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="forums", verbose_name=_("alue")
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name=_("kunta"),
    )
    event_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    period = DateTimeRangeField()
    place = models.CharField(_("paikka"), max_length=300)
    themes = models.TextField(_("teemat"), max_length=2000)
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector), default=list, blank=True, verbose_name=_("toimialat")
    )
    units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("yksiköt"))
    notes = models.TextField(_("mitä puhuttiin"), max_length=10_000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Grows with every change; what is sent is what was looked at.
    version = models.PositiveIntegerField(default=1)

    objects = AreaForumQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-pk"]
        constraints = [
            exactly_one(
                "area", "municipality", name="forum_one_place", sentence=_("Valitse joko alue tai kunta.")
            ),
            has_ends("period", name="forum_period_has_ends"),
            paired("invited_at", "invited_by", name="forum_invited_paired"),
            paired("held_at", "held_by", name="forum_held_paired"),
            paired("cancelled_at", "cancelled_by", name="forum_cancelled_paired"),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(cancelled_at=None),
                name="forum_held_or_cancelled",
                violation_error_message=_("Peruttua foorumia ei ole pidetty."),
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(period__startswith__lte=F("held_at")),
                name="forum_held_after_it_began",
                violation_error_message=_("Foorumi kirjataan pidetyksi vasta, kun se on alkanut."),
            ),
        ]
        triggers = [
            sealed(
                "forum_cancelled_stays",
                condition=pgtrigger.Q(old__cancelled_at__isnull=False),
                sentence="Peruttua foorumia ei muuteta.",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.where}"

    def get_absolute_url(self) -> str:
        return reverse("forum_detail", args=[self.pk])

    @property
    def where(self) -> str:
        """The area or the municipality."""
        return str(self.area or self.municipality)

    @property
    def starts_at(self) -> datetime:
        return self.period.lower

    @property
    def ends_at(self) -> datetime:
        return self.period.upper


class ForumParticipation(models.Model):
    """One worker who was invited to a forum, or came: the answer, and whether they were there."""

    forum = models.ForeignKey(AreaForum, models.CASCADE, related_name="participations")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="forum_participations")
    answer = models.CharField(max_length=10, choices=ForumAnswer, default=ForumAnswer.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "worker"], name="forum_participation_once"),
            models.CheckConstraint(
                condition=Q(answer=ForumAnswer.PENDING, answered_at=None)
                | (~Q(answer=ForumAnswer.PENDING) & Q(answered_at__isnull=False)),
                name="forum_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.worker_id}"


class DevelopmentNeedQuerySet(models.QuerySet["DevelopmentNeed"]):
    def visible_to(self, worker) -> "DevelopmentNeedQuerySet":
        """What needs to be developed is everybody's to see."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        return self

    def with_people(self) -> "DevelopmentNeedQuerySet":
        """With what a page shows of each."""
        return self.select_related("municipality", "owner", "created_by", "forum")

    def unfinished(self) -> "DevelopmentNeedQuerySet":
        return self.filter(state__in=[DevelopmentState.OPEN, DevelopmentState.UNDER_WAY])


@keeps_history()
class DevelopmentNeed(models.Model):
    """Something in the common work that ought to be better: whose it is now, and how far it is."""

    forum = models.ForeignKey(AreaForum, models.PROTECT, null=True, blank=True, related_name="needs")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="development_needs", verbose_name=_("kunta")
    )
    text = models.TextField(_("mikä kaipaa kehittämistä"), max_length=2000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="development_needs",
        verbose_name=_("kuka hoitaa"),
    )
    state = models.CharField(max_length=10, choices=DevelopmentState, default=DevelopmentState.OPEN)
    # What came of it, or why it was put aside.
    outcome = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)

    objects = DevelopmentNeedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[DevelopmentState.UNDER_WAY, DevelopmentState.DONE])
                | Q(owner__isnull=False),
                name="development_under_way_has_owner",
                violation_error_message=_("Kun asiaa viedään eteenpäin, joku hoitaa sitä."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DevelopmentState.PUT_ASIDE) | ~Q(outcome=""),
                name="development_put_aside_says_why",
                violation_error_message=_("Kirjoita, miksi asia jätetään."),
            ),
        ]
        triggers = [only_moves("state", DEVELOPMENT_MOVES, "development_moves")]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("development_need_detail", args=[self.pk])
