"""The agenda on paper, for the table."""

from collections.abc import Collection

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from perhekeskus import words
from perhekeskus.languages import spoken
from perhekeskus.paper import pdf_of

from .before import agenda_rows
from .given_words import in_own_language
from .models import Meeting


def agenda_pdf(meeting: Meeting, shown: Collection[str]) -> bytes:
    """The agenda as a tagged PDF in the family's language; no place, no name but of those who lead."""
    with override(spoken(meeting.situation.family.language)):
        page = render_to_string(
            "meetings/agenda_paper.html",
            {
                "title": _("Asialista"),
                "kind": in_own_language(meeting.kind.title),
                "when": words.span(meeting.starts_at, meeting.ends_at) if meeting.period else "",
                "rows": agenda_rows(meeting, shown),
                "leaders": [
                    {"term": term, "text": worker.name}
                    for term, worker in (
                        (_("Vetäjä"), meeting.chair),
                        (_("Kirjaaja"), meeting.recorder),
                        (_("Ajan seuraaja"), meeting.timekeeper),
                    )
                    if worker is not None
                ],
                "footer": _("Asialista · %(day)s") % {"day": words.day(words.today())},
            },
        )
    return pdf_of(page)
