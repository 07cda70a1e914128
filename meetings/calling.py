"""Who of those who come is called through a perhekeskustiimi, and how its kutsukäytäntö binds the time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import Team, TeamMember, Worker
from network.querysets import TeamQuerySet
from network.states import TeamCalling
from network.teams import calling_words
from perhekeskus import words

from .models import Meeting, Participation
from .states import Decision


@dataclass(frozen=True)
class Practice:
    """When those come who are called through one team: at its weekly times, if it has them, from a day on."""

    weekly: tuple[tuple[int, time, time], ...] | None
    notice_days: int

    def is_time(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the team is together all that while. Its times that follow on each other are one."""
        if self.weekly is None:
            return True
        start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
        reached = start.time()
        for weekday, starts, ends in sorted(self.weekly):
            if weekday == start.isoweekday() and starts <= reached:
                reached = max(reached, ends)
        return start.date() == end.date() and end.time() <= reached

    def is_too_soon(self, starts_at: datetime, today: date) -> bool:
        return timezone.localtime(starts_at).date() < today + timedelta(days=self.notice_days)


@dataclass(frozen=True)
class Calling:
    """`called` is for `slots.Question`; `team_keys` stand in it for teams of whom nobody is named yet.

    `practices` are those of the teams through which each worker is called.
    """

    called: tuple[tuple[int, int], ...] = ()
    team_keys: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()
    practices: tuple[tuple[int, Practice], ...] = ()


def calling_of(meeting: Meeting, workers: Collection[Worker]) -> Calling:
    """How the teams bind the time of this meeting, when the workers are those who come.

    The people of the area's own teams are called as their team is; the convener calls, and isn't called.
    Two queries, and two more when a team binds.
    """
    invited = set(
        meeting.participations.filter(decision=Decision.YES, consent__withdrawn_at=None)
        .exclude(team=None)
        .values_list("team_id", flat=True)
    )
    return _calling(meeting, {worker.pk: worker.name for worker in workers}, invited, Team.objects.binding())


def calling_of_proposed(meeting: Meeting, proposed: Collection[Participation]) -> tuple[str, ...]:
    """How those are called who are proposed, a sentence for each of the area's teams. Two or four queries."""
    names = {one.worker.pk: one.worker.name for one in proposed if one.worker is not None}
    invited = {one.team_id for one in proposed if one.team_id is not None}
    return _calling(meeting, names, invited, Team.objects.all()).sentences


def _calling(meeting: Meeting, names: dict[int, str], invited: set[int], teams: TeamQuerySet) -> Calling:
    found = list(
        teams.filter(Q(pk__in=Team.objects.of_municipality(meeting.municipality_id)) | Q(pk__in=invited))
        .select_related("coordinator")
        .prefetch_related("times")
        .order_by("pk")
    )
    names = {key: name for key, name in names.items() if key != meeting.convener_id}
    members: dict[int, list[int]] = {}
    if found and names:
        for team_key, worker_key in (
            TeamMember.objects.filter(team__in=found, worker__in=names)
            .order_by("worker_id")
            .values_list("team_id", "worker_id")
        ):
            members.setdefault(team_key, []).append(worker_key)
    called: list[tuple[int, int]] = []
    practices: list[tuple[int, Practice]] = []
    keys, sentences = [], []
    for team in found:
        through = members.get(team.pk, [])
        called += [(worker, team.pk) for worker in through]
        practices += [(worker, _practice(team)) for worker in through]
        if team.pk in invited:
            # A key that no worker has: nobody is named yet, so only the team's own times are known.
            keys.append(-team.pk)
            called.append((-team.pk, team.pk))
        if through or team.pk in invited:
            sentences.append(_sentence(team, [names[worker] for worker in through]))
    return Calling(tuple(called), tuple(keys), tuple(sentences), tuple(practices))


def _practice(team: Team) -> Practice:
    weekly = tuple((one.weekday, one.starts, one.ends) for one in team.times.all())
    return Practice(weekly if team.calling == TeamCalling.WEEKLY else None, team.notice_days)


def _sentence(team: Team, people: list[str]) -> str:
    who = _("%(team)s: %(people)s.") % {"team": team.name, "people": words.listed(people)}
    return " ".join([who if people else f"{team.name}.", *calling_words(team)])
