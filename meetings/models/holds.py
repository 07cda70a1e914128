"""A time held for a while, with its people and its room, until the family has answered."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .meetings import Meeting
from .rooms import Room

# However often it is made longer, a hold has come to its end by then.
LONGEST_HOLD = timedelta(days=14)


class Hold(models.Model):
    """One held time of a meeting that has none yet. It ends by itself: what has ended is in nobody's way."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="hold")
    period = DateTimeRangeField()
    # Empty when people meet somewhere else than in a room of the network's.
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    # Who was seen to be busy then: invited like the others, but not booked.
    without = ArrayField(models.BigIntegerField(), default=list, blank=True)
    held_at = models.DateTimeField(default=timezone.now)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("held_at"), expires_at__lte=F("held_at") + LONGEST_HOLD),
                name="hold_ends",
                violation_error_message=_("Alustava varaus pysyy enintään kaksi viikkoa."),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False)
                & Q(period__lower_inf=False)
                & Q(period__upper_inf=False)
                & Q(expires_at__lte=F("period__startswith")),
                name="hold_ends_before_its_time",
                violation_error_message=_("Alustava varaus päättyy ennen kuin aika alkaa."),
            ),
        ]
        triggers = [
            # The lock makes a hold and a booking at the same moment come one after the other.
            pgtrigger.Trigger(
                name="hold_before_booking",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("meeting_id"),
                declare=[("now_at", "text")],
                func="""
                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
                    IF now_at <> 'decided' THEN
                        RAISE EXCEPTION 'Alustavasti varataan, kun perhe on päättänyt eikä aikaa ole varattu.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_before_booking';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # Somebody may have taken the time already.
            pgtrigger.Trigger(
                name="hold_ended_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.expires_at <= clock_timestamp() THEN
                        RAISE EXCEPTION 'Alustava varaus on päättynyt.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_ended_stays';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"

    @property
    def is_live(self) -> bool:
        return self.expires_at > timezone.now()
