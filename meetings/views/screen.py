"""The screen on the wall of the meeting room, and what it asks for every second."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.autosave import mark

from .. import screen
from ..before import topics_agreed
from ..looks import look_on, open_meeting
from ..models import Meeting
from ..querysets import Ground
from ..rules import meetings as rules
from .record import stay_signed_in
from .situation_page import allowed_topics


@require_safe
def meeting_screen(request: WorkerRequest, pk: int) -> HttpResponse:
    """The whole screen: one part at a time, turned by arrow keys or by its links."""
    meeting, ground = open_meeting(request, pk, _("Yhteisen ajan näyttö"))
    if refused := rules.why_not_show(request.user, meeting, opens_all=ground.opens_all):
        messages.error(request, str(refused))
        return redirect(meeting)
    content, parts, part = _content(request, meeting, ground)
    return render(
        request,
        "meetings/screen.html",
        {
            "meeting": meeting,
            "title": meeting.kind.title,
            "when": words.clock_span(meeting.starts_at, meeting.ends_at),
            "now": words.clock(timezone.localtime()),
            "content": content,
            "mark": mark(content),
            "parts": [{"key": key, "label": screen.PARTS[key], "current": key == part} for key in parts],
        },
    )


@require_safe
def meeting_screen_news(request: WorkerRequest, pk: int) -> HttpResponse:
    """The part as it is now, or 304 when it is as the screen has it."""
    meeting, ground = look_on(request, pk, _("Yhteisen ajan näyttö"))
    if rules.why_not_show(request.user, meeting, opens_all=ground.opens_all):
        raise Http404
    stay_signed_in(request, meeting)
    content, _parts, _part = _content(request, meeting, ground)
    tag = f'"{mark(content)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(content, headers={"ETag": tag})


def _content(request: WorkerRequest, meeting: Meeting, ground: Ground) -> tuple[Any, list[str], str]:
    parts = screen.parts_of(meeting, opens_all=ground.opens_all)
    part = request.GET.get("osa", "")
    part = part if part in parts else parts[0]
    topics = (
        topics_agreed(meeting)
        if ground.opens_all
        else {row["term"] for row in allowed_topics(meeting, request.user)}
    )
    shown = screen.shown(meeting, part, topics, opens_all=ground.opens_all)
    return render_to_string("meetings/_screen.html", shown), parts, part
