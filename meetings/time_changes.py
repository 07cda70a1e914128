"""What is told of a proposal of another time."""

from django.utils import timezone
from django.utils.translation import gettext as _

from perhekeskus import words

from .models import Meeting, TimeChange
from .rules.wishes import why_not_wish
from .states import UPCOMING, TimeChangeAnswer


def waiting_change(meeting: Meeting | None) -> TimeChange | None:
    """The proposal that waits for the family's answer and is still ahead. One query."""
    if meeting is None or meeting.status not in UPCOMING:
        return None
    change = meeting.time_changes.filter(answer="").select_related("room__unit").first()
    return None if change is None or change.period.lower <= timezone.now() else change


def change_words(meeting: Meeting) -> str:
    """What the worker reads of the newest proposal while the meeting is ahead; empty when there is none."""
    if meeting.status not in UPCOMING or meeting.period is None or meeting.period.lower <= timezone.now():
        return ""
    change = meeting.time_changes.first()
    if change is None:
        return ""
    when = words.span(change.period.lower, change.period.upper)
    match change.answer:
        case "":
            return _("Perheeltä on kysytty, sopiiko uusi aika: %(when)s. Sovittu aika on voimassa.") % {
                "when": when
            }
        case TimeChangeAnswer.NO:
            text = _("Perheelle ei sopinut uusi aika: %(when)s. Sovittu aika on voimassa.") % {"when": when}
            return f"{text} {_('Perhe toivoo: %(word)s') % {'word': change.word}}" if change.word else text
        case TimeChangeAnswer.TAKEN:
            return _("Ehdotettu aika ehti mennä toiselle: %(when)s. Sovittu aika on voimassa.") % {
                "when": when
            }
    return ""


def earlier_wish(meeting: Meeting | None) -> dict[str, object]:
    """The wish for an earlier time: nothing when it can't be wished; is it, and what was found."""
    if meeting is None or why_not_wish(meeting):
        return {}
    wish = meeting.earlier_wishes.filter(ended_at=None).first()
    found = wish.found_period if wish is not None else None
    return {
        "is_wished": wish is not None,
        "found": words.span(found.lower, found.upper) if found and found.lower > timezone.now() else "",
    }
