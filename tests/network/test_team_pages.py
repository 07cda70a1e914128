"""The pages of the perhekeskustiimit."""

from datetime import time
from functools import partial

import pytest

from network.actions import teams as actions
from network.duties import in_hand
from network.models import Area, Team, TeamTime
from network.states import TeamCalling
from network.teams import calling_words
from perhekeskus.refusals import Refused
from tests.factories import (
    ExpertiseFactory,
    MunicipalityFactory,
    TeamFactory,
    UnitFactory,
    WorkerFactory,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return MunicipalityFactory()


@pytest.fixture
def coordinator(client, town):
    worker = WorkerFactory(coordinator=True, unit=UnitFactory(municipality=town))
    client.force_login(worker)
    return worker


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def sent(**changes) -> dict:
    return {
        "seen_version": "0",
        "name": "Kiuruveden tiimi",
        "phone": "",
        "area_name": "Kiuruvesi",
        "municipalities": ["263"],
        "calling": "direct",
        "notice_days": "0",
        "practice": "",
    } | changes


def test_each_way_of_calling_is_said_in_words():
    member = WorkerFactory(first_name="Marja", last_name="Heiskanen", phone="+358401112222")
    team = TeamFactory(members=[member])
    assert calling_words(team) == ["Tiimin jäseniltä kysytään suoraan."]
    team.calling, team.coordinator, team.notice_days = TeamCalling.COORDINATOR, member, 1
    assert calling_words(team) == [
        "Tiimi kutsutaan koordinaattorin kautta: Marja Heiskanen, 040 111 2222. Hän kertoo, kuka tulee.",
        "Kutsu tarvitaan viimeistään 1 päivä ennen.",
    ]
    TeamTime.objects.create(team=team, weekday=2, starts=time(13), ends=time(15))
    TeamTime.objects.create(team=team, weekday=4, starts=time(9), ends=time(11, 30))
    team.calling, team.notice_days = TeamCalling.WEEKLY, 7
    assert calling_words(team) == [
        "Tiimi kokoontuu tiistaisin klo 13.00–15.00 ja torstaisin klo 9.00–11.30."
        " Yhteinen aika sovitaan näihin aikoihin.",
        "Kutsu tarvitaan viimeistään 7 päivää ennen.",
    ]


def test_nobody_is_told_to_wait_for_a_coordinator_who_has_left():
    lead = WorkerFactory()
    team = TeamFactory(members=[lead], coordinator=lead, calling=TeamCalling.COORDINATOR)
    assert in_hand(lead) == ["1 tiimin koordinointi"]
    lead.is_active = False
    lead.save()
    assert calling_words(Team.objects.get(pk=team.pk)) == [
        "Tiimin koordinaattori on lähtenyt verkostosta. Kysy jäseniltä suoraan."
    ]


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_change_a_team_at_the_same_moment_and_one_is_told():
    team, town = TeamFactory(), MunicipalityFactory()
    refusals = together(
        *(
            partial(
                actions.change_team,
                team=team,
                by=WorkerFactory(coordinator=True),
                card=actions.TeamCard(name=name, area_name=name, municipalities=[town]),
                seen_version=1,
            )
            for name in ("Yksi", "Toinen")
        )
    )
    assert len(refusals) == 1 and "Joku muu on muuttanut" in str(refusals[0])
    team.refresh_from_db()
    assert team.name == team.area.name and team.version == 2


def test_everybody_sees_the_people_and_what_they_know(client):
    member = WorkerFactory(first_name="Marja", last_name="Heiskanen")
    member.expertise.add(ExpertiseFactory(name="uni ja rytmi"))
    team = TeamFactory(name="Tiimi", members=[member, WorkerFactory(is_active=False, first_name="Pois")])
    client.force_login(WorkerFactory())
    assert "Tiimi" in text_of(client.get("/verkosto/tiimit/"))
    page = text_of(client.get(f"/verkosto/tiimit/{team.pk}/"))
    assert "Marja Heiskanen" in page and "uni ja rytmi" in page and "1 ihminen" in page
    assert "Pois" not in page and "Poista tiimistä" not in page and "Lisää tiimiin" not in page
    assert f'href="/yhteiset-ajat/ehdota/team/{team.pk}/"' in page
    assert client.post(f"/verkosto/tiimit/{team.pk}/", {"worker": member.pk}).status_code == 404


def test_a_coordinator_makes_a_team_fills_it_and_says_how_it_is_called(client, coordinator, town):
    response = client.post("/verkosto/tiimit/uusi/", sent())
    team = Team.objects.get()
    assert response.url == f"/verkosto/tiimit/{team.pk}/"
    assert list(team.area.municipalities.all()) == [town]
    member = WorkerFactory(unit=coordinator.unit)
    client.post(response.url, {"worker": member.pk})
    edit = f"{response.url}muuta/"
    assert client.get(edit).status_code == 200
    client.post(
        edit,
        sent(
            seen_version="1",
            calling="coordinator",
            coordinator=member.pk,
            notice_days="3",
            starts_2="13.00",
            ends_2="15.00",
        ),
    )
    team.refresh_from_db()
    assert (team.calling, team.coordinator, team.notice_days) == ("coordinator", member, 3)
    assert [str(one.starts) for one in team.times.all()] == ["13:00:00"]
    # The coordinator of a team that is called through one doesn't leave it by the way.
    page = client.post(f"{response.url}jasenet/{member.pk}/poista/", follow=True)
    assert "Vaihda ensin koordinaattori" in text_of(page)
    assert team.members.get() == member


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"calling": "weekly"}, "ajat on kerrottava"),
        ({"calling": "coordinator"}, "Valitse, kenen kautta"),
        ({"notice_days": "61"}, "enintään 60"),
        ({"starts_1": "15.00", "ends_1": "13.00"}, "Aika päättyy alkamisensa jälkeen"),
        ({"starts_1": "15.00"}, "milloin aika päättyy"),
        ({"ends_1": "15.00"}, "milloin aika alkaa"),
        ({"area_name": "Varattu alue"}, "on jo tiimi"),
        ({"municipalities": []}, "Valitse ainakin yksi"),
        ({"seen_version": "0"}, "Joku muu on muuttanut"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(client, coordinator, changes, sentence):
    TeamFactory(area__name="Varattu alue")
    team = TeamFactory(members=[WorkerFactory()])
    response = client.post(f"/verkosto/tiimit/{team.pk}/muuta/", sent(**{"seen_version": "1"} | changes))
    assert response.status_code == 422 and sentence in text_of(response)
    team.refresh_from_db()
    assert team.version == 1


def test_who_keeps_the_teams():
    team, by = TeamFactory(), WorkerFactory()
    card = actions.TeamCard(name="x", area_name="y", municipalities=[])
    for deed in (
        lambda: actions.create_team(by=by, card=card),
        lambda: actions.change_team(team=team, by=by, card=card, seen_version=1),
        lambda: actions.add_member(team=team, by=by, worker=by),
        lambda: actions.remove_member(team=team, by=by, worker=by),
    ):
        with pytest.raises(Refused, match="Vain koordinaattori"):
            deed()
    keeper = WorkerFactory(coordinator=True)
    with pytest.raises(Refused, match="ei työskentele perheiden kanssa"):
        actions.add_member(team=team, by=keeper, worker=keeper)
    assert not Area.objects.filter(name="y").exists()


def test_pages_take_the_same_few_queries_however_many(client, coordinator, django_assert_num_queries):
    for number in range(5):
        members = [WorkerFactory() for _ in range(4)]
        for one in members:
            one.expertise.add(ExpertiseFactory(name=f"osaaminen {number}"))
        team = TeamFactory(members=members, coordinator=members[0], calling=TeamCalling.COORDINATOR)
        TeamTime.objects.create(team=team, weekday=2, starts=time(13), ends=time(15))
    # Session, me, my unit; teams, times, municipalities.
    with django_assert_num_queries(5):
        client.get("/verkosto/tiimit/")
    # The same, and members, expertise, whom to add.
    with django_assert_num_queries(8):
        client.get(f"/verkosto/tiimit/{team.pk}/")
