"""Times offered to the family: it chooses one, or says that none of them suits."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .meetings import Meeting
from .rooms import Room

FEWEST, MOST = 2, 5


class TimesOffer(models.Model):
    """One offer of times of a meeting; it is gone when the time is booked or the meeting goes another way."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="times_offer")
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    # Who wrote it down that none suits; nobody when the family said it on its own page.
    refused_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    word = models.CharField(_("milloin sopisi"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_at__isnull=False) | Q(refused_recorded_by__isnull=True, word=""),
                name="times_offer_refused_has_time",
            ),
        ]
        triggers = [
            # The lock makes an offer and a booking at the same moment come one after the other.
            pgtrigger.Trigger(
                name="times_offer_before_booking",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("meeting_id"),
                declare=[("now_at", "text")],
                func="""
                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
                    IF now_at <> 'decided' THEN
                        RAISE EXCEPTION 'Aikoja tarjotaan, kun perhe on päättänyt eikä aikaa ole varattu.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'times_offer_before_booking';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class OfferedTime(models.Model):
    """One of the times: when, where, and who of the invited was seen to be busy then."""

    offer = models.ForeignKey(TimesOffer, models.CASCADE, related_name="times")
    period = DateTimeRangeField()
    # Empty when people meet somewhere else than in a room of the network's.
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    without = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ["period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "period"],
                name="offered_time_once",
                violation_error_message=_("Sama aika on listalla jo."),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False) & Q(period__lower_inf=False) & Q(period__upper_inf=False),
                name="offered_time_has_ends",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="offered_time_few_and_ahead",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    PERFORM FROM meetings_timesoffer WHERE id = NEW.offer_id FOR NO KEY UPDATE;
                    IF (SELECT count(*) FROM meetings_offeredtime
                        WHERE offer_id = NEW.offer_id AND id <> NEW.id) >= {MOST} THEN
                        RAISE EXCEPTION 'Aikoja tarjotaan enintään viisi.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'offered_time_at_most_five';
                    END IF;
                    IF lower(NEW.period) <= clock_timestamp() THEN
                        RAISE EXCEPTION 'Tarjottava aika on jo mennyt.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'offered_time_ahead';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.pk}"

    @property
    def is_ahead(self) -> bool:
        return self.period.lower > timezone.now()
