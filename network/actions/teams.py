"""Keeping the perhekeskustiimit: their areas, people and kutsukäytäntö."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

import pghistory
from django.db import transaction

from perhekeskus.locks import lock
from perhekeskus.refusals import require

from ..models import Area, Municipality, Team, TeamTime, Worker
from ..rules import teams as rules
from ..states import TeamCalling


@dataclass(frozen=True)
class TeamCard:
    """What is written down of a team; `week` is weekday (Monday is 1) → begins and ends."""

    name: str
    area_name: str
    municipalities: Iterable[Municipality]
    phone: str = ""
    calling: TeamCalling = TeamCalling.DIRECT
    coordinator: Worker | None = None
    notice_days: int = 0
    practice: str = ""
    week: Mapping[int, tuple[time, time]] = field(default_factory=dict)


def _again(team: Team, seen_version: int) -> Team:
    """The team's row, locked and read again."""
    lock(team)
    team = Team.objects.select_related("area", "coordinator").get(pk=team.pk)
    require(rules.why_not_seen(team, seen_version))
    return team


@transaction.atomic
def create_team(*, by: Worker, card: TeamCard) -> Team:
    """A new team and, if it is not there yet, its area."""
    with pghistory.context(worker=by.pk):
        require(rules.why_not_edit_teams(by))
        require(rules.why_not_area(card.area_name, None))
        require(rules.why_not_called(card.calling, card.coordinator, (), bool(card.week)))
        area, _is_new = Area.objects.get_or_create(name=card.area_name)
        team = Team(area=area)
        _write(team, card)
        return team


@transaction.atomic
def change_team(*, team: Team, by: Worker, card: TeamCard, seen_version: int) -> Team:
    """Change what is told of the team and how it is called."""
    with pghistory.context(worker=by.pk):
        require(rules.why_not_edit_teams(by))
        team = _again(team, seen_version)
        members = team.members.values_list("pk", flat=True)
        require(rules.why_not_area(card.area_name, team))
        require(rules.why_not_called(card.calling, card.coordinator, members, bool(card.week)))
        team.area.name = card.area_name
        team.area.save(update_fields=["name"])
        team.version += 1
        _write(team, card)
        return team


def _write(team: Team, card: TeamCard) -> None:
    for name in ("name", "phone", "calling", "coordinator", "notice_days", "practice"):
        setattr(team, name, getattr(card, name))
    team.save()
    team.area.municipalities.set(card.municipalities)
    team.times.all().delete()
    TeamTime.objects.bulk_create(
        TeamTime(team=team, weekday=weekday, starts=starts, ends=ends)
        for weekday, (starts, ends) in sorted(card.week.items())
    )


@transaction.atomic
def add_member(*, team: Team, by: Worker, worker: Worker) -> None:
    """Take the worker into the team; twice is once."""
    require(rules.why_not_edit_teams(by))
    lock(team)
    require(rules.why_not_member(worker))
    team.members.add(worker)


@transaction.atomic
def remove_member(*, team: Team, by: Worker, worker: Worker) -> None:
    """Let the worker out of the team; twice is once."""
    require(rules.why_not_edit_teams(by))
    lock(team)
    require(rules.why_not_leave(Team.objects.get(pk=team.pk), worker))
    team.members.remove(worker)
