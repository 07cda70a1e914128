"""The koppi on its way from one to another, and those who are away meanwhile."""

from django.utils import timezone

from meetings.actions import absences, handovers
from meetings.models import Absence, Handover
from network.models import Worker

from .model import COORDINATOR, SUPERVISOR, UNIT_OF, WORKERS, Offer
from .walk import Walk, step


class Koppi(Walk):
    @step(to=[*WORKERS, COORDINATOR, "unit0", "unit1"])
    def offer_koppi(self, chance, to):
        matter = self.one_of(chance, self.matters)
        by = self.somebody(chance, matter)
        may = matter.has_koppi(by) and matter.offered is None and self.may_receive(matter, to)
        self.offers(matter, to, may, by=None, act=handovers.offer, giver=by)

    @step(
        when=lambda self: self.left_alone(),
        to=[*WORKERS, "unit0", "unit1"],
    )
    def offer_for_one_away(self, chance, to):
        matter = self.one_of(chance, self.mostly(chance, self.left_alone(), self.matters))
        holder = matter.holder
        unit = int(to[4]) if isinstance(to, str) else UNIT_OF[to]
        may = (
            matter.is_open
            and self.active[SUPERVISOR]
            and UNIT_OF[holder] == unit == UNIT_OF[SUPERVISOR]
            and holder != SUPERVISOR
            and (holder in self.away or not self.active[holder])
            and matter.offered is None
            and self.may_receive(matter, to)
        )
        self.offers(matter, to, may, by=SUPERVISOR, act=handovers.offer_for, giver=SUPERVISOR)

    def left_alone(self):
        away = {one for one in WORKERS if one in self.away or not self.active[one]}
        return [
            one for one in self.matters if one.holder in away and UNIT_OF[one.holder] == UNIT_OF[SUPERVISOR]
        ]

    def offers(self, matter, to, may, *, by, act, giver):
        receiver = self.town.units[int(to[4])] if isinstance(to, str) else self.worker(to)

        def offer():
            return act(situation=self.row(matter), by=self.worker(giver), to=receiver)

        made = self.tries(offer, may)
        if made is None:
            return
        is_unit = isinstance(to, str)
        matter.offers.append(
            Offer(made.pk, matter.holder, None if is_unit else to, int(to[4]) if is_unit else None, by)
        )

    def may_receive(self, matter, to):
        if isinstance(to, str):
            colleagues = [one for one in WORKERS if UNIT_OF[one] == int(to[4]) and self.active[one]]
            return bool(set(colleagues) - {matter.holder})
        return self.works(to) and to != matter.holder

    @step(
        when=lambda self: any(one.offers for one in self.matters),
        what=["accept", "accept", "decline", "decline", "withdraw"],
        weight=4,
    )
    def answer_offer(self, chance, what):
        all_ = [one for one in self.matters if one.offers]
        matter = self.one_of(chance, self.mostly(chance, [one for one in all_ if one.offered], all_))
        offer = matter.offered or self.one_of(chance, matter.offers)
        right = self.receivers(offer)
        by = chance.choice([*right * 4, *WORKERS, COORDINATOR])
        getattr(self, what)(matter, offer, by)

    def accept(self, matter, offer, by):
        is_done = offer.status == "accepted" and matter.holder == by == offer.to
        if (
            self.tries(
                lambda: handovers.accept(handover=self.given(offer), by=self.worker(by)),
                (is_done or self.may_answer(offer, by)),
            )
            is None
            or is_done
        ):
            return
        offer.status, offer.to = "accepted", by
        matter.holder = by
        if matter.meeting is not None:
            matter.meeting.convener = by

    def decline(self, matter, offer, by):
        is_done = offer.status == "declined" and offer.to == by
        may = is_done or (self.may_answer(offer, by) and offer.unit is None)
        if self.tries(lambda: handovers.decline(handover=self.given(offer), by=self.worker(by)), may):
            offer.status = "declined"

    def withdraw(self, matter, offer, by):
        holder = matter.holder
        is_supervisor = by == SUPERVISOR and UNIT_OF[holder] == UNIT_OF[by]
        may = offer.status == "withdrawn" or (
            offer.status == "offered"
            and (
                by in {offer.giver, offer.by, holder}
                or (is_supervisor and (holder in self.away or not self.active[holder]))
            )
        )
        if self.tries(lambda: handovers.withdraw_offer(handover=self.given(offer), by=self.worker(by)), may):
            offer.status = "withdrawn"

    def may_answer(self, offer, by):
        is_asked = by == offer.to if offer.unit is None else UNIT_OF[by] == offer.unit and by != offer.giver
        return offer.status == "offered" and is_asked and self.works(by)

    @step(who=WORKERS, is_away=[False, True], weight=1)
    def be_away(self, chance, who, is_away):
        """An absence moves no koppi by itself."""
        today = timezone.localdate()
        if is_away:
            absences.add_absence(by=self.worker(who), first=today, last=today)
            self.away.add(who)
        else:
            Absence.objects.filter(worker=self.worker(who)).delete()
            self.away.discard(who)

    @step(who=WORKERS, closes=[True, False, False])
    def close_account(self, chance, who, closes):
        """Nor does a closed account; it may be opened again. What nobody can take any more comes back."""
        asked = [one.offered.to for one in self.matters if one.offered and one.offered.to is not None]
        who = self.one_of(chance, self.mostly(chance, asked, [who])) if closes else who
        Worker.objects.filter(pk=self.worker(who).pk).update(is_active=not closes)
        self.worker(who).is_active = self.active[who] = not closes
        for offer, matter in [(one.offered, one) for one in self.matters if one.offered]:
            to = offer.to if offer.unit is None else f"unit{offer.unit}"
            if closes and who in self.receivers(offer) and not self.may_receive(matter, to):
                offer.status = "returned"

    def receivers(self, offer):
        return [one for one in WORKERS if one == offer.to or UNIT_OF[one] == offer.unit]

    def given(self, offer):
        return Handover.objects.select_related("situation").get(pk=offer.pk)
