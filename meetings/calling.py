"""Who of those who come is called through a perhekeskustiimi, and how its kutsukäytäntö binds the time."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from network.models import Team, TeamMember, Worker
from network.querysets import TeamQuerySet
from network.teams import calling_words
from perhekeskus import words

from .models import Meeting, Participation
from .states import Decision


@dataclass(frozen=True)
class Calling:
    """`called` is for `slots.Question`; `team_keys` stand in it for teams of whom nobody is named yet."""

    called: tuple[tuple[int, int], ...] = ()
    team_keys: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()


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
    keys, sentences = [], []
    for team in found:
        through = members.get(team.pk, [])
        called += [(worker, team.pk) for worker in through]
        if team.pk in invited:
            # A key that no worker has: nobody is named yet, so only the team's own times are known.
            keys.append(-team.pk)
            called.append((-team.pk, team.pk))
        if through or team.pk in invited:
            sentences.append(_sentence(team, [names[worker] for worker in through]))
    return Calling(tuple(called), tuple(keys), tuple(sentences))


def _sentence(team: Team, people: list[str]) -> str:
    who = _("%(team)s: %(people)s.") % {"team": team.name, "people": words.listed(people)}
    return " ".join([who if people else f"{team.name}.", *calling_words(team)])
