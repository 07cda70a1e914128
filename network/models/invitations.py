"""An invitation: sent under a permission, answered by the one who was let in."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import only_moves
from perhekeskus.history import keeps_history
from perhekeskus.models import AccessLink

from ..querysets import InvitationQuerySet
from ..states import ANSWERS, INVITATION_MOVES, InvitationStatus
from .consents import Consent


@keeps_history(exclude=["link"])
class Invitation(models.Model):
    """An invitation of one person to one event: when and where, and nothing of why.

    It holds the event's calendar facts itself, so that this floor need not know the meeting.
    """

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="invitations")
    event_name = models.CharField(max_length=60)
    event_uid = models.UUIDField(default=uuid.uuid4)
    sequence = models.PositiveIntegerField(default=0)
    period = DateTimeRangeField()
    place = models.CharField(max_length=300, blank=True)
    # What is hoped of the invited, written for them to read: never why they were proposed to the family.
    expectation = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=InvitationStatus, default=InvitationStatus.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Until when an answer is waited for; without it, until the event.
    answer_by = models.DateTimeField(null=True, blank=True)
    # Who comes of the unit or the team: a worker, or by name when somebody without an account says it.
    coming_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="invitations_coming"
    )
    coming_name = models.CharField(_("nimi"), max_length=140, blank=True, db_default="", default="")
    coming_title = models.CharField(_("ammattinimike"), max_length=100, blank=True, db_default="", default="")
    # Whom the one who can't come would ask instead: for the convener, who proposes them to the family.
    instead = models.CharField(
        _("ketä kannattaisi kysyä"), max_length=200, blank=True, db_default="", default=""
    )
    instead_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="invitation")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__isempty=False)
                & models.Q(period__lower_inf=False)
                & models.Q(period__upper_inf=False),
                name="invitation_period_has_ends",
                violation_error_message=_("Ajalla on alku ja loppu."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by__isnull=True)
                | models.Q(answer_by__lte=models.F("period__startswith")),
                name="invitation_answered_before_it_begins",
                violation_error_message=_("Vastausta odotetaan viimeistään tapaamisen alkuun."),
            ),
            models.CheckConstraint(
                condition=models.Q(coming_worker__isnull=True) | models.Q(coming_name="", coming_title=""),
                name="invitation_one_comes",
                violation_error_message=_("Tulija on joko työntekijä tai nimellä kirjattu, ei molempia."),
            ),
            models.CheckConstraint(
                condition=models.Q(instead="", instead_worker__isnull=True)
                | models.Q(status__in=[InvitationStatus.DECLINED, InvitationStatus.REVOKED]),
                name="invitation_instead_of_declined",
                violation_error_message=_("Toista ehdottaa se, joka ei itse pääse."),
            ),
        ]
        triggers = [
            only_moves("status", INVITATION_MOVES, "invitation_moves"),
            # An answer is given for one time: it is asked again only with a new one, which has a new number.
            pgtrigger.Trigger(
                name="invitation_asked_anew",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status__in=ANSWERS, new__status="pending"),
                func="""
                    IF NEW.sequence <= OLD.sequence THEN
                        RAISE EXCEPTION 'Vastattu kutsu ei voi siirtyä odottamaan ilman uutta aikaa.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_asked_anew';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # The lock makes a withdrawal at the same moment wait, or come first: never in between.
            # The time is this moment's, not the transaction's beginning: a permission given and used in one
            # transaction counts, also when the web server's clock is a little ahead of the database's.
            pgtrigger.Trigger(
                name="invitation_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("consent_id", "status", "period"),
                condition=pgtrigger.Q(new__status__in=["pending", "accepted", "tentative"]),
                declare=[("allowed", "boolean")],
                func="""
                    SELECT purpose = 'invite' AND withdrawn_at IS NULL
                           AND given_at <= clock_timestamp() + interval '1 minute'
                           AND (valid_until IS NULL OR valid_until > clock_timestamp())
                        INTO allowed FROM network_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF allowed IS DISTINCT FROM TRUE THEN
                        RAISE EXCEPTION 'Perheen lupa puuttuu, joten kutsua ei voi tehdä.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'invitation_needs_consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # A unit or a team that says yes says who comes, and whoever comes is one of them. A worker is
            # invited by name, so nobody else comes in their place.
            pgtrigger.Trigger(
                name="invitation_who_comes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("coming_worker_id", "coming_name", "status"),
                declare=[("receiver", "record")],
                func="""
                    SELECT unit_id, team_id INTO receiver FROM network_consent WHERE id = NEW.consent_id;
                    IF receiver.unit_id IS NULL AND receiver.team_id IS NULL THEN
                        IF NEW.coming_worker_id IS NOT NULL OR NEW.coming_name <> '' THEN
                            RAISE EXCEPTION 'Kutsu on henkilökohtainen, joten toinen ei tule tilalle.'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_who_comes';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF NEW.status = 'accepted' AND NEW.coming_worker_id IS NULL AND NEW.coming_name = '' THEN
                        RAISE EXCEPTION 'Kerro, kuka teiltä tulee.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_who_comes';
                    END IF;
                    IF NEW.coming_worker_id IS NOT NULL
                        AND (TG_OP = 'INSERT' OR OLD.coming_worker_id IS DISTINCT FROM NEW.coming_worker_id)
                        AND NOT EXISTS (SELECT FROM network_worker WHERE id = NEW.coming_worker_id
                                        AND unit_id = receiver.unit_id)
                        AND NOT EXISTS (SELECT FROM network_team_members WHERE team_id = receiver.team_id
                                        AND worker_id = NEW.coming_worker_id) THEN
                        RAISE EXCEPTION 'Tulija on kutsutun yksikön tai tiimin työntekijä.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_who_comes';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_name} {self.pk}"

    @property
    def is_to_many(self) -> bool:
        """Whether it asks somebody of a unit or a team, so that who comes is told in the answer."""
        return self.consent.unit_id is not None or self.consent.team_id is not None

    @property
    def is_to_colleague(self) -> bool:
        """Whether it goes inside the network: to a worker, a unit or a team."""
        return self.consent.worker_id is not None or self.is_to_many

    @property
    def emails(self) -> list[str]:
        """Where the invitation goes: one address, each one's of a team; none when there is no e-mail."""
        consent = self.consent
        if consent.team is not None:
            return sorted(worker.email for worker in consent.team.called())
        person = consent.worker or consent.unit or consent.outside_professional or consent.close_person
        return [person.email] if person is not None and person.email else []

    @property
    def comes(self) -> str:
        """Who comes of the unit or the team: name and title; empty when not known, or a person is invited."""
        who = (self.coming_worker.name, self.coming_worker.title) if self.coming_worker else ()
        return ", ".join(word for word in who or (self.coming_name, self.coming_title) if word)
