"""The family's three questions on paper."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from perhekeskus import words
from perhekeskus.languages import spoken
from perhekeskus.paper import pdf_of

from .forms.feedback import QUESTIONS
from .models import Meeting
from .states import FeedbackSide


def feedback_pdf(meeting: Meeting) -> bytes:
    """The questions as a tagged PDF in the family's language; no name and no place on it."""
    with override(spoken(meeting.situation.family.language)):
        page = render_to_string("meetings/feedback_paper.html", feedback_facts(meeting))
    return pdf_of(page)


def feedback_facts(meeting: Meeting) -> dict[str, Any]:
    """What the paper says."""
    return {
        "title": _("Miten tapaaminen meni?"),
        "day": words.day(meeting.starts_at),
        "questions": [{"label": label, "steps": steps} for label, steps in QUESTIONS[FeedbackSide.FAMILY]],
        "footer": _("Palaute · tilanne %(number)s") % {"number": meeting.situation_id},
    }
