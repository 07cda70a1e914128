"""Opening a situation or a meeting: what may be seen, and the look on record, in one transaction."""

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.functional import Promise

from perhekeskus.looks import record_look

from .models import Meeting, Situation
from .querysets import Ground


@transaction.atomic
def open_situation(request: HttpRequest, pk: int, what: str | Promise) -> tuple[Situation, Ground]:
    """The situation and the ground on which this worker sees it; 404 when they may not know of it."""
    mine = Situation.objects.visible_to(request.user).filter(pk=pk)
    situation = mine.select_related("family__municipality", "holder__unit").first()
    ground = mine.ground_for(request.user)
    if situation is None or ground is None:
        raise Http404
    record_look(worker=request.user, family_id=situation.family_id, what=what, ground=ground.words)
    return situation, ground


@transaction.atomic
def open_meeting(request: HttpRequest, pk: int, what: str | Promise) -> tuple[Meeting, Ground]:
    """The meeting and the ground on which this worker sees its situation."""
    meeting = (
        Meeting.objects.visible_to(request.user)
        .filter(pk=pk)
        .select_related(
            "situation__family__municipality", "situation__holder", "convener__unit", "room__unit"
        )
        .first()
    )
    if meeting is None:
        raise Http404
    ground = Situation.objects.filter(pk=meeting.situation_id).ground_for(request.user)
    if ground is None:
        raise Http404
    record_look(worker=request.user, family_id=meeting.situation.family_id, what=what, ground=ground.words)
    return meeting, ground
