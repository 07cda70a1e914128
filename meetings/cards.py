"""What this floor adds to a worker's card: the working week, and being away with who answers meanwhile."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from network.cards import SOURCES, CardRow
from network.models import Worker
from network.states import Weekday
from perhekeskus import words

from .models import Absence


def days_in_words(absence: Absence) -> str:
    """The days of an absence, first and last: "ma 7.12.–pe 11.12."."""
    assert absence.period.lower is not None and absence.period.upper is not None
    first = words.short_day(absence.period.lower)
    last = words.short_day(absence.period.upper - timedelta(microseconds=1))
    return first if first == last else f"{first}–{last}"


def _rows(worker: Worker) -> Iterable[CardRow]:
    week = [
        f"{Weekday(row.weekday).label} {words.clock(row.starts)}–{words.clock(row.ends)}"
        for row in worker.working_hours.all()
    ]
    if week:
        yield CardRow(_("Työajat"), "\n".join(week))
    away = []
    for absence in Absence.objects.of(worker).ahead().select_related("substitute"):
        days = days_in_words(absence)
        away.append(
            _("%(days)s, sijaisena %(name)s") % {"days": days, "name": absence.substitute.name}
            if absence.substitute
            else days
        )
    if away:
        yield CardRow(_("Poissa"), "\n".join(away))


if _rows not in SOURCES:
    SOURCES.append(_rows)
