"""The kinds of meeting of the five documents: facts of the model, which a coordinator then words and orders."""

from django.db import migrations

# code, name, explanation, minutes, what it uses besides the plan and the notes, whether it is a shared time
KINDS = [
    (
        "shared_time",
        "yhteinen aika",
        "Perhe ja ne, joita perhe haluaa mukaan, istuvat kerran saman pöydän ääreen ja tekevät yhteisen"
        " suunnitelman.",
        90,
        {"star", "influence", "child_view"},
        True,
    ),
    (
        "lp",
        "LP-neuvonpito",
        "Lapset puheeksi -keskustelun jatko: mietitään yhdessä, miten lapsen arki kotona, päiväkodissa ja"
        " koulussa saadaan kantamaan.",
        90,
        {"child_view", "influence"},
        True,
    ),
    (
        "family_team",
        "lapsiperhetiimi",
        "Lapsiperheiden työntekijät kokoontuvat perheen kanssa ja sopivat, kuka auttaa missäkin.",
        60,
        {"influence", "child_view"},
        True,
    ),
    (
        "myr",
        "MYR",
        "Moniammatillinen yhteistyöryhmä: eri alojen työntekijät miettivät perheen kanssa, mikä auttaisi.",
        60,
        {"influence", "child_view"},
        True,
    ),
    (
        "youth_team",
        "Nuoren oma tiimi",
        "Nuori päättää itse, keitä hänen tiimiinsä kuuluu ja mistä puhutaan. Tiimi kulkee rinnalla.",
        60,
        {"star", "dialogue", "influence", "child_view"},
        True,
    ),
    (
        "authority",
        "viranomaisneuvottelu",
        "Viranomaiset sopivat perheen kanssa, kuka vastaa mistäkin ja missä järjestyksessä edetään.",
        90,
        {"child_view"},
        False,
    ),
    (
        "follow_up",
        "seurantatapaaminen",
        "Katsotaan yhdessä, mitä suunnitelmasta on tehty, mikä on auttanut ja mitä muutetaan.",
        60,
        {"star", "child_view"},
        False,
    ),
]
AGENDAS = {
    "shared_time": [
        ("Tervetuloa ja esittelyt", 10),
        ("Miksi olemme koolla ja mitä tavoittelemme", 10),
        ("Hyvinvoinnin tähti: voimavarat ja se, mistä puhutaan", 25),
        ("Lapsen oma näkemys", 10),
        ("Yhteinen suunnitelma: kuka tekee, mitä ja milloin", 25),
        ("Vastuutyöntekijä, yhteydenpito ja palaute", 10),
    ],
    "lp": [
        ("Tervetuloa ja esittelyt", 10),
        ("Lapsen arki: mikä sujuu ja mitä suojellaan", 20),
        ("Mistä lapselle tulee kuormaa", 15),
        ("Mitä kukin voi tehdä lapsen arjessa", 30),
        ("Suunnitelma, seuranta ja palaute", 15),
    ],
    "family_team": [
        ("Tervetuloa ja esittelyt", 5),
        ("Perheen kuulumiset ja toiveet", 15),
        ("Mikä auttaisi ja kuka voi auttaa", 20),
        ("Suunnitelma ja seuranta", 15),
        ("Palaute", 5),
    ],
    "myr": [
        ("Tervetuloa ja esittelyt", 5),
        ("Perheen kuulumiset ja toiveet", 15),
        ("Mikä auttaisi ja kuka voi auttaa", 20),
        ("Suunnitelma ja seuranta", 15),
        ("Palaute", 5),
    ],
    "youth_team": [
        ("Tervetuloa ja esittelyt", 5),
        ("Nuoren kuulumiset: mikä on hyvin", 10),
        ("Mitä nuori toivoo", 15),
        ("Kuka auttaa ja missä", 20),
        ("Mitä sovittiin ja milloin tavataan", 10),
    ],
    "authority": [
        ("Tervetuloa ja esittelyt", 10),
        ("Mistä päätetään ja kuka päättää", 15),
        ("Perheen oma näkemys", 20),
        ("Työnjako ja aikataulu", 35),
        ("Yhteenveto ja palaute", 10),
    ],
    "follow_up": [
        ("Kuulumiset: mikä sujuu", 10),
        ("Mitä sovituista asioista on tehty", 20),
        ("Mitä jatketaan ja mitä muutetaan", 20),
        ("Seuraava yhteydenotto ja palaute", 10),
    ],
}


def write_down(apps, schema_editor):
    Kind = apps.get_model("meetings", "Kind")
    KindAgendaRow = apps.get_model("meetings", "KindAgendaRow")
    for position, (code, name, explanation, minutes, uses, is_shared) in enumerate(KINDS, 1):
        kind = Kind.objects.create(
            code=code,
            name=name,
            explanation=explanation,
            minutes=minutes,
            counts_as_shared_time=is_shared,
            needs_timekeeper=code == "shared_time",
            position=position,
            **{f"uses_{part}": part in uses for part in ("star", "dialogue", "influence", "child_view")},
        )
        KindAgendaRow.objects.bulk_create(
            KindAgendaRow(kind=kind, position=number, title=title, minutes=length)
            for number, (title, length) in enumerate(AGENDAS[code], 1)
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0012_kinds")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
