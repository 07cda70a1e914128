"""A worker's calendars beyond this house: the one given out, and those read for busy times."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from perhekeskus.sealing import InvalidToken, hashed, sealed, unsealed

from ..querysets import CalendarFeedQuerySet, ExternalCalendarQuerySet
from ..states import CalendarFailure

SEALED_FOR = "external-calendar"


class CalendarFeed(models.Model):
    """A worker's own shared times behind a secret address, kept only as a hash. One at a time is open."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(revoked_at=None),
                name="calendar_feed_one_open",
                violation_error_message=_("Kalenterillasi on jo osoite."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ExternalCalendar(models.Model):
    """A calendar of the worker's elsewhere: only when they are busy is read of it, never what they do."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="external_calendars")
    # The address opens the whole calendar: a copy of the database must not give it away.
    sealed_address = models.TextField()
    address_hash = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    # When it is fetched next; pushed on as soon as somebody sets out to fetch it.
    due_at = models.DateTimeField(default=timezone.now)
    # Somebody waits on the page for a fetch that has not ended yet.
    asked_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    # When the busy times were last counted from the events: an unchanged feed is counted anew in time.
    expanded_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=20, choices=CalendarFailure, blank=True)
    owner_told_at = models.DateTimeField(null=True, blank=True)

    objects = ExternalCalendarQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "address_hash"],
                name="external_calendar_once",
                violation_error_message=_("Tämä kalenteri on jo lisätty."),
            ),
            models.CheckConstraint(
                condition=Q(failing_since=None, failure="", owner_told_at=None)
                | (Q(failing_since__isnull=False) & ~Q(failure="")),
                name="external_calendar_failure_has_time",
                violation_error_message=_("Häiriöllä on alku ja syy."),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="external_calendar_due")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def address(self) -> str:
        """The secret address; empty when no key opens it any more."""
        try:
            return unsealed(self.sealed_address, SEALED_FOR)
        except InvalidToken:
            return ""

    @address.setter
    def address(self, address: str) -> None:
        self.sealed_address = sealed(address, SEALED_FOR)
        self.address_hash = hashed(address, 64)

    @property
    def host(self) -> str:
        """Where the calendar is: the part of the address that is no secret."""
        return urlsplit(self.address).hostname or ""


class BusyTime(models.Model):
    """A stretch of time that an external calendar takes. What is done then is not known here."""

    calendar = models.ForeignKey(ExternalCalendar, models.CASCADE, related_name="busy_times")
    period = DateTimeRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period__isempty=False) & Q(period__lower_inf=False) & Q(period__upper_inf=False),
                name="busy_time_has_ends",
                violation_error_message=_("Varatulla ajalla on alku ja loppu."),
            ),
            ExclusionConstraint(
                name="busy_time_once",
                expressions=[("calendar", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("Saman kalenterin varatut ajat eivät mene päällekkäin."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id}"
