"""Places of work and the people's posts in them: the bodies that the Hanko interviews list."""

from dataclasses import dataclass

from network.states import Sector


@dataclass(frozen=True)
class Body:
    """An organisation of a municipality, or the county's own; `{of}` and `{name}` are the municipality's."""

    name: str
    sector: Sector
    is_public_service: bool
    # The part after @ in its workers' addresses; `{plain}` is the municipality's.
    domain: str


COUNTY = Body("Pohjois-Savon hyvinvointialue", Sector.SOCIAL_HEALTH, True, "pohjois-savo.example")
EDUCATION = Body("{council}", Sector.EDUCATION, True, "{plain}.example")
YOUTH = Body("{of} nuorisopalvelut", Sector.YOUTH, True, "{plain}.example")
CULTURE = Body("{of} kulttuuripalvelut", Sector.CULTURE, True, "{plain}.example")
TECHNICAL = Body("{of} tekninen toimi", Sector.TECHNICAL, True, "{plain}.example")
PARISH = Body("{of} seurakunta", Sector.PARISH, False, "{plain}-seurakunta.example")
MLL = Body("MLL {name}", Sector.THIRD_SECTOR, False, "mll-{plain}.example")
POLICE = Body("Itä-Suomen poliisilaitos", Sector.POLICE, True, "poliisi.example")


@dataclass(frozen=True)
class Post:
    """What somebody is and does; `key` is what the families' stories call them by."""

    key: str
    title: str
    what_i_do: str
    expertise: tuple[str, ...]
    in_team: bool = False
    is_supervisor: bool = False


@dataclass(frozen=True)
class Workplace:
    body: Body
    # `{of}`, `{name}`, `{day_care}` and `{school}` are filled in.
    name: str
    posts: tuple[Post, ...]
    hours: str = "ma–pe 8–16"
    # Name, seats, whether it is accessible.
    rooms: tuple[tuple[str, int, bool], ...] = ()


# What a room of this name has, as `meetings.states.Equipment` calls it.
EQUIPMENT = {
    "Pihlaja": ["screen", "play", "loop", "parking"],
    "Koivu": ["play", "parking"],
    "Ryhmähuone": ["screen"],
}

FAMILY_WORKER = Post(
    "family_worker",
    "perhetyöntekijä",
    "Tulen kotiin ja katson arkea teidän kanssanne: aamuja, iltoja, leikkiä ja riitoja. Mietimme yhdessä,"
    " mikä pieni asia helpottaisi jo ensi viikolla.",
    ("arjen rutiinit", "uni ja vuorokausirytmi", "vanhemmuuden tuki"),
    True,
)
FAMILY_COUNSELLOR = Post(
    "family_counsellor",
    "perheohjaaja",
    "Vedän vanhempien ryhmiä ja tapaan perheitä kahden kesken. Autan kokoamaan tuen niistä ihmisistä, jotka"
    " teillä jo on ympärillänne.",
    ("vanhemmuuden tuki", "läheisverkoston kokoaminen", "vertaistuki"),
    True,
)
PSYCHOLOGIST = Post(
    "psychologist",
    "perhekeskuksen psykologi",
    "Tapaan lapsia ja vanhempia, kun jokin mietityttää lapsen kehityksessä tai mielessä. Tulen mieluusti"
    " mukaan jo silloin, kun asialle ei ole vielä nimeä.",
    ("varhainen vuorovaikutus", "taaperon tunteet", "jännittäminen ja pelot", "neurokirjo"),
    True,
)
SOCIAL_COUNSELLOR = Post(
    "social_counsellor",
    "sosiaaliohjaaja",
    "Selvitän teidän kanssanne, mitä tukea perhe voi saada kotiin, ja autan hakemuksissa. Puhun selkokieltä"
    " myös rahasta.",
    ("vanhemman jaksaminen", "raha ja velat", "maahan muuttaneen perheen tuki"),
    True,
)
SOCIAL_WORKER = Post(
    "social_worker",
    "perhesosiaalityön sosiaalityöntekijä",
    "Arvioin perheen kanssa, millaista tukea arki tarvitsee, ja huolehdin siitä, että se myös tulee.",
    ("vanhemmuuden tuki", "ero ja vanhemmuus", "väkivalta ja turvallisuus"),
)
CHILD_PROTECTION = Post(
    "child_protection",
    "lastensuojelun sosiaalityöntekijä",
    "Minulta voi kysyä neuvoa myös ilman ilmoitusta ja perheen nimeä. Lapsen turvallisuus on aina"
    " ensimmäinen kysymykseni, perheen voimat toinen.",
    ("väkivalta ja turvallisuus", "päihteet", "vanhemman jaksaminen"),
)
CHILD_WELFARE_OFFICER = Post(
    "child_welfare_officer",
    "lastenvalvoja",
    "Vahvistan sopimukset huollosta, asumisesta, tapaamisista ja elatuksesta. Autan löytämään sovun, jossa"
    " lapsi saa pitää molemmat kotinsa.",
    ("ero ja vanhemmuus", "elatus ja tapaamisoikeus"),
)
CLINIC_NURSE = Post(
    "clinic_nurse",
    "neuvolan terveydenhoitaja",
    "Seuraan odotusta, vauvan kasvua ja koko perheen vointia. Unesta, syömisestä ja väsymyksestä saa soittaa"
    " ilman ajanvarausta.",
    ("imetys", "ruokailu", "uni ja vuorokausirytmi", "varhainen vuorovaikutus"),
    True,
)
CONTRACEPTION_NURSE = Post(
    "contraception_nurse",
    "ehkäisyneuvolan terveydenhoitaja",
    "Ehkäisy, raskaustestit, seksuaaliterveys. Nuori voi tulla yksin tai kaverin kanssa.",
    ("raskaus ja ehkäisy",),
)
SCHOOL_NURSE = Post(
    "school_nurse",
    "kouluterveydenhoitaja",
    "Olen koululla neljänä päivänä viikossa. Oveni on auki väsyneelle, jännittävälle ja vatsakipuiselle,"
    " ja vanhemmalle, joka miettii, mistä aloittaa.",
    ("uni ja vuorokausirytmi", "jännittäminen ja pelot", "nuoren mieliala"),
    True,
)
SCHOOL_SOCIAL_WORKER = Post(
    "school_social_worker",
    "koulukuraattori",
    "Kaverit, kiusaaminen, poissaolot, riidat kotona: puhutaan ja etsitään yhdessä seuraava askel.",
    ("koulupoissaolot", "kiusaaminen", "kaverisuhteet"),
    True,
)
SCHOOL_PSYCHOLOGIST = Post(
    "school_psychologist",
    "koulupsykologi",
    "Tapaan oppilaita, kun oppiminen takkuaa tai mieli on maassa. Mietin opettajien kanssa, miten koulupäivä"
    " saadaan lapselle sopivaksi.",
    ("nuoren mieliala", "oppimisen tuki", "tarkkaavuus ja keskittyminen"),
)
DAY_CARE_TEACHER = Post(
    "day_care_teacher",
    "varhaiskasvatuksen opettaja",
    "Vastaan ryhmän pedagogiikasta ja lapsen varhaiskasvatussuunnitelmasta. Näen lapsen joka päivä ja"
    " kerron mielelläni, mikä häneltä jo sujuu.",
    ("taaperon tunteet", "kaverisuhteet", "arjen rutiinit"),
)
DAY_CARE_NURSE = Post(
    "day_care_nurse",
    "varhaiskasvatuksen lastenhoitaja",
    "Olen lapsen turvallinen syli päiväkodissa: vaipat, ruokailut, päiväunet, ulkoilut.",
    ("ruokailu", "arjen rutiinit"),
)
SPECIAL_DAY_CARE_TEACHER = Post(
    "special_day_care_teacher",
    "varhaiskasvatuksen erityisopettaja",
    "Kierrän päiväkodeissa ja mietin ryhmän kanssa, miten päivä saadaan lapselle sopivaksi. Kuvia, pieniä"
    " ryhmiä, selkeitä siirtymiä.",
    ("kielen kehitys", "aistiherkkyydet", "neurokirjo", "taaperon tunteet"),
    True,
)
PRESCHOOL_TEACHER = Post(
    "preschool_teacher",
    "esiopettaja",
    "Autan lasta kohti koulua: leikkiä, kirjaimia, kavereita. Nivelvaihe suunnitellaan yhdessä kodin kanssa.",
    ("oppimisen tuki", "kaverisuhteet"),
)
CLASS_TEACHER = Post(
    "class_teacher",
    "luokanopettaja",
    "Opetan alakoululaisia. Tavoitan parhaiten viestillä, soitan takaisin koulupäivän jälkeen.",
    ("oppimisen tuki", "kaverisuhteet"),
)
SPECIAL_TEACHER = Post(
    "special_teacher",
    "erityisopettaja",
    "Lukeminen, laskeminen, keskittyminen, pienryhmät. Kokeilemme yhdessä, mikä auttaa juuri tätä lasta.",
    ("oppimisen tuki", "tarkkaavuus ja keskittyminen", "neurokirjo"),
)
HEAD_TEACHER = Post(
    "head_teacher",
    "rehtori",
    "Järjestän, että koulussa sovitut asiat myös tapahtuvat.",
    ("koulupoissaolot", "kiusaaminen"),
    is_supervisor=True,
)
SCHOOL_ASSISTANT = Post(
    "school_assistant",
    "koulunkäynninohjaaja",
    "Kuljen lapsen rinnalla koulupäivässä ja iltapäiväkerhossa.",
    ("tarkkaavuus ja keskittyminen", "arjen rutiinit"),
)
YOUTH_WORKER = Post(
    "youth_worker",
    "nuoriso-ohjaaja",
    "Nuokkari on auki neljänä iltana. Tehdään ruokaa, pelataan, ollaan. Tunnen melkein kaikki kylän nuoret.",
    ("harrastukset", "kaverisuhteet", "pelaaminen ja puhelin"),
)
SPECIAL_YOUTH_WORKER = Post(
    "special_youth_worker",
    "erityisnuorisotyöntekijä",
    "Jalkaudun kouluille ja iltoihin. Kuljen nuoren kanssa niin kauan kuin tarvitaan.",
    ("päihteet", "nuoren mieliala", "kiusaaminen"),
)
OUTREACH_WORKER = Post(
    "outreach_worker",
    "etsivä nuorisotyöntekijä",
    "Tulen sinne, missä nuori on: kotiin, autolle, nuokkarille. Nuori päättää, mitä tehdään.",
    ("nuoren mieliala", "koulupoissaolot", "pelaaminen ja puhelin"),
    True,
)
PARISH_CHILDREN = Post(
    "parish_children",
    "seurakunnan lastenohjaaja",
    "Perhekerho, päiväkerho ja pyhäkoulu. Kerhoon saa tulla yöpuvussakin, kahvi on kuumaa.",
    ("vertaistuki", "arjen rutiinit"),
)
DEACON = Post(
    "deacon",
    "diakoniatyöntekijä",
    "Kuuntelen. Autan, kun suru on iso tai ruoka loppuu ennen rahapäivää. Ei tarvitse kuulua kirkkoon.",
    ("suru ja menetys", "raha ja velat", "vanhemman jaksaminen"),
    True,
)
MLL_COUNSELLOR = Post(
    "mll_counsellor",
    "perhekahvilan ohjaaja",
    "Perhekahvila kokoontuu tiistaisin ja torstaisin. Meiltä saa myös tukihenkilön ja lastenhoitoapua.",
    ("vertaistuki", "läheisverkoston kokoaminen"),
    True,
)
POLICE_OFFICER = Post(
    "police",
    "vanhempi konstaapeli, ennaltaehkäisevä toiminta",
    "Tulen mukaan puhumaan nuorten kanssa, ennen kuin mitään on sattunut, ja silloinkin, kun on.",
    ("väkivalta ja turvallisuus", "päihteet"),
)
CULTURE_WORKER = Post(
    "culture",
    "kulttuuriohjaaja",
    "Kirjasto, bändipaja, sanataide, satutunnit. Etsin lapselle harrastuksen, joka ei maksa.",
    ("harrastukset", "kaverisuhteet"),
)
HOUSING = Post(
    "housing",
    "asuntosihteeri",
    "Kaupungin vuokra-asunnot ja muutot. Kun koti on ahdas, kylmä tai kaukana koulusta, soita.",
    ("asuminen",),
)
GUIDANCE = Post(
    "guidance",
    "palveluohjaaja",
    "Vastaan lapsiperheiden yhteiseen numeroon. Kuuntelen ensin ja huolehdin sitten siitä, että joku"
    " todella ottaa kopin.",
    ("vanhemman jaksaminen", "arjen rutiinit"),
)
DAY_CARE_HEAD = Post(
    "day_care_head",
    "päiväkodin johtaja",
    "Huolehdin siitä, että henkilökunnalla on aikaa perheille ja että sovittu myös tapahtuu.",
    ("arjen rutiinit",),
    is_supervisor=True,
)
CLINIC_HEAD = Post(
    "clinic_head",
    "neuvolan osastonhoitaja",
    "Järjestän neuvolan työn niin, että jokaiselle perheelle on oma tuttu terveydenhoitaja.",
    ("vanhemmuuden tuki",),
    is_supervisor=True,
)
GUIDANCE_HEAD = Post(
    "guidance_head",
    "palveluesihenkilö",
    "Huolehdin siitä, ettei yksikään yhteydenotto jää odottamaan ja että palveluohjaajilla on aikaa vastata.",
    ("vanhemman jaksaminen",),
    is_supervisor=True,
)
COORDINATOR = Post(
    "coordinator",
    "perhekeskuskoordinaattori",
    "Pidän perhekeskusverkostoa koossa: kutsukäytännöt, tiimit, yhteiset koulutukset ja luvut.",
    (),
)
ADMINISTRATOR = Post(
    "administrator",
    "järjestelmäasiantuntija",
    "Huolehdin tunnuksista ja hakemistosta. En näe perheiden asioita.",
    (),
)

FAMILY_CENTRE = Workplace(
    COUNTY,
    "{of} perhekeskus",
    (FAMILY_WORKER, FAMILY_WORKER, FAMILY_COUNSELLOR, PSYCHOLOGIST),
    rooms=(("Pihlaja", 12, True), ("Koivu", 8, True), ("Kataja", 5, False)),
)
DAY_CARE = Workplace(
    EDUCATION,
    "{day_care} päiväkoti",
    (DAY_CARE_TEACHER, DAY_CARE_TEACHER, DAY_CARE_NURSE, DAY_CARE_HEAD),
    "ma–pe 6.30–17",
    (("Takkahuone", 8, True),),
)
SCHOOL = Workplace(
    EDUCATION,
    "{school}",
    (CLASS_TEACHER, CLASS_TEACHER, SPECIAL_TEACHER, HEAD_TEACHER, SCHOOL_ASSISTANT),
    "ma–pe 7.30–15.30",
    (("neuvotteluhuone", 10, True),),
)
OTHER_WORKPLACES = [
    Workplace(COUNTY, "Lapsiperheiden palvelut, {name}", (SOCIAL_COUNSELLOR, SOCIAL_WORKER)),
    Workplace(COUNTY, "Lastensuojelu, {name}", (CHILD_PROTECTION,)),
    Workplace(COUNTY, "Lastenvalvoja, {name}", (CHILD_WELFARE_OFFICER,), "ma–to 9–15"),
    Workplace(
        COUNTY,
        "{of} äitiys- ja lastenneuvola",
        (CLINIC_NURSE, CLINIC_NURSE, CLINIC_HEAD),
        rooms=(("Ryhmähuone", 10, True),),
    ),
    Workplace(COUNTY, "{of} ehkäisyneuvola", (CONTRACEPTION_NURSE,), "ti ja to 9–16"),
    Workplace(COUNTY, "{of} kouluterveydenhuolto", (SCHOOL_NURSE,), "ma–to 8–15"),
    Workplace(COUNTY, "{of} oppilashuolto", (SCHOOL_SOCIAL_WORKER, SCHOOL_PSYCHOLOGIST), "ma–pe 8–15"),
    Workplace(EDUCATION, "{of} erityispäivähoito", (SPECIAL_DAY_CARE_TEACHER,), "ma–pe 8–15"),
    Workplace(EDUCATION, "{of} esiopetus", (PRESCHOOL_TEACHER,), "ma–pe 8–14"),
    Workplace(YOUTH, "{of} nuorisokeskus", (YOUTH_WORKER,), "ma–to 12–20", (("Olohuone", 14, True),)),
    Workplace(YOUTH, "{of} erityisnuorisotyö", (SPECIAL_YOUTH_WORKER,), "ma–pe 10–18"),
    Workplace(YOUTH, "{of} etsivä nuorisotyö", (OUTREACH_WORKER,), "ma–pe 9–17"),
    Workplace(
        PARISH,
        "{of} seurakunta, perhetyö ja diakonia",
        (PARISH_CHILDREN, DEACON),
        "ma–to 9–15",
        (("Kerhohuone", 16, True),),
    ),
    Workplace(MLL, "MLL {name}, perhekahvila", (MLL_COUNSELLOR,), "ti ja to 9.30–12"),
    Workplace(CULTURE, "{of} kirjasto- ja kulttuuripalvelut", (CULTURE_WORKER,), "ma–pe 10–18"),
    Workplace(TECHNICAL, "{of} asuntotoimisto", (HOUSING,), "ma–to 9–15"),
]
POLICE_STATION = Workplace(POLICE, "{of} poliisiasema, ennaltaehkäisevä toiminta", (POLICE_OFFICER,))
# Police stations are few; the small municipalities call the nearest one.
POLICE_TOWNS = {"Kuopio", "Iisalmi", "Varkaus", "Kiuruvesi", "Siilinjärvi"}
