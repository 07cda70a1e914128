"""The kutsukäytäntö of a team in convening: said in words, and followed when times are looked for."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from meetings.asking import Wishes, asked
from network.models import Team, TeamTime
from network.states import TeamCalling, Weekday
from tests.factories import (
    AreaFactory,
    MunicipalityFactory,
    RoomFactory,
    TeamFactory,
    WorkerFactory,
    a_convened_meeting,
    a_decided_meeting,
)

pytestmark = pytest.mark.django_db

IN_WORDS = "Tiimi kokoontuu tiistaisin klo 13.00–15.00. Yhteinen aika sovitaan näihin aikoihin."


@pytest.fixture
def member():
    return WorkerFactory(first_name="Marja", last_name="Heiskanen")


@pytest.fixture
def team(member) -> Team:
    """Together on Tuesdays from one to three; called a week before."""
    team = TeamFactory(name="Kiuruveden tiimi", members=[member], notice_days=7)
    TeamTime.objects.create(team=team, weekday=Weekday.TUESDAY, starts=time(13), ends=time(15))
    team.calling = TeamCalling.WEEKLY
    team.save()
    return team


def times(client, meeting, **asked) -> list:
    """The beginnings of the suggested times, on Helsinki's clock."""
    response = client.get(f"/yhteiset-ajat/{meeting.pk}/aika/", asked)
    assert response.status_code == 200
    form = response.context["form"]
    starts = [int(value.split("-")[0]) for value, _label in form.fields["slot"].choices] if form else []
    return [
        timezone.localtime(timezone.datetime.fromtimestamp(moment, tz=timezone.get_current_timezone()))
        for moment in starts
    ]


def helsinki(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def opened(client, meeting):
    RoomFactory(seats=30)
    client.force_login(meeting.convener)
    return meeting


def test_a_member_comes_when_the_team_is_together_and_after_its_notice(client, member, team, monday):
    meeting = opened(client, a_decided_meeting(people=[member, WorkerFactory()]))
    page = text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/aika/"))
    assert f"Kiuruveden tiimi: Marja Heiskanen. {IN_WORDS}" in page
    assert "Kutsu tarvitaan viimeistään 7 päivää ennen." in page
    found = times(client, meeting)
    suits_all = [one for one in found if one.isoweekday() == Weekday.TUESDAY]
    first = monday.date() + timedelta(days=8)
    assert (suits_all[0].date(), suits_all[0].hour, suits_all[0].minute) == (first, 13, 0)


def test_whom_the_team_rules_out_is_not_said_to_be_busy(client, member, team, monday):
    """On the first Tuesday the team is together, but is called a week before."""
    meeting = opened(client, a_decided_meeting(people=[member, WorkerFactory()]))
    tuesday = monday.date() + timedelta(days=1)
    found = asked(meeting, Wishes(minutes=60, first_day=tuesday, last_day=tuesday))
    (_member, practice) = found.practices[0]
    assert practice.is_time(helsinki(tuesday, 13), helsinki(tuesday, 15))
    assert not practice.is_time(helsinki(tuesday, 12), helsinki(tuesday, 14))
    assert practice.is_too_soon(helsinki(tuesday, 13), monday.date())
    page = text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/aika/"))
    assert "2/3 työntekijää · tiimin aikojen ulkopuolella: Marja Heiskanen" in page
    assert "varattu: Marja Heiskanen" not in page and "sopii melkein kaikille" in page
    TeamTime.objects.create(team=team, weekday=Weekday.TUESDAY, starts=time(8), ends=time(13))
    page = text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/aika/"))
    assert "2/3 työntekijää · tiimille liian pian: Marja Heiskanen" in page


def test_the_convener_may_ask_for_other_times_of_somebody_who_knows_the_family(client, member, team, monday):
    meeting = opened(client, a_decided_meeting(people=[member]))
    assert {one.isoweekday() for one in times(client, meeting)} == {Weekday.TUESDAY}
    freely = times(client, meeting, practice="no")
    assert freely[0].date() == monday.date() + timedelta(days=1) and freely[0].hour == 8


def test_a_team_of_whom_nobody_is_named_is_asked_to_its_own_times(client, team, monday):
    meeting = opened(client, a_decided_meeting(people=[team]))
    found = times(client, meeting)
    assert found and {(one.isoweekday(), one.hour) for one in found} == {(Weekday.TUESDAY, 13)}
    assert f"Kiuruveden tiimi. {IN_WORDS}" in text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/aika/"))


def test_the_convener_of_the_team_and_people_of_another_area_are_free_to_come(client, member, team, monday):
    elsewhere = AreaFactory(municipalities=[MunicipalityFactory(code="297", name_fi="Kuopio")])
    meetings = [
        a_decided_meeting(people=1, by=member),
        a_decided_meeting(people=[TeamFactory(area=elsewhere, members=[WorkerFactory()]).members.get()]),
    ]
    for meeting in meetings:
        opened(client, meeting)
        page = text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/aika/"))
        assert "kutsukäytäntö" not in page
        assert times(client, meeting)[0].date() == monday.date() + timedelta(days=1)


def test_the_page_of_proposals_says_how_a_proposed_member_is_called(client, member, team):
    meeting = a_convened_meeting(people=[member])
    client.force_login(meeting.convener)
    page = text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/kutsuttavat/"))
    assert f"Kiuruveden tiimi: Marja Heiskanen. {IN_WORDS}" in page
    other = a_convened_meeting(people=1)
    client.force_login(other.convener)
    assert "kutsukäytäntö" not in text_of(client.get(f"/yhteiset-ajat/{other.pk}/kutsuttavat/"))


def test_a_team_called_through_its_coordinator_names_whom_to_ask(client):
    lead = WorkerFactory(first_name="Outi", last_name="Johtava", phone="+358401112222")
    member = WorkerFactory()
    team = TeamFactory(members=[lead, member], calling=TeamCalling.COORDINATOR, coordinator=lead)
    meeting = a_convened_meeting(people=[member])
    client.force_login(meeting.convener)
    page = text_of(client.get(f"/yhteiset-ajat/{meeting.pk}/kutsuttavat/"))
    assert "koordinaattorin kautta: Outi Johtava, 040 111 2222. Hän kertoo, kuka tulee." in page
    assert f'name="add_team" value="{team.pk}"' in page
    client.post(f"/yhteiset-ajat/{meeting.pk}/kutsuttavat/", {"add_team": team.pk})
    assert meeting.participations.filter(team=team).exists()
