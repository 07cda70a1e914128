"""The agenda on paper, for the table."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from perhekeskus import words
from perhekeskus.paper import Layout, printed

from .before import agenda_rows
from .given_words import in_own_language
from .models import Meeting


def agenda_pdf(meeting: Meeting, shown: Collection[str], *, layout: Layout = Layout.ORDINARY) -> bytes:
    """The agenda as a tagged PDF in the family's language; no place, no name but of those who lead."""

    def facts() -> dict[str, Any]:
        leaders = [
            (_("Vetäjä"), meeting.chair),
            (_("Kirjaaja"), meeting.recorder),
            (_("Ajan seuraaja"), meeting.timekeeper),
        ]
        return {
            "title": _("Asialista"),
            "kind": in_own_language(meeting.kind.title),
            "when": words.span(meeting.starts_at, meeting.ends_at) if meeting.period else "",
            "rows": agenda_rows(meeting, shown),
            "leaders": [
                {"term": term, "text": worker.name} for term, worker in leaders if worker is not None
            ],
            "is_easy": layout == Layout.EASY,
            "footer": _("Asialista · %(day)s") % {"day": words.day(words.today())},
        }

    language = meeting.situation.family.language
    return printed("meetings/agenda_paper.html", facts, language=language, layout=layout)
