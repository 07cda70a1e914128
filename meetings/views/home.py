"""Minun kopissani: what waits for me now, then this week."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.duties import in_hand
from network.models import Bulletin, Worker
from network.requests import WorkerRequest
from perhekeskus import words

from ..places import place_inside
from ..upcoming import Upcoming, meetings_between
from ..waiting import Waiting, waiting_for


def home(request: WorkerRequest) -> HttpResponse:
    """The worker's own front page; coordinators and administrators have theirs elsewhere."""
    worker = request.user
    if not worker.works_with_families:
        return redirect("count_page" if worker.is_coordinator else "administration")
    today = timezone.localdate()
    waiting = waiting_for(worker)
    upcoming = meetings_between(worker, today, today + timedelta(days=7))
    return render(
        request,
        "meetings/home.html",
        {
            "lead": _lead(waiting, upcoming),
            "news": _news(worker),
            "load": words.listed(in_hand(worker, {"koppi", "responsible"})),
            "waiting": [_waiting_row(row) for row in waiting],
            "upcoming": [_meeting_row(one, worker) for one in upcoming],
        },
    )


def _news(worker: Worker) -> str:
    """How many bulletins are unread; empty when none is."""
    count = Bulletin.objects.unseen_by(worker).count()
    if not count:
        return ""
    return ngettext("%(count)d uusi tiedote", "%(count)d uutta tiedotetta", count) % {"count": count}


def _lead(waiting: list[Waiting], upcoming: list[Upcoming]) -> str:
    if not waiting:
        first = _("Mikään ei odota sinua juuri nyt.")
    elif len(waiting) == 1:
        first = _("Yksi asia odottaa sinua.")
    else:
        count = words.number_word(len(waiting))
        first = _("%(count)s asiaa odottaa sinua.") % {"count": count[:1].upper() + count[1:]}
    if upcoming:
        day = words.relative_day(upcoming[0].meeting.starts_at).rstrip(".")
        return first + " " + _("Seuraava tapaaminen: %(day)s.") % {"day": day}
    return first


def _waiting_row(row: Waiting) -> dict[str, object]:
    late = words.days_late(row.at)
    return {
        "when": words.relative_day(row.at),
        "when_note": late if row.is_promise else "",
        "late": bool(late) and row.is_promise,
        "title": row.title,
        "text": row.text,
        "action_label": row.action_label,
        "action_url": row.action_url,
        "more": [{"label": label, "url": url} for label, url in row.more],
        "primary": True,
    }


def _meeting_row(one: Upcoming, worker) -> dict[str, object]:
    meeting = one.meeting
    if one.invited and one.coming == one.invited:
        chip = {
            "text": _("%(coming)s/%(all)s tulossa") % {"coming": one.coming, "all": one.invited},
            "tone": "ok",
        }
    elif one.invited:
        chip = {
            "text": _("%(answered)s/%(all)s vastannut") % {"answered": one.answered, "all": one.invited},
            "tone": "wait",
        }
    else:
        chip = {"text": _("kutsut lähettämättä"), "tone": "wait"}
    role = _("sinä kutsuit koolle") if meeting.convener_id == worker.pk else _("sinut on kutsuttu")
    return {
        "when": words.short_day(meeting.starts_at),
        "when_note": words.clock_span(meeting.starts_at, meeting.ends_at),
        "title": meeting.kind.title,
        "chip": chip,
        "text": " · ".join(word for word in (place_inside(meeting), role) if word),
        "action_label": _("Avaa"),
        "action_url": reverse("meeting_detail", args=[meeting.pk]),
    }
