"""Invitations: made, answered, let expire, sent again, by the actions and past them."""

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from network.actions import invitations
from network.actions.invitations import NOBODY, Comer
from network.models import Invitation
from network.states import InvitationStatus
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from tests.factories import next_weekday

from .model import ANSWERS, MANY, MAY, OPEN, Asked
from .walk import Walk, sql


class Invitations(Walk):
    @precondition(lambda self: self.consents)
    @rule(data=st.data())
    def invite(self, data):
        key = self.one_of(data, self.consents)
        consent = self.consents[key]
        may = consent.is_in_force and consent.purpose == "invite"

        def act():
            period = next_weekday()
            with transaction.atomic():
                return Invitation.objects.create(
                    consent_id=key,
                    event_name="Yhteinen aika",
                    period=period,
                    answer_by=invitations.answer_time(period.lower),
                    link=AccessLink.objects.issue(LinkPurpose.ANSWER, days=60),
                )

        made = self.tries(act, may)
        if made is not None:
            self.invited[made.pk] = Asked(key)
            self.queue(made)

    @precondition(lambda self: self.consents)
    @rule(data=st.data(), status=st.sampled_from([*MAY]))
    def invite_in_raw_sql(self, data, status):
        key = self.one_of(data, self.consents)
        consent = self.consents[key]
        may = status not in OPEN or (consent.is_in_force and consent.purpose == "invite")
        may = may and not (status == "accepted" and consent.kind in MANY)
        made = self.tries(
            lambda: sql(
                "INSERT INTO network_invitation (consent_id, event_name, event_uid, sequence, period,"
                " place, expectation, status, link_id, created_at)"
                " VALUES (%s, 'Yhteinen aika', gen_random_uuid(), 0,"
                " tstzrange(now() + interval '5 days', now() + interval '6 days'), '', '', %s, %s, now())"
                " RETURNING id",
                key,
                status,
                AccessLink.objects.issue(LinkPurpose.ANSWER, days=1).pk,
            ),
            may,
        )
        if made is not None:
            self.invited[made] = Asked(key, status)

    @precondition(lambda self: self.invited)
    @rule(
        data=st.data(),
        status=st.sampled_from(ANSWERS),
        comer=st.sampled_from(["", "worker", "name", "stranger"]),
    )
    def answer(self, data, status, comer):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        consent = self.consents[asked.consent]
        is_many = consent.kind in MANY
        is_open = asked.status not in {"revoked", "expired"} and consent.is_in_force
        may = is_open and not (asked.status == "pending" and asked.is_overdue)
        # A row written past the actions can stand on a permission for something else: it opens nothing.
        may = may and (status == "declined" or consent.purpose == "invite")
        if is_many and status != "declined":
            may = may and comer != "stranger" and (status != "accepted" or bool(comer or asked.comes))
        who = {
            "": NOBODY,
            "worker": Comer(self.people.colleague.get(consent.kind, self.people.recorder)),
            "name": Comer(name="Maija Mallinen", title="ohjaaja"),
            "stranger": Comer(self.people.stranger),
        }[comer]

        def act():
            return invitations.answer(
                invitation=Invitation.objects.get(pk=key), status=InvitationStatus(status), comer=who
            )

        if self.tries(act, may) is None:
            return
        asked.status = status
        asked.comes = "" if status == "declined" or not is_many else (comer or asked.comes)
        self.drop_answer_reminders(key)

    @precondition(lambda self: self.invited)
    @rule(data=st.data(), status=st.sampled_from([*MAY]))
    def move_in_raw_sql(self, data, status):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        consent = self.consents[asked.consent]
        may = status == asked.status or status in MAY[asked.status]
        if status in OPEN:
            may = may and consent.is_in_force and consent.purpose == "invite"
        if status == "accepted" and consent.kind in MANY:
            may = may and bool(asked.comes)
        statement = "UPDATE network_invitation SET status = %s WHERE id = %s"
        if self.tries(lambda: sql(statement, status, key), may):
            asked.status = status

    @precondition(lambda self: self.invited)
    @rule(data=st.data())
    def time_to_answer_passes(self, data):
        key = self.one_of(data, self.invited)
        sql("UPDATE network_invitation SET answer_by = now() - interval '1 minute' WHERE id = %s", key)
        self.invited[key].is_overdue = True

    @precondition(lambda self: self.invited)
    @rule(data=st.data())
    def expire(self, data):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        invitations.expire(invitation=Invitation.objects.get(pk=key))
        if asked.status == "pending" and asked.is_overdue:
            asked.status = "expired"
            self.drop_answer_reminders(key)

    @precondition(lambda self: self.invited)
    @rule(data=st.data())
    def send_again(self, data):
        key = self.one_of(data, self.invited)
        asked = self.invited[key]
        consent = self.consents[asked.consent]
        may = asked.status == "expired" and consent.is_in_force and consent.purpose == "invite"

        def act():
            return invitations.send_again(invitation=Invitation.objects.get(pk=key), by=self.people.recorder)

        if self.tries(act, may) is None:
            return
        asked.status, asked.is_overdue, asked.sequence = "pending", False, asked.sequence + 1
        self.learn_letters(key)
