"""The yhteydenottolista of each municipality, the one phone number, and how the teams are called."""

from datetime import time

from network.models import ContactRule, Municipality, Need, Team, TeamTime, Unit, Worker
from network.states import TeamCalling, Weekday

from .chance import invented_phone
from .places import CENTRE, HOME_TOWN, PLACES, Place
from .search_words import SEARCH_WORDS

# A place of work by a short name: how its name goes, and what is said of it to workers and to families.
PLACES_TO_ASK: dict[str, tuple[str, str, str, str]] = {
    "clinic": (
        "{of} äitiys- ja lastenneuvola",
        "Soita arkisin klo 8–9. Muina aikoina jätä soittopyyntö.",
        "Auttaa puhelimessa alkuun unessa, syömisessä ja imetyksessä ja lähettää ohjeet kotiin.",
        "Voit soittaa ilman ajanvarausta, vaikka asia tuntuisi pieneltä.",
    ),
    "centre": (
        "{of} perhekeskus",
        "Soita tai laita viesti. Vastaamme saman päivän aikana.",
        "Kotikäynnistä voidaan sopia puhelimessa. Lähetettä ei tarvita.",
        "Tulemme kotiin tai tapaamme perhekeskuksessa. Lähetettä ei tarvita.",
    ),
    "school_health": (
        "{of} kouluterveydenhuolto",
        "Soita ma–to klo 8–10 tai käy huoneessa välitunnilla.",
        "Jututtaa lasta koulupäivän aikana, jos huoltaja sopii siitä.",
        "Terveydenhoitajalle voi soittaa tai laittaa viestin. Lapsi voi myös mennä itse.",
    ),
    "pupil": (
        "{of} oppilashuolto",
        "Soita kuraattorille, tai koulun väki vie viestin.",
        "Neuvoo opettajaa ryhmän kanssa nimeä kertomatta.",
        "Kuraattorin ja psykologin kanssa voi jutella myös ilman, että koulussa tapahtuu mitään erityistä.",
    ),
    "social": (
        "Lapsiperheiden palvelut, {name}",
        "Soita päivystysnumeroon klo 9–14.",
        "Kertoo puhelimessa, mitä tukea kotiin voi saada ja miten sitä haetaan.",
        "Soita ja kerro, mikä arjessa painaa. Tarkat paperit ehtii täyttää myöhemmin.",
    ),
    "protection": (
        "Lastensuojelu, {name}",
        "Soita heti, kun lapsi voi olla vaarassa. Neuvoa voi kysyä nimeä kertomatta.",
        "Arvioi kanssasi, pitääkö tehdä ilmoitus.",
        "Voit soittaa ja kysyä neuvoa kertomatta nimeäsi.",
    ),
    "officer": (
        "Lastenvalvoja, {name}",
        "Varaa aika puhelimitse.",
        "Kertoo, mitä sopimuksia tarvitaan ja missä järjestyksessä.",
        "Auttaa sopimaan, missä lapset asuvat ja miten he tapaavat kummankin vanhemman.",
    ),
    "special_day_care": (
        "{of} erityispäivähoito",
        "Pyydä päiväkodin kautta tai soita suoraan.",
        "Neuvoo ryhmää kuvien ja pienten siirtymien käytössä.",
        "Kysy päiväkodista tai soita suoraan. Hän tulee katsomaan lapsen päivää.",
    ),
    "youth": (
        "{of} nuorisokeskus",
        "Soita iltapäivällä tai käy paikan päällä.",
        "",
        "Nuokkarille saa tulla ilman ilmoittautumista. Aina on joku, jonka kanssa jutella.",
    ),
    "special_youth": (
        "{of} erityisnuorisotyö",
        "Laita viesti. Vastaan illallakin.",
        "Tapaa nuoren siellä, missä nuori on.",
        "Nuori voi itse laittaa viestin. Mukaan voi ottaa kaverin.",
    ),
    "outreach": (
        "{of} etsivä nuorisotyö",
        "Soita tai laita viesti, nuoren luvalla.",
        "Lähtee liikkeelle samalla viikolla.",
        "Nuori tai vanhempi voi laittaa viestin. Nuori päättää, mitä tehdään.",
    ),
    "parish": (
        "{of} seurakunta, perhetyö ja diakonia",
        "Soita ma–to klo 9–11.",
        "Ruoka-apu ja kuuntelija löytyvät samana päivänä.",
        "Ei tarvitse kuulua kirkkoon. Voit vain soittaa ja jutella.",
    ),
    "mll": (
        "MLL {name}, perhekahvila",
        "Ohjaaja vastaa tiistaisin ja torstaisin.",
        "Perhekahvilaan voi tulla ilman ilmoittautumista.",
        "Kahvilaan saa tulla vauvan kanssa juuri sellaisena kuin on.",
    ),
    "culture": (
        "{of} kirjasto- ja kulttuuripalvelut",
        "Soita tai käy kirjastossa.",
        "Etsii maksuttoman harrastuksen.",
        "Autamme löytämään harrastuksen, joka ei maksa.",
    ),
    "housing": (
        "{of} asuntotoimisto",
        "Soita ma–to klo 9–11.",
        "Kertoo vapaista asunnoista ja hakemuksen vaiheesta.",
        "Kerro, montako teitä on ja milloin asunto tarvitaan.",
    ),
}

# A need: the family's own words, and whom to ask in order.
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Lapsi ei nuku": ("Vauva tai lapsi ei nuku, ja kaikki ovat väsyneitä", ("clinic", "centre", "mll")),
    "Syöminen on hankalaa": ("Lapsen syöminen on hankalaa", ("clinic", "special_day_care")),
    "Taapero suuttuu ja lyö": ("Lapsi suuttuu ja lyö, enkä tiedä miten auttaa", ("centre", "clinic")),
    "Lapsi puhuu vähän": ("Lapsi puhuu vähän tai häntä on vaikea ymmärtää", ("clinic", "special_day_care")),
    "Aamut ja illat ovat raskaita": ("Aamut ja illat ovat yhtä kiirettä ja riitaa", ("centre", "mll")),
    "Lapsi ei mene kouluun": ("Lapsi ei mene kouluun", ("pupil", "school_health", "outreach")),
    "Oppiminen ei suju": ("Koulussa oppiminen ei suju", ("pupil",)),
    "Lapsen on vaikea keskittyä": ("Lapsen on vaikea keskittyä", ("pupil", "school_health")),
    "Lasta kiusataan": ("Lastani kiusataan", ("pupil", "special_youth")),
    "Lapsella ei ole kavereita": ("Lapsella ei ole kavereita", ("pupil", "culture", "youth")),
    "Nuori voi huonosti": (
        "Nuori on surullinen, vihainen tai omissa oloissaan",
        ("school_health", "outreach"),
    ),
    "Nuori pelaa yöt": ("Nuori pelaa yöt", ("youth", "school_health")),
    "Nuori käyttää päihteitä": ("Nuori käyttää päihteitä", ("special_youth", "school_health", "protection")),
    "Vanhemmat eroavat": ("Olemme eroamassa tai ero painaa lapsia", ("officer", "centre")),
    "Vanhempi on uupunut": ("En jaksa enää", ("social", "centre", "parish")),
    "Vauvaperhe kaipaa tukea": ("Meille on syntynyt vauva ja kaipaamme seuraa tai apua", ("clinic", "mll")),
    "Joku läheinen on kuollut": ("Joku läheinen on kuollut", ("parish", "centre")),
    "Kotona pelätään": ("Kotona pelätään", ("protection", "social")),
    "Raha ei riitä": ("Raha ei riitä ruokaan tai laskuihin", ("social", "parish")),
    "Asunto ei sovi perheelle": ("Asunto ei sovi perheelle", ("housing", "social")),
    "Olemme muuttaneet Suomeen": ("Olemme muuttaneet Suomeen ja moni asia on uutta", ("social", "mll")),
    "Olemme yksin asian kanssa": ("Olemme yksin asian kanssa", ("centre", "mll", "parish")),
}


def fill_lists(desk: Worker) -> int:
    """Write the lists; the home town's are whole, elsewhere something is missing. The number of rows."""
    needs = {need.name: need for need in Need.objects.filter(name__in=LISTS)}
    for name, need in needs.items():
        need.family_words = LISTS[name][0]
        need.search_words = SEARCH_WORDS[name]
    Need.objects.bulk_update(needs.values(), ["family_words", "search_words"])
    units = {
        (unit.municipality.name_fi, unit.name): unit for unit in Unit.objects.select_related("municipality")
    }
    _one_number(units[CENTRE, "Lapsiperheiden ohjaus- ja neuvontapalvelu"])
    _calling()
    rows = []
    for number, place in enumerate(PLACES):
        for index, (name, (_words, keys)) in enumerate(LISTS.items()):
            if place.name != HOME_TOWN and (index + number) % (4 if place.schools == 1 else 9) == 0:
                continue
            rows += _rows(place, needs[name], keys, units)
    home = Team.objects.select_related("area").get(area__name=HOME_TOWN)
    municipality = home.area.municipalities.get()
    facts = {"need": needs["Lapsi ei nuku"], "municipality": municipality}
    rows.append(
        ContactRule(
            **facts,
            position=10,
            worker=desk,
            how="Kysy neuvoa. Vastaan viimeistään seuraavana aamuna.",
            without_meeting="Auttaa aloittamaan unipäiväkirjan.",
        )
    )
    rows.append(
        ContactRule(
            need=needs["Olemme yksin asian kanssa"],
            municipality=municipality,
            position=10,
            team=home,
            how="Soita tiimille tai kutsu se mukaan perheen luvalla.",
            family_how="Tiimissä on ihmisiä monesta palvelusta. He miettivät kanssasi, kuka voisi auttaa.",
            is_public=True,
        )
    )
    ContactRule.objects.bulk_create(rows)
    return len(rows)


def _rows(
    place: Place, need: Need, keys: tuple[str, ...], units: dict[tuple[str, str], Unit]
) -> list[ContactRule]:
    rows = []
    for position, key in enumerate(keys, 1):
        pattern, how, without_meeting, family_how = PLACES_TO_ASK[key]
        unit = units[place.name, pattern.format(of=place.of, name=place.name)]
        rows.append(
            ContactRule(
                need=need,
                municipality=unit.municipality,
                position=position,
                unit=unit,
                how=how,
                without_meeting=without_meeting,
                family_how=family_how,
                is_public=True,
            )
        )
    return rows


def _one_number(guidance: Unit) -> None:
    """The guidance service of the county is that of each of its municipalities."""
    guidance.phone = "+358170000000"
    guidance.opening_hours = "ma–pe 9–15"
    # Families write to it by the form of this house.
    guidance.electronic_contact = ""
    guidance.save(update_fields=["phone", "opening_hours", "electronic_contact"])
    Municipality.objects.filter(name_fi__in=[place.name for place in PLACES]).update(guidance_unit=guidance)


def _calling() -> None:
    """Each way of being called is in use somewhere; the home town's team has its weekly times."""
    for number, team in enumerate(Team.objects.select_related("area").order_by("area__name"), 1):
        team.phone = invented_phone("044", 5000 + number)
        if team.area.name == HOME_TOWN:
            team.calling, team.notice_days = TeamCalling.WEEKLY, 7
            TeamTime.objects.create(team=team, weekday=Weekday.TUESDAY, starts=time(13), ends=time(15))
            TeamTime.objects.create(team=team, weekday=Weekday.THURSDAY, starts=time(9), ends=time(11))
        elif number % 3 == 0:
            team.calling, team.notice_days = TeamCalling.COORDINATOR, 3
            team.coordinator = team.members.order_by("pk")[0]
        team.save()
