"""What is told of a held time: to its convener, also on *Minun kopissani*, and to the family."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus import words

from .models import Hold, Meeting
from .states import MeetingStatus
from .waiting import Waiting, number_of

# This long before its end a hold comes to its convener's mind.
SOON = timedelta(hours=24)


def hold_of(meeting: Meeting) -> Hold | None:
    """The hold of the meeting, live or ended."""
    return Hold.objects.filter(meeting=meeting).first()


def held_words(hold: Hold) -> str:
    """Until when the time is held, or since when it is not."""
    moment = words.moment(hold.expires_at)
    if hold.is_live:
        return _("Aika on varattu alustavasti. Varaus pysyy %(moment)s asti.") % {"moment": moment}
    return _("Alustava varaus päättyi %(moment)s. Aika on yhä tarjolla, jos se on vapaana.") % {
        "moment": moment
    }


def holds_waiting(worker: Worker) -> Iterable[Waiting]:
    """To the convener: what is held only for a while any more, and what has ended without an answer."""
    holds = Hold.objects.filter(
        meeting__convener=worker,
        meeting__status=MeetingStatus.DECIDED,
        expires_at__lt=timezone.now() + SOON,
        period__startswith__gt=timezone.now(),
    ).select_related("meeting__situation")
    for hold in holds:
        title = _("Alustava varaus päättyy pian") if hold.is_live else _("Alustava varaus on päättynyt")
        yield Waiting(
            at=hold.expires_at,
            is_promise=True,
            title=title,
            text=f"{number_of(hold.meeting.situation)} · {words.span(hold.period.lower, hold.period.upper)}",
            action_label=_("Katso ja jatka"),
            action_url=reverse("meeting_offered", args=[hold.meeting_id]),
        )
