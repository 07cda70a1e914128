"""Standing groups, bulletins, forums, development needs and thanks, made by the real actions."""

from datetime import time, timedelta
from itertools import cycle
from typing import Any

from meetings.models import Room
from network.actions import bulletins, feedback, forums, groups
from network.models import Area, AreaForum, Bulletin, Group, GroupMeeting, Municipality, Worker
from network.states import DevelopmentState, ForumAnswer, ForumKind, GroupKind, GroupRole, Sector
from perhekeskus.models import Message
from perhekeskus.states import MessageState

from .chance import Chance
from .clock import set_to
from .places import HOME_TOWN, PLACES, Place
from .threads import Teller

# Kind, name, what for, the chair's post, the secretary's post, and those of the others.
GROUPS = (
    (
        GroupKind.CLINIC,
        "{of} neuvolatyöryhmä",
        "Neuvola, varhaiskasvatus ja perhekeskus sopivat, miten pienten lasten perheet saavat tukea ajoissa."
        " Kokoonnumme joka toinen kuukausi.",
        "clinic_nurse",
        "family_worker",
        ("family_counsellor", "day_care_teacher", "psychologist", "parish_children"),
    ),
    (
        GroupKind.PUPIL_STEERING,
        "{of} oppilashuollon ohjausryhmä",
        "Ohjaamme kunnan oppilashuoltoa: mihin sen aika riittää ja miten koulut tekevät yhteistyötä"
        " perhekeskuksen kanssa.",
        "head_teacher",
        "school_social_worker",
        ("school_psychologist", "school_nurse", "social_worker"),
    ),
    (
        GroupKind.MYR,
        "{of} moniammatillinen yhteistyöryhmä",
        "Poliisi, nuorisotyö, koulu ja sosiaalityö katsovat yhdessä, mitä nuorten arjessa tapahtuu ja mitä"
        " ennaltaehkäisevää voimme tehdä.",
        "special_youth_worker",
        "outreach_worker",
        ("police", "head_teacher", "social_worker", "deacon"),
    ),
    (
        GroupKind.HYVA,
        "{of} HYVÄ-ryhmä",
        "Huolehdimme, että lasten ja nuorten hyvinvointisuunnitelma näkyy arjessa ja että tieto kulkee"
        " kaikille työntekijöille.",
        "family_counsellor",
        "culture",
        ("mll_counsellor", "youth_worker", "day_care_teacher", "clinic_nurse", "housing"),
    ),
    (
        GroupKind.DAY_CARE,
        "{of} päivähoitotiimi",
        "Kierrämme kaikki päiväkodit kerran lukuvuodessa. Henkilökunta kertoo, mikä sujuu ja mihin kaivataan"
        " apua, yleisellä tasolla.",
        "special_day_care_teacher",
        "day_care_teacher",
        ("family_worker", "psychologist", "clinic_nurse"),
    ),
)
AGENDA = (
    "Kuulumiset\nMitä viimeksi sovittiin, ja tehtiinkö se\nKevään yhteiset illat vanhemmille\nSeuraava kokous"
)
MEMO = (
    "Paikalla lähes kaikki.\n\n"
    "Sovittiin, että yhteiset illat vanhemmille pidetään perhekeskuksessa kerran kuussa. Ensimmäisen"
    " aiheena on uni. Perheohjaaja varaa tilan ja kulttuuripalvelut hoitaa mainoksen.\n\n"
    "Päiväkodit toivovat neuvolalta lyhyttä käyntiä syksyn vanhempainiltoihin. Neuvola katsoo ajat."
)
NEWS = (
    (
        12,
        "Neuvolan puhelinajat muuttuvat",
        "Neuvolaan saa yhteyden arkisin klo 8–10. Muina aikoina voi jättää soittopyynnön, ja hoitaja soittaa"
        " saman päivän aikana.\n\nUudet ajat alkavat ensi viikon maanantaina. Kertokaa niistä perheille.",
        (HOME_TOWN,),
        (),
    ),
    (
        6,
        "Yhteinen koulutus: miten otan huolen puheeksi",
        "Puolen päivän koulutus perhekeskuksessa. Harjoittelemme pareittain, miten aloitetaan siitä, mikä on"
        " hyvin.\n\nIlmoittaudu oman esihenkilösi kautta.",
        (),
        (Sector.EDUCATION, Sector.YOUTH, Sector.PARISH, Sector.THIRD_SECTOR),
    ),
    (
        2,
        "Perhekahvila avaa ovensa myös perjantaisin",
        "MLL:n perhekahvila on auki perjantaisin klo 9.30–12. Paikalla on aina ohjaaja, ja mukaan voi tulla"
        " ilmoittautumatta.",
        (HOME_TOWN, "Iisalmi", "Vieremä", "Sonkajärvi"),
        (),
    ),
)
NEEDS = (
    (
        "Koulun ja nuorisotyön tieto ei kulje loma-aikoina. Tarvitaan kummallekin yhteyshenkilö.",
        True,
    ),
    ("Järjestöt ja seurakunta kutsutaan mukaan liian myöhään. Lisätään ne kutsukäytäntöön.", True),
    ("Uusi työntekijä ei löydä, keneltä kysyä. Tehdään perehdytykseen yhteinen tutustumispäivä.", False),
)
UPPER_SAVO = ("Iisalmi", "Kiuruvesi", "Lapinlahti", "Sonkajärvi", "Vieremä")


def fill(teller: Teller, seed_number: int) -> int:
    """Everything that colleagues do together apart from the families; how many groups there are."""
    chance = Chance(seed_number + 1)
    boss, known = teller.network.desks["koordinaattori"], teller.network.municipalities
    before = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    places = [place for place in PLACES if place.name in UPPER_SAVO and place.name in known]
    made = [group for place in places for group in _groups(teller, place, boss, chance)]
    _bulletins(teller, boss, made, chance)
    _forums(teller, boss, chance)
    _between_two(teller)
    # What was written months ago was read months ago.
    ours = Message.objects.filter(pk__gt=before, state=MessageState.WAITING)
    past = ours.filter(due_at__lt=teller.at(0, time(0)))
    past.update(state=MessageState.DROPPED, last_error="demonstration")
    return len(made)


# --- groups --------------------------------------------------------------------------------------


def _groups(teller: Teller, place: Place, boss: Worker, chance: Chance) -> list[Group]:
    """The groups of a municipality: all of them in the home town, some elsewhere."""
    network = teller.network
    municipality = network.municipalities[place.name]
    kinds = GROUPS if place.name == HOME_TOWN else chance.few(GROUPS, 2)
    made = []
    for number, (kind, name, purpose, chair, secretary, others) in enumerate(kinds):
        with set_to(teller.at(-120, time(9))):
            group = groups.save_group(
                group=Group(),
                by=boss,
                fields={
                    "name": name.format(of=place.of),
                    "kind": kind,
                    "purpose": purpose,
                    "municipality": municipality,
                    "unit": None,
                },
            )
            people = [network.one(place.name, post, chance) for post in (chair, secretary, *others)]
            roles = [GroupRole.CHAIR, GroupRole.SECRETARY] + [GroupRole.MEMBER] * len(others)
            for worker, role in zip(dict.fromkeys(people), roles, strict=False):
                groups.add_member(group=group, worker=worker, by=boss, role=role)
            if kind == GroupKind.DAY_CARE and place.name == HOME_TOWN:
                _let_the_desk_keep(group, network.desks["lahityontekija"], boss)
            if kind == GroupKind.HYVA and place.name == HOME_TOWN:
                _let_the_desk_in(group, network.desks["vastuutyontekija"], boss)
        _meetings(teller, group, boss, number)
        made.append(group)
    return made


def _let_the_desk_keep(group: Group, worker: Worker, boss: Worker) -> None:
    """The frontline worker is the secretary of one group, to try what a secretary can do."""
    member = group.memberships.filter(worker=worker, until=None).first()
    if member is None:
        groups.add_member(group=group, worker=worker, by=boss, role=GroupRole.SECRETARY)
    else:
        groups.change_role(membership=member, role=GroupRole.SECRETARY, by=boss)


def _let_the_desk_in(group: Group, worker: Worker, boss: Worker) -> None:
    if not group.memberships.filter(worker=worker, until=None).exists():
        groups.add_member(group=group, worker=worker, by=boss)


def _meetings(teller: Teller, group: Group, boss: Worker, number: int) -> None:
    """One meeting with an approved memo, one with a draft, and one to come."""
    room = Room.objects.filter(unit__municipality=group.municipality).order_by("pk").first()
    place = str(room) if room else "Perhekeskus"
    for workdays, has_memo, is_approved in ((-80, True, True), (-22, True, False), (8, False, False)):
        starts_at = teller.at(workdays + number, time(13))
        with set_to(min(starts_at - timedelta(days=14), teller.at(-1))):
            meeting = groups.plan_meeting(
                group=group,
                by=boss,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=90),
                place=place,
                agenda=AGENDA,
            )
        if has_memo:
            _write(meeting, boss, starts_at + timedelta(hours=2), is_approved=is_approved)


def _write(meeting: GroupMeeting, boss: Worker, when, *, is_approved: bool) -> None:
    with set_to(when):
        meeting = groups.write_memo(meeting=meeting, by=boss, memo=MEMO, seen_version=meeting.version)
        if is_approved:
            groups.approve_memo(meeting=meeting, by=boss, seen_version=meeting.version)


# --- bulletins -----------------------------------------------------------------------------------


def _bulletins(teller: Teller, boss: Worker, made: list[Group], chance: Chance) -> None:
    for workdays, title, text, places, sectors in NEWS:
        with set_to(teller.at(-workdays, time(9, 30))):
            draft = bulletins.write(bulletin=Bulletin(), by=boss, fields={"title": title, "text": text})
            draft = bulletins.aim(
                bulletin=draft,
                by=boss,
                municipalities=_known(teller, places),
                sectors=sectors,
                seen_version=draft.version,
            )
            bulletin = bulletins.publish(bulletin=draft, by=boss, seen_version=draft.version)
        # Most have read the older ones.
        with set_to(teller.at(1 - workdays, time(8))):
            workers = [
                receipt.worker for receipt in bulletin.receipts.select_related("worker").order_by("pk")
            ]
            readers = [one for one in workers if chance.random() < workdays / 20]
            desks = {one.pk for one in teller.network.desks.values()}
            for worker in readers:
                if worker.pk not in desks:
                    bulletins.see(bulletin=bulletin, by=worker)
    home = teller.network.municipalities[HOME_TOWN]
    own = next(one for one in made if one.kind == GroupKind.DAY_CARE and one.municipality == home)
    with set_to(teller.at(-3, time(14))):
        draft = bulletins.write(
            bulletin=Bulletin(group=own),
            by=boss,
            fields={
                "title": "Syksyn kierros alkaa",
                "text": "Ensimmäinen käynti on Kettulan päiväkodissa. Miettikää, mikä teillä sujuu.",
                "is_for_members": True,
            },
        )
        bulletins.publish(bulletin=draft, by=boss, seen_version=draft.version)


# --- forums --------------------------------------------------------------------------------------


def _forums(teller: Teller, boss: Worker, chance: Chance) -> None:
    municipalities = _known(teller, UPPER_SAVO)
    area, is_new = Area.objects.get_or_create(name="Ylä-Savo")
    if is_new:
        area.municipalities.set(municipalities)
    past = _forum(teller, boss, -135, area=area, themes="Mikä meillä toimii jo hyvin?\nKuka kutsuu kenetkin?")
    _answer(teller, past, chance, -140)
    with set_to(teller.at(-135, time(16))):
        came = past.participations.filter(answer=ForumAnswer.COMING).values_list("worker", flat=True)
        past = forums.record(
            forum=past,
            by=boss,
            came=list(came),
            notes="Tutustuttiin pienryhmissä kuntarajojen yli. Eniten puhututti, miten tieto kulkee lomilla.",
            seen_version=past.version,
        )
        needs = [
            forums.record_need(by=boss, text=text, municipality=municipality, forum=past)
            for municipality, (text, _taken) in zip(cycle(municipalities), NEEDS, strict=False)
        ]
    owner = teller.network.desks["vastuutyontekija"]
    with set_to(teller.at(-60)):
        for need, (_text, is_taken) in zip(needs, NEEDS, strict=True):
            if is_taken:
                forums.take_need(need=need, by=owner)
    with set_to(teller.at(-20)):
        done = needs[1]
        done.refresh_from_db()
        forums.move_need(
            need=done,
            by=owner,
            to=DevelopmentState.DONE,
            outcome="Järjestöt ja seurakunta ovat nyt kutsukäytännössä ensimmäisten joukossa.",
            seen_version=done.version,
        )
    coming = _forum(
        teller, boss, 21, area=area, themes="Lapsen oma näkemys: miten se kuullaan?\nKevään yhteiset illat"
    )
    _answer(teller, coming, chance, -2)
    home = teller.network.municipalities[HOME_TOWN]
    _forum(
        teller,
        boss,
        12,
        municipality=home,
        kind=ForumKind.DAY_CARES,
        sectors=[Sector.EDUCATION],
        themes="Mikä päiväkodin arjessa sujuu, ja mihin kaivataan apua?",
    )


def _known(teller: Teller, names: tuple[str, ...]) -> list[Municipality]:
    return [teller.network.municipalities[name] for name in names if name in teller.network.municipalities]


def _forum(teller: Teller, boss: Worker, workdays: int, **fields) -> AreaForum:
    starts_at = teller.at(workdays, time(12, 30))
    values: dict[str, Any] = {
        "kind": ForumKind.AREA,
        "area": None,
        "municipality": None,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "place": "Kiuruveden perhekeskus",
        "sectors": [],
    }
    with set_to(teller.at(min(workdays - 30, -4), time(9))):
        forum = forums.save_forum(forum=AreaForum(), by=boss, fields=values | fields)
        return forums.invite(forum=forum, by=boss, seen_version=forum.version)


def _answer(teller: Teller, forum: AreaForum, chance: Chance, workdays: int) -> None:
    """Some of those invited have answered."""
    rows = list(forum.participations.select_related("worker").order_by("pk"))
    answers = [ForumAnswer.COMING, ForumAnswer.COMING, ForumAnswer.MAYBE, ForumAnswer.NOT_COMING]
    with set_to(teller.at(workdays, time(10))):
        for row in chance.few(rows, 40):
            forums.answer(forum=forum, by=row.worker, says=chance.choice(answers))


# --- thanks and feedback -------------------------------------------------------------------------


def _between_two(teller: Teller) -> None:
    front, responsible = (teller.network.desks[name] for name in ("lahityontekija", "vastuutyontekija"))
    with set_to(teller.at(-5, time(15))):
        feedback.thank(
            to=front,
            by=responsible,
            text="Kiitos, että kutsuit minut heti mukaan. Alku oli helpompi kuin osasin odottaa.",
        )
    with set_to(teller.at(-9, time(15))):
        feedback.thank(
            to=responsible, by=front, text="Kiitos selkeästä kirjaamisesta. Kaikki tiesivät, mitä tehdään."
        )
        given = feedback.give(
            to=front,
            by=responsible,
            text="Huomasin, että aloitimme kokouksen kymmenen minuuttia myöhässä ja loppu meni kiireessä."
            " Sopisiko, että ensi kerralla aloitamme tasalta, vaikka joku vielä puuttuu?",
        )
    with set_to(teller.at(-8, time(9))):
        feedback.reply(feedback=given, by=front, text="Hyvä huomio, kiitos. Sovitaan niin.")
