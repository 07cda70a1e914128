"""What may be done in a dialogue, and by whom: those who write down the meeting lead it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import Worker

from ..models import DialogueTurn, Meeting
from .meetings import why_not_record

Sentence = str | Promise | None


def why_not_lead(worker: Worker, meeting: Meeting) -> Sentence:
    return why_not_record(worker, meeting)


def why_not_write(worker: Worker, turn: DialogueTurn) -> Sentence:
    if refused := why_not_lead(worker, turn.dialogue.meeting):
        return refused
    if turn.is_skipped:
        return _("Vuoro on ohitettu. Ota se ensin takaisin.")
    return None
