"""An agenda: what is done, in which order and for how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from perhekeskus import words


class Timed(Protocol):
    """Whatever takes so many minutes."""

    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True)
class AgendaLine:
    """One thing of an agenda as somebody wrote it."""

    title: str
    minutes: int
    # The topic of the meeting that it is about, if any.
    topic_id: int | None = None


def length_of(rows: Iterable[Timed]) -> int:
    """How long it all takes, in minutes."""
    return sum(row.minutes for row in rows)


def why_not_in_time(rows: Iterable[Timed], minutes: int) -> str:
    """A plain warning when the agenda and the meeting are of different lengths; empty when they agree."""
    takes = length_of(rows)
    if not takes or takes == minutes:
        return ""
    facts = {"takes": words.duration(takes), "all": words.duration(minutes)}
    if takes > minutes:
        return _("Asialistaan menee %(takes)s, mutta aikaa on %(all)s. Lyhennä jotakin kohtaa.") % facts
    return _("Asialistaan menee %(takes)s ja aikaa on %(all)s. Loppuaika jää vapaaksi.") % facts
