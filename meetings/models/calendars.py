"""When people and rooms are taken, and when people work."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.states import Weekday
from perhekeskus.constraints import exactly_one

from ..querysets import AbsenceQuerySet, BookingQuerySet
from .rooms import Room


class WorkingHours(models.Model):
    """One stretch of a worker's working week, in Helsinki's time of day."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField(_("viikonpäivä"), choices=Weekday)
    starts = models.TimeField(_("alkaa"))
    ends = models.TimeField(_("päättyy"))

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = _("työajat")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="working_hours_in_order",
                violation_error_message=_("Työaika päättyy alkamisensa jälkeen."),
            ),
            models.UniqueConstraint(fields=["worker", "weekday", "starts"], name="working_hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.weekday}"


class Absence(models.Model):
    """A time when a worker is away."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    period = DateTimeRangeField()
    # Who answers meanwhile. Why somebody is away is nobody's business here.
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="substitutions",
        verbose_name=_("sijainen"),
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["period", "pk"]
        constraints = [
            # Two that overlap would name two substitutes for one day. Its index is the search's too.
            ExclusionConstraint(
                name="absence_once",
                expressions=[("worker", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("Olet jo merkinnyt poissaolon osalle näistä päivistä."),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False) & Q(period__lower_inf=False) & Q(period__upper_inf=False),
                name="absence_has_ends",
                violation_error_message=_("Poissaololla on alku ja loppu."),
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("worker")),
                name="absence_other_substitute",
                violation_error_message=_("Sijainen on joku muu kuin sinä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}"


class Booking(models.Model):
    """One person or one room, taken for one stretch of time. Two never overlap."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="bookings"
    )
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="bookings")
    # Empty when the time is taken by something that is none of this system's business.
    meeting = models.ForeignKey(
        "meetings.Meeting", models.CASCADE, null=True, blank=True, related_name="bookings"
    )
    # A held time: it counts until the hold ends.
    hold = models.ForeignKey("meetings.Hold", models.CASCADE, null=True, blank=True, related_name="bookings")
    period = DateTimeRangeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            exactly_one(
                "worker", "room", name="booking_of_one", sentence=_("Varaus koskee ihmistä tai tilaa.")
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False) & Q(period__lower_inf=False) & Q(period__upper_inf=False),
                name="booking_has_ends",
                violation_error_message=_("Varauksella on alku ja loppu."),
            ),
            ExclusionConstraint(
                name="booking_worker_once",
                expressions=[("worker", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(worker__isnull=False),
                violation_error_message=_("Joku osallistujista on jo varattu tähän aikaan."),
            ),
            ExclusionConstraint(
                name="booking_room_once",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(room__isnull=False),
                violation_error_message=_("Tila on jo varattu tähän aikaan."),
            ),
        ]
        triggers = [
            # True at every moment, whoever inserts: a hold that has ended keeps nobody out. Its row is
            # locked, so that making it longer comes before or after.
            pgtrigger.Trigger(
                name="booking_ended_holds_give_way",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("period", "worker_id", "room_id"),
                func="""
                    DELETE FROM meetings_booking WHERE hold_id IN (
                        SELECT id FROM meetings_hold
                        WHERE expires_at <= clock_timestamp() AND id IN (
                            SELECT hold_id FROM meetings_booking
                            WHERE worker_id = NEW.worker_id AND period && NEW.period
                            UNION ALL
                            SELECT hold_id FROM meetings_booking
                            WHERE room_id = NEW.room_id AND period && NEW.period
                        )
                        ORDER BY id FOR NO KEY UPDATE
                    );
                    RETURN NEW;
                """,
            ),
            # The room's row is read as it is after whoever closes it now: a room is never closed and taken
            # at once.
            pgtrigger.Trigger(
                name="booking_room_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("period", "room_id"),
                condition=pgtrigger.Q(new__room__isnull=False),
                declare=[("closed", "timestamptz")],
                func="""
                    SELECT closed_at INTO closed FROM meetings_room WHERE id = NEW.room_id FOR SHARE;
                    IF closed IS NOT NULL THEN
                        RAISE EXCEPTION 'Tila ei ole enää käytössä. Valitse toinen tila.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_room_is_open';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id or ''}{self.room_id or ''}"
