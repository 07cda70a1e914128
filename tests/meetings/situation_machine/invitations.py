"""Invitations and their answers, in time and too late."""

from datetime import timedelta

from django.utils import timezone

from meetings import tasks
from meetings.actions import answers, cancelling, convening
from meetings.called_off import Reason
from meetings.models import Participation
from meetings.states import WhoCancelled
from network.actions.invitations import NOBODY, Comer
from network.models import Invitation
from network.states import InvitationStatus

from .model import COORDINATOR, INVITED_UNIT, OPEN_MEETINGS, UNIT_OF, UPCOMING, Asked, worker_of
from .walk import Walk, step


class Invitations(Walk):
    @step(
        when=lambda self: any(one.meeting and one.meeting.time for one in self.matters),
        is_led_by_stranger=[False, False, True],
    )
    def invite(self, chance, is_led_by_stranger):
        matter, meeting = self.one_meeting(chance, *UPCOMING)
        by = self.somebody(chance, matter)
        self.invites(matter, meeting, by, COORDINATOR if is_led_by_stranger else meeting.convener)

    def invites(self, matter, meeting, by, chair):
        new = meeting.uninvited
        is_done = meeting.status == "invited" and not new
        may = matter.prepares(meeting, by) and meeting.status in UPCOMING and chair == meeting.convener

        def act():
            return convening.send_invitations(
                meeting=self.row(meeting),
                by=self.worker(by),
                chair=self.worker(chair),
                recorder=self.worker(meeting.convener),
            )

        if self.tries(act, is_done or may) is None or is_done:
            return
        keys = dict(Participation.objects.filter(meeting=meeting.pk).values_list("pk", "invitation"))
        for seat in new:
            assert keys[seat.pk] is not None
            seat.asked = Asked(keys[seat.pk])
            matter.asked.setdefault(seat.key, []).append(seat.asked)
        meeting.goes_to("invited")
        matter.stage = "shared_time"

    @step(
        when=lambda self: self.invitations(),
        status=["accepted", "tentative", "declined"],
        comer=[None, 1, 2, 3],
        weight=8,
    )
    def answer(self, chance, status, comer):
        self.answers(*self.one_invitation(chance, "pending"), status, comer)

    def answers(self, matter, meeting, seat, status, comer):
        asked, worker = seat.asked, worker_of(seat.key)
        may = asked.is_answerable and matter.let_in[seat.key] and (worker is None or self.works(worker))
        comes = None
        if seat.key == "unit" and status != "declined":
            comes = asked.comer if comer is None else comer
            if comer is not None:
                may = may and UNIT_OF[comer] == INVITED_UNIT and self.works(comer)
            may = may and (status != "accepted" or comes is not None)
            if comes is not None and comes != asked.comer:
                its_own = meeting.seats.get(f"w{comes}")
                is_elsewhere = its_own is not None and (its_own.asked or its_own.decision == "no")
                may = may and comes != meeting.convener and not is_elsewhere
                may = may and comes not in self.busy(None, meeting.time.period, [comes])

        def act():
            return answers.answer(
                invitation=Invitation.objects.get(pk=asked.pk),
                status=InvitationStatus(status),
                comer=NOBODY if comer is None else Comer(self.worker(comer)),
            )

        if self.tries(act, may) is not None:
            asked.status, asked.comer = status, comes

    @step(when=lambda self: self.invitations(), expires=[False, True])
    def time_to_answer_passes(self, chance, expires):
        """The door closes at once, and the invitation says so when the task has been round."""
        _matter, _meeting, seat = self.one_invitation(chance, "pending")
        Invitation.objects.filter(pk=seat.asked.pk).update(answer_by=timezone.now() - timedelta(minutes=1))
        seat.asked.is_overdue = True
        if expires:
            tasks.expire_invitations()
            for asked in [one for each in self.matters for many in each.asked.values() for one in many]:
                asked.expires()

    @step(when=lambda self: self.invitations(), weight=4)
    def send_again(self, chance):
        matter, meeting, seat = self.one_invitation(chance, "expired")
        by = self.somebody(chance, matter)
        may = matter.prepares(meeting, by) and seat.asked.status == "expired" and matter.let_in[seat.key]

        def act():
            row = Participation.objects.select_related("meeting__situation", "invitation").get(pk=seat.pk)
            return answers.send_again(participation=row, by=self.worker(by))

        if self.tries(act, may) is not None:
            seat.asked.is_asked_anew()

    @step(when=lambda self: self.invitations())
    def take_out(self, chance):
        """One does not come; the meeting stays."""
        matter, meeting, seat = self.one_invitation(chance)
        self.takes_out(matter, meeting, seat, self.somebody(chance, matter))

    def takes_out(self, matter, meeting, seat, by):
        may = seat.asked.status == "revoked" or matter.prepares(meeting, by)
        reason = Reason(WhoCancelled.PROFESSIONAL)

        def act():
            row = Participation.objects.select_related("meeting__situation").get(pk=seat.pk)
            return cancelling.take_out(participation=row, by=self.worker(by), reason=reason)

        if self.tries(act, may) is not None:
            seat.asked.status = "revoked"

    def one_invitation(self, chance, *statuses):
        fitting = [one for one in self.invitations() if one[2].asked.status in statuses]
        return self.one_of(chance, self.mostly(chance, fitting, self.invitations()))

    def invitations(self):
        return [
            (matter, meeting, seat)
            for matter in self.matters
            for meeting in matter.meetings
            for seat in meeting.seats.values()
            if seat.asked is not None and meeting.status in OPEN_MEETINGS
        ]
