"""The under-18s of municipalities: a file taken in whole or not at all, and a small form."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from network.models import Population
from network.populations import populations
from tests.factories import MunicipalityFactory, WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    return [
        MunicipalityFactory(code="049", name_fi="Espoo", name_sv="Esbo"),
        MunicipalityFactory(code="263", name_fi="Kiuruvesi", name_sv="Kiuruvesi"),
    ]


def load(tmp_path, text: str, encoding: str = "utf-8-sig") -> None:
    file = tmp_path / "vaki.csv"
    file.write_bytes(text.encode(encoding))
    call_command("load_populations", str(file))


def test_a_file_is_read_by_number_or_name_and_again_corrects(towns, tmp_path, capsys):
    load(tmp_path, "Kunta;Vuosi;alle_18\r\n49;2024;70 000\r\nKiuruvesi;2024;1500\r\nesbo;2025;71000\r\n")
    assert "Uusia lukuja 3, korjattuja 0" in capsys.readouterr().out
    load(tmp_path, "kunta;vuosi;alle_18\n263;2024;1600\n049;2024;70000\n", "cp1252")
    assert "Uusia lukuja 0, korjattuja 1" in capsys.readouterr().out
    codes = ["049", "263", "297"]
    assert populations(codes, 2023) == {}
    assert populations(codes, 2024) == {"049": 70_000, "263": 1600}
    assert populations(codes, 2030) == {"049": 71_000, "263": 1600}
    assert populations(["263"], 2024) == {"263": 1600}


def test_one_wrong_line_and_nothing_is_kept(towns, tmp_path):
    lines = [
        "kunta;vuosi;alle_18",
        "263;2024;1500",
        "Atlantis;2024;5",
        "263;1024;5",
        "049;2024;paljon",
        "263;2024;7",
    ]
    with pytest.raises(CommandError) as error:
        load(tmp_path, "\n".join(lines))
    said = str(error.value).splitlines()
    assert [line.split(":")[0] for line in said] == [
        "Rivi 3",
        "Rivi 4",
        "Rivi 5",
        "Rivi 6",
        "Mitään ei tallennettu.",
    ]
    assert "”Atlantis” ei ole luettelossa" in said[0] and "jo rivillä 2" in said[3]
    assert not Population.objects.exists()
    with pytest.raises(CommandError, match="puuttuu otsikko ”alle_18”"):
        load(tmp_path, "kunta;vuosi\n263;2024")
    with pytest.raises(CommandError, match="ei voi lukea"):
        call_command("load_populations", str(tmp_path / "ei-ole.csv"))


def test_an_administrator_adds_and_corrects_a_year(towns, client):
    client.force_login(WorkerFactory(administrator=True))
    url = reverse("municipality_population", args=["263"])
    for number in (1500, 1510):
        client.post(url, {"year": 2025, "under_18": number})
    assert Population.objects.get().under_18 == 1510
    page = client.get(reverse("municipality_edit", args=["263"])).content.decode()
    assert "2025" in page and "1\u00a0510" in page
    again = client.post(url, {"year": 1025, "under_18": 5})
    assert "Vuosi on väliltä 1990–2100." in again.content.decode()


@pytest.mark.parametrize(
    ("year", "number", "name"),
    [
        (1024, 5, "population_year_known"),
        (2024, 2_000_000, "population_possible"),
        (2025, 5, "population_once_a_year"),
    ],
)
def test_the_database_refuses_what_cannot_be(towns, year, number, name):
    Population.objects.create(municipality=towns[0], year=2025, under_18=1)
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_population (municipality_id, year, under_18) VALUES ('049', %s, %s)",
            [year, number],
        )
    assert error.value.__cause__.diag.constraint_name == name
