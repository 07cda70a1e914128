"""How far the county's municipalities are: counted by hand, drawn and written."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from meetings.dashboard.adoption import STEP, STEPS, adoption, quarter_ends
from meetings.dashboard.adoption_picture import stage_columns
from network.actions import adoption as actions
from network.county import our_municipalities
from network.models import AdoptionStage
from network.states import Adoption
from tests.factories import MunicipalityFactory, UnitFactory, WorkerFactory

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 17)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2027-03-17 10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def county():
    """Four municipalities of one county, a unit in the first only; one of another county."""
    here = {"county_fi": "Pohjois-Savo", "county_sv": "Norra Savolax"}
    towns = {
        name: MunicipalityFactory(
            code=code, name_fi=name, name_sv=name, tile_column=column, tile_row=1, **here
        )
        for code, name, column in (("263", "Kiuruvesi", 1), ("915", "Äijälä", 2), ("140", "Iisalmi", 3))
    }
    towns["Tervo"] = MunicipalityFactory(code="844", name_fi="Tervo", name_sv="Tervo", **here)
    MunicipalityFactory(code="091", name_fi="Helsinki", county_fi="Helsinki")
    return towns


@pytest.fixture
def boss(county):
    return WorkerFactory(coordinator=True, unit=UnitFactory(municipality=county["Kiuruvesi"]))


def tell(boss, municipality, **stages: str) -> None:
    for day, stage in stages.items():
        actions.record(
            by=boss,
            municipality=municipality,
            stage=Adoption(stage),
            since=date.fromisoformat(day[1:].replace("_", "-")),
        )


def test_every_municipality_of_our_counties_in_the_order_of_finns(boss, county, settings):
    facts = adoption(boss, TODAY)
    assert [str(one.municipality) for one in facts.now] == ["Iisalmi", "Kiuruvesi", "Tervo", "Äijälä"]
    assert {one.step.code for one in facts.now} == {""}
    settings.COUNTIES = ["Helsinki"]
    tell(boss, county["Tervo"], d2027_01_01="no_answer")
    assert {one.name_fi for one in our_municipalities()} == {"Helsinki", "Tervo"}


def test_the_last_stage_that_has_begun_counts_and_what_was_taken_back_does_not(boss, county):
    tell(boss, county["Kiuruvesi"], d2026_02_10="planned", d2026_09_30="trial", d2027_03_17="rooted")
    tell(boss, county["Iisalmi"], d2026_10_01="goal")
    actions.take_back(stage=AdoptionStage.objects.get(municipality="263", stage="rooted"), by=boss)
    facts = adoption(boss, TODAY)
    assert {str(one.municipality): one.step.code for one in facts.now} == {
        "Iisalmi": "goal",
        "Kiuruvesi": "trial",
        "Tervo": "",
        "Äijälä": "",
    }
    # By hand: at the end of March 2026 one planned; of September a trial, begun that day.
    by_day = {moment.day: dict(zip(STEP, moment.numbers, strict=True)) for moment in facts.over_time}
    assert list(by_day) == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
        TODAY,
    ]
    assert [by_day[day]["planned"] for day in by_day] == [1, 1, 0, 0, 0]
    assert [by_day[day]["trial"] for day in by_day] == [0, 0, 1, 1, 1]
    assert [by_day[day]["goal"] for day in by_day] == [0, 0, 0, 1, 1]
    assert [by_day[day][""] for day in by_day] == [3, 3, 3, 2, 2]
    assert {sum(moment.numbers) for moment in facts.over_time} == {4}
    # The picture is as high as the municipalities are many, whatever their stages.
    for column in stage_columns(facts.over_time).columns:
        assert sum(float(piece.height) for piece in column.pieces) == pytest.approx(260, abs=0.3)


def test_quarters_are_few_enough_to_read_and_enough_to_see_a_way():
    assert quarter_ends(TODAY, TODAY)[0] == date(2026, 3, 31) and len(quarter_ends(TODAY, TODAY)) == 4
    assert len(quarter_ends(date(2000, 1, 1), TODAY)) == 12
    assert quarter_ends(TODAY, date(2027, 1, 1))[-1] == date(2026, 12, 31)


def test_the_page_tells_each_stage_in_words_and_asks_as_much_whatever_there_is(
    boss, county, client, django_assert_num_queries
):
    tell(boss, county["Kiuruvesi"], d2026_02_10="planned", d2026_09_30="trial")
    client.force_login(boss)
    url = reverse("adoption_page")
    client.get(url)
    with django_assert_num_queries(4):
        page = client.get(url).content.decode()
    for name in county:
        assert page.count(f">{name}</") == 2
    assert "tile-column-1 tile-row-1" in page and "Ilman paikkaa kartalla" in page
    assert all(str(step.words) in page for step in STEPS)
    for name in ("Iisalmi", "Äijälä"):
        tell(boss, county[name], d2026_03_01="goal", d2026_05_01="trial")
    with django_assert_num_queries(4):
        client.get(url)
    file = client.get(reverse("count_table", args=["kayttoonotto", "csv"])).content.decode("utf-8-sig")
    assert "Kiuruvesi;kokeilu käynnissä;30.9.2026;" in file


def test_a_stage_is_recorded_and_taken_back_on_the_pages(boss, county, client):
    client.force_login(boss)
    record = reverse("adoption_record", args=["263"])
    form = client.get(record).context["form"]
    sent = {
        "form_key": str(form.initial.get("form_key") or form.fields["form_key"].initial()),
        "seen_mark": form.initial["seen_mark"],
        "stage": "trial",
        "since": "2027-03-01",
        "note": "Kokeilu alkoi päiväkodissa.",
    }
    for _press in range(2):
        assert client.post(record, sent).status_code == 302
    stage = AdoptionStage.objects.get()
    late = client.post(record, sent | {"stage": "rooted"})
    assert late.status_code == 422 and AdoptionStage.objects.count() == 1
    ahead = client.post(
        record,
        sent | {"since": "2027-03-18", "seen_mark": 1, "form_key": "6f2c0f52-4a0c-4f0e-9a51-53b2f0b3f0a1"},
    )
    assert "vasta, kun se on alkanut" in ahead.content.decode()
    take_back = reverse("adoption_take_back", args=[stage.pk])
    assert "Kokeilu käynnissä, " in client.get(take_back).content.decode()
    page = client.post(take_back, follow=True).content.decode()
    assert "Kirjaus on peruttu." in page and "<s>Kokeilu käynnissä</s>" in page and boss.name in page
    assert client.get(reverse("adoption_municipality", args=["091"])).status_code == 404


def test_an_administrator_reads_and_records_nothing(boss, county, client):
    tell(boss, county["Kiuruvesi"], d2027_01_01="trial")
    client.force_login(WorkerFactory(administrator=True))
    page = client.get(reverse("adoption_page")).content.decode()
    assert "kokeilu käynnissä" in page and "Kirjaa vaihe" not in page
    assert client.get(reverse("adoption_record", args=["263"])).status_code == 404
    assert (
        client.post(reverse("adoption_take_back", args=[AdoptionStage.objects.get().pk])).status_code == 404
    )
    # For one who may not count the municipalities have no stages.
    assert {one.step.code for one in adoption(WorkerFactory(), TODAY).now} == {""}
