"""The family's three questions on paper."""

from typing import Any

from django.utils.translation import gettext as _

from perhekeskus import words
from perhekeskus.paper import Layout, printed

from .forms.feedback import QUESTIONS
from .models import Meeting
from .states import FeedbackSide


def feedback_pdf(meeting: Meeting, *, layout: Layout = Layout.ORDINARY) -> bytes:
    """The questions as a tagged PDF in the family's language; no name and no place on it."""
    return printed(
        "meetings/feedback_paper.html",
        lambda: {**feedback_facts(meeting), "is_easy": layout == Layout.EASY},
        language=meeting.situation.family.language,
        layout=layout,
    )


def feedback_facts(meeting: Meeting) -> dict[str, Any]:
    """What the paper says."""
    return {
        "title": _("Miten tapaaminen meni?"),
        "day": words.day(meeting.starts_at),
        "questions": [{"label": label, "steps": steps} for label, steps in QUESTIONS[FeedbackSide.FAMILY]],
        "footer": _("Palaute · tilanne %(number)s") % {"number": meeting.situation_id},
    }
