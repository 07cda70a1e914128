"""A poll of times, for when calendars do not tell: who was asked, and what suits whom."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Consent
from perhekeskus.constraints import has_ends, sealed
from perhekeskus.models import AccessLink

from ..querysets import PollVoiceQuerySet
from ..states import PollChoice
from .meetings import Meeting
from .participations import Participation

FEWEST, MOST = 2, 10


class TimePoll(models.Model):
    """Two to ten times asked of those whom the family lets come, and of the family itself."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="polls")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(closed_at__isnull=True),
                name="time_poll_one_open",
                violation_error_message=_("Aikakysely on jo auki."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("asked_at")), name="time_poll_closes_after_it_is_asked"
            ),
        ]
        triggers = [
            sealed(
                "time_poll_closed_stays",
                condition=pgtrigger.Q(old__closed_at__isnull=False),
                sentence="Aikakysely on päättynyt.",
                operation=pgtrigger.Update,
            ),
            # Seen when the poll is whole: its times are written after it.
            pgtrigger.Trigger(
                name="time_poll_has_times",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                func=f"""
                    IF EXISTS (SELECT FROM meetings_timepoll WHERE id = NEW.id)
                        AND (SELECT count(*) FROM meetings_polltime WHERE poll_id = NEW.id) < {FEWEST} THEN
                        RAISE EXCEPTION 'Aikoja kysytään vähintään kahta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_poll_has_times';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="time_poll_before_booking",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("meeting_id"),
                declare=[("now_at", "text")],
                func="""
                    SELECT status INTO now_at FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
                    IF now_at <> 'decided' THEN
                        RAISE EXCEPTION 'Aikoja kysytään, kun perhe on päättänyt eikä aikaa ole varattu.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'time_poll_before_booking';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.closes_at > timezone.now()


class PollTime(models.Model):
    """One of the asked times."""

    poll = models.ForeignKey(TimePoll, models.CASCADE, related_name="times")
    period = DateTimeRangeField()

    class Meta:
        ordering = ["period", "pk"]
        constraints = [
            has_ends("period", name="poll_time_has_ends"),
            models.UniqueConstraint(
                fields=["poll", "period"],
                name="poll_time_once",
                violation_error_message=_("Sama aika on kyselyssä jo."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="poll_time_few_and_ahead",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    PERFORM FROM meetings_timepoll WHERE id = NEW.poll_id FOR NO KEY UPDATE;
                    IF (SELECT count(*) FROM meetings_polltime
                        WHERE poll_id = NEW.poll_id AND id <> NEW.id) >= {MOST} THEN
                        RAISE EXCEPTION 'Aikoja kysytään enintään kymmentä.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_time_at_most_ten';
                    END IF;
                    IF lower(NEW.period) <= clock_timestamp() THEN
                        RAISE EXCEPTION 'Kysyttävä aika on jo mennyt.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_time_ahead';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.pk}"


class PollVoice(models.Model):
    """One who is asked, under the family's permission; without a participation it is the family itself."""

    poll = models.ForeignKey(TimePoll, models.CASCADE, related_name="voices")
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, blank=True, related_name="poll_voices"
    )
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+")
    # The way in of one who does not sign in.
    link = models.OneToOneField(AccessLink, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PollVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(participation__isnull=True, consent__isnull=True, link__isnull=True)
                | Q(participation__isnull=False, consent__isnull=False),
                name="poll_voice_of_family_or_permitted",
            ),
            models.UniqueConstraint(fields=["poll", "participation"], name="poll_voice_once"),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(participation__isnull=True), name="poll_voice_family_once"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="poll_voice_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__participation_id__isnull=False),
                declare=[("allowed", "boolean")],
                func="""
                    SELECT purpose = 'invite' AND withdrawn_at IS NULL
                           AND given_at <= clock_timestamp() + interval '1 minute'
                           AND (valid_until IS NULL OR valid_until > clock_timestamp())
                        INTO allowed FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF allowed IS DISTINCT FROM TRUE OR NOT EXISTS (
                        SELECT FROM meetings_participation seat
                        JOIN meetings_timepoll poll ON poll.meeting_id = seat.meeting_id
                        WHERE seat.id = NEW.participation_id AND poll.id = NEW.poll_id
                          AND seat.consent_id = NEW.consent_id AND seat.decision = 'yes'
                    ) THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten aikaa ei voi kysyä.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_voice_needs_consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.pk}"

    @property
    def is_family(self) -> bool:
        return self.participation_id is None


class PollAnswer(models.Model):
    """How one time suits one who was asked."""

    voice = models.ForeignKey(PollVoice, models.CASCADE, related_name="answers")
    time = models.ForeignKey(PollTime, models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=9, choices=PollChoice)
    answered_at = models.DateTimeField(default=timezone.now)
    # Who wrote down what the family said by word.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["voice", "time"], name="poll_answer_once"),
            models.CheckConstraint(
                condition=Q(answer__in=PollChoice.values), name="poll_answer_is_one_of_three"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="poll_answer_of_asked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("asked", "record")],
                func="""
                    SELECT poll.closed_at, poll.closes_at, voice.consent_id, voice.participation_id INTO asked
                        FROM meetings_pollvoice voice
                        JOIN meetings_polltime proposed ON proposed.poll_id = voice.poll_id
                        JOIN meetings_timepoll poll ON poll.id = voice.poll_id
                        WHERE voice.id = NEW.voice_id AND proposed.id = NEW.time_id
                        FOR SHARE OF poll;
                    IF NOT FOUND OR (NEW.recorded_by_id IS NOT NULL AND asked.participation_id IS NOT NULL)
                    THEN
                        RAISE EXCEPTION 'Vastaus on toisesta kyselystä tai toisen puolesta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_answer_of_asked';
                    END IF;
                    IF asked.closed_at IS NOT NULL OR asked.closes_at <= clock_timestamp() THEN
                        RAISE EXCEPTION 'Aikakysely on päättynyt.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_answer_in_time';
                    END IF;
                    IF asked.consent_id IS NOT NULL THEN
                        PERFORM FROM network_consent WHERE id = asked.consent_id AND withdrawn_at IS NULL
                            AND (valid_until IS NULL OR valid_until > clock_timestamp()) FOR SHARE;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'Perheen lupa ei ole enää voimassa.'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_answer_needs_consent';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.answer}"
