"""The shared plan on the wall of the meeting room, as it is written."""

from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.screen import Doing, PlanSoFar
from perhekeskus import words

from .doers import when_words, who_words
from .models import Measure, Plan
from .rules import is_blank


def plan_so_far(meeting: Meeting) -> PlanSoFar | None:
    """The situation's newest version, draft or agreed; None when there is none."""
    plan = (
        Plan.objects.filter(situation=meeting.situation_id)
        .prefetch_related(
            "matters",
            Prefetch("measures", Measure.objects.with_people()),
            "responsible_workers__worker",
            "contacts",
        )
        .order_by("-version")
        .first()
    )
    if plan is None:
        return None
    contact = next((one for one in plan.contacts.all() if one.done_at is None), None)
    when = ""
    if contact is not None:
        when = (
            words.moment(datetime.combine(contact.on, contact.at, tzinfo=words.HELSINKI))
            if contact.at
            else words.day(contact.on)
        )
    return PlanSoFar(
        wish=plan.wish,
        strengths=plan.strengths,
        matters=[one.text for one in plan.matters.all()],
        doings=[
            Doing(
                place=one.where or str(one.get_place_display()),
                what=one.what,
                who=who_words(one),
                when=when_words(one),
            )
            for one in plan.measures.all()
            if not is_blank(one)
        ],
        responsible=words.listed(row.worker.name for row in plan.responsible_workers.all()),
        contact=_("%(way)s %(when)s") % {"way": str(contact.get_way_display()).capitalize(), "when": when}
        if contact is not None
        else "",
    )
