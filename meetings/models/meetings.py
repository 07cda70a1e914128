"""A meeting: who is asked, what is talked about, when and where, and what was written down."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Municipality
from perhekeskus.constraints import only_moves, paired
from perhekeskus.history import keeps_history

from ..querysets import MeetingQuerySet
from ..states import (
    MEETING_MOVES,
    OPEN_MEETINGS,
    PREPARING,
    Decision,
    MeetingKind,
    MeetingStatus,
    PlaceKind,
)
from .counted import MEETING_COUNTED, MEETING_KEPT
from .kinds import Kind
from .rooms import Room
from .situations import Situation


@keeps_history(exclude=["convener_sector", "called_off_by", "seats"])
class Meeting(models.Model):
    """A shared time: proposed, decided by the family, booked, invited, held."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="meetings")
    # A kind in use is put aside, never removed.
    kind = models.ForeignKey(
        Kind,
        models.PROTECT,
        db_column="kind",
        db_index=False,
        related_name="+",
        default=MeetingKind.SHARED_TIME.value,
    )
    status = models.CharField(max_length=12, choices=MeetingStatus, default=MeetingStatus.DRAFT)
    # Where it is counted: kept as it was, even if the family moves later.
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    convener = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings_convened")
    event_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    period = DateTimeRangeField(null=True, blank=True)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="meetings")
    place_kind = models.CharField(
        _("missä tavataan"),
        max_length=8,
        choices=PlaceKind,
        default=PlaceKind.ROOM,
        db_default=PlaceKind.ROOM.value,
    )
    # The place in words: the school or the day-care; of a home, how one finds it.
    place_text = models.CharField(_("paikka"), max_length=200, blank=True, default="", db_default="")
    remote_url = models.URLField(
        _("etäyhteyden linkki"), max_length=500, blank=True, default="", db_default=""
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    timekeeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    notes = models.TextField(_("muistiinpanot"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
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
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)
    # Kept by the database for the counts: the sector of the convener and how many others were there of each,
    # once it is held; and from whose side it was called off.
    convener_sector = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    seats = models.JSONField(default=dict, db_default={}, editable=False)
    called_off_by = models.CharField(max_length=12, blank=True, default="", db_default="", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            paired("invited_at", "invited_by", name="meeting_invited_paired"),
            paired("held_at", "held_by", name="meeting_held_paired"),
            paired("cancelled_at", "cancelled_by", name="meeting_cancelled_paired"),
            models.CheckConstraint(
                condition=Q(status__in=[*PREPARING, MeetingStatus.CANCELLED])
                | Q(period__isnull=False, period__lower_inf=False, period__upper_inf=False),
                name="meeting_booked_has_time",
                violation_error_message=_("Varatulla ajalla on alku ja loppu."),
            ),
            models.CheckConstraint(
                condition=Q(place_kind=PlaceKind.ROOM.value, place_text="", remote_url="")
                | Q(place_kind=PlaceKind.HOME.value, room__isnull=True, remote_url="")
                | (Q(place_kind=PlaceKind.SCHOOL.value, room__isnull=True, remote_url="") & ~Q(place_text=""))
                | Q(place_kind=PlaceKind.REMOTE.value, room__isnull=True, place_text=""),
                name="meeting_in_one_place",
                violation_error_message=_(
                    "Tapaamisella on yksi paikka: tila, koti, muu paikka tai etäyhteys."
                ),
            ),
            models.UniqueConstraint(
                fields=["situation"],
                condition=Q(status__in=OPEN_MEETINGS),
                name="meeting_one_open",
                violation_error_message=_("Tilanteessa valmistellaan jo yhteistä aikaa."),
            ),
        ]
        triggers = [
            only_moves("status", MEETING_MOVES, "meeting_moves"),
            # Only the one who convenes and those whom the family lets in lead, write or keep the time.
            pgtrigger.Trigger(
                name="meeting_roles_of_those_who_come",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("chair_id", "recorder_id", "timekeeper_id"),
                declare=[("named", "bigint")],
                func="""
                    FOREACH named IN ARRAY ARRAY[
                        CASE WHEN TG_OP = 'INSERT' OR NEW.chair_id IS DISTINCT FROM OLD.chair_id
                             THEN NEW.chair_id END,
                        CASE WHEN TG_OP = 'INSERT' OR NEW.recorder_id IS DISTINCT FROM OLD.recorder_id
                             THEN NEW.recorder_id END,
                        CASE WHEN TG_OP = 'INSERT' OR NEW.timekeeper_id IS DISTINCT FROM OLD.timekeeper_id
                             THEN NEW.timekeeper_id END
                    ]::bigint[] LOOP
                        IF named IS NULL OR named = NEW.convener_id THEN
                            CONTINUE;
                        END IF;
                        IF NOT EXISTS (
                            SELECT FROM meetings_participation seat
                            JOIN network_consent consent ON consent.id = seat.consent_id
                            LEFT JOIN network_invitation invitation ON invitation.id = seat.invitation_id
                            WHERE seat.meeting_id = NEW.id AND seat.decision = 'yes'
                              AND consent.withdrawn_at IS NULL
                              AND (seat.worker_id = named OR invitation.coming_worker_id = named)
                        ) THEN
                            RAISE EXCEPTION
                                'Tehtävä annetaan koollekutsujalle tai sille, jolle perhe on antanut luvan.'
                                USING ERRCODE = 'check_violation',
                                      CONSTRAINT = 'meeting_roles_of_those_who_come';
                        END IF;
                    END LOOP;
                    RETURN NEW;
                """,
            ),
            # An earlier time is wished for in place of this very one.
            pgtrigger.Trigger(
                name="meeting_wish_ends",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status", "period"),
                func="""
                    IF NEW.status NOT IN ('booked', 'invited') OR NEW.period IS DISTINCT FROM OLD.period THEN
                        UPDATE meetings_earlierwish SET ended_at = clock_timestamp()
                            WHERE meeting_id = NEW.id AND ended_at IS NULL;
                    END IF;
                    RETURN NULL;
                """,
            ),
            # Once there is a time, or the people change, nobody is asked by the old poll any more.
            pgtrigger.Trigger(
                name="meeting_poll_ends",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status="decided") & ~pgtrigger.Q(new__status="decided"),
                func="""
                    UPDATE meetings_timepoll SET closed_at = clock_timestamp()
                        WHERE meeting_id = NEW.id AND closed_at IS NULL;
                    RETURN NULL;
                """,
            ),
            # A booked time changes only to one that the family has said yes to, and with a new number once
            # people have been told of the old one.
            pgtrigger.Trigger(
                name="meeting_time_changes_by_family",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("period"),
                condition=pgtrigger.Q(
                    old__status__in=["booked", "invited"],
                    new__status__in=["booked", "invited"],
                    old__period__df=pgtrigger.F("new__period"),
                ),
                func="""
                    IF NOT EXISTS (SELECT FROM meetings_timechange
                                   WHERE meeting_id = NEW.id AND period = NEW.period AND answer = 'yes') THEN
                        RAISE EXCEPTION 'Varattu aika siirtyy vain perheen suostumuksella.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_time_changes_by_family';
                    END IF;
                    IF OLD.status = 'invited' AND NEW.sequence <= OLD.sequence THEN
                        RAISE EXCEPTION 'Siirrosta kerrotaan uudella numerolla.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_time_change_is_numbered';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # What is over, given back or cancelled is not moved: what was asked of the family lapses.
            pgtrigger.Trigger(
                name="meeting_time_change_lapses",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status__in=["booked", "invited"])
                & ~pgtrigger.Q(new__status__in=["booked", "invited"]),
                func="""
                    UPDATE meetings_timechange SET answer = 'gone', answered_at = clock_timestamp()
                        WHERE meeting_id = NEW.id AND answer = '';
                    RETURN NULL;
                """,
            ),
            # Whichever way the meeting goes on, the times offered to the family are offered no more.
            pgtrigger.Trigger(
                name="meeting_times_offered_no_more",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status="decided") & ~pgtrigger.Q(new__status="decided"),
                func="""
                    DELETE FROM meetings_offeredtime WHERE offer_id IN
                        (SELECT id FROM meetings_timesoffer WHERE meeting_id = NEW.id);
                    DELETE FROM meetings_timesoffer WHERE meeting_id = NEW.id;
                    RETURN NULL;
                """,
            ),
            # And what was held for it is held no more.
            pgtrigger.Trigger(
                name="meeting_hold_no_more",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status="decided") & ~pgtrigger.Q(new__status="decided"),
                func="""
                    DELETE FROM meetings_booking WHERE hold_id IN
                        (SELECT id FROM meetings_hold WHERE meeting_id = NEW.id);
                    DELETE FROM meetings_hold WHERE meeting_id = NEW.id;
                    RETURN NULL;
                """,
            ),
            *MEETING_KEPT,
            *MEETING_COUNTED,
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("meeting_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_MEETINGS

    @property
    def starts_at(self):
        return timezone.localtime(self.period.lower) if self.period else None

    @property
    def ends_at(self):
        return timezone.localtime(self.period.upper) if self.period else None


@keeps_history()
class Topic(models.Model):
    """Something to be talked about, if the family wants to."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="topics")
    title = models.CharField(_("aihe"), max_length=200)
    by_family = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.UNDECIDED)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "title"],
                name="topic_once",
                violation_error_message=_("Aihe on jo listalla."),
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.UNDECIDED, decided_at__isnull=True)
                | (~Q(decision=Decision.UNDECIDED) & Q(decided_at__isnull=False)),
                name="topic_decision_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title
