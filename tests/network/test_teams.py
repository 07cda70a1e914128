"""The perhekeskustiimi: what its kutsukäytäntö asks for."""

from datetime import time

import pytest
from django.db import IntegrityError, connection, transaction

from network.models import Team, TeamTime
from network.states import TeamCalling, Weekday
from tests.factories import TeamFactory, WorkerFactory

pytestmark = pytest.mark.django_db


def refused_by_the_database(sql: str, *values: object) -> str:
    """The name of what refused the statement when its transaction ended."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(refused.value.__cause__.diag.constraint_name)


@pytest.fixture
def team() -> Team:
    member = WorkerFactory()
    team = TeamFactory(members=[member], coordinator=member, calling=TeamCalling.COORDINATOR)
    TeamTime.objects.create(team=team, weekday=Weekday.TUESDAY, starts=time(13), ends=time(15))
    return team


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE network_team SET coordinator_id = NULL WHERE id = %s", "team_called_through_somebody"),
        ("UPDATE network_team SET notice_days = 61 WHERE id = %s", "team_notice_is_reasonable"),
        ("DELETE FROM network_team_members WHERE team_id = %s", "team_coordinator_is_member"),
        ("UPDATE network_teamtime SET ends = starts WHERE team_id = %s", "team_time_in_order"),
    ],
)
def test_the_database_refuses(team, sql, constraint):
    assert refused_by_the_database(sql, team.pk) == constraint


def test_a_coordinator_from_outside_the_team_is_refused(team):
    sql = "UPDATE network_team SET coordinator_id = %s WHERE id = %s"
    assert refused_by_the_database(sql, WorkerFactory().pk, team.pk) == "team_coordinator_is_member"


def test_a_team_that_is_called_to_its_own_times_has_them(team):
    Team.objects.filter(pk=team.pk).update(calling=TeamCalling.WEEKLY)
    sql = "DELETE FROM network_teamtime WHERE team_id = %s"
    assert refused_by_the_database(sql, team.pk) == "team_weekly_has_times"
    assert (
        refused_by_the_database("UPDATE network_team SET calling = 'weekly' WHERE id = %s", TeamFactory().pk)
        == "team_weekly_has_times"
    )
