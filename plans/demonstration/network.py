"""The network of Pohjois-Savo: organisations, places of work, people, rooms, teams."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from meetings.models import Room
from network.models import Area, Expertise, Municipality, Need, Organisation, Team, Unit, Worker

from . import posts
from .cards import fill_cards
from .chance import Chance, invented_phone, plain
from .expertise import EXPERTISE, NEEDS
from .places import CENTRE, DAY_CARES, HOME_TOWN, PLACES, SCHOOLS, STREETS, Place
from .posts import Body, Post, Workplace

PASSWORD = "yhteinen-aika-demo"
NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX + "esittely"

PRACTICE = """\
Kun perhe toivoo yhteistä aikaa, lähityöntekijä kysyy ensin: ketkä teillä jo ovat mukana arjessa?

1. Perheen luvalla kutsutaan 2–5 ihmistä, ei varmuuden vuoksi.
2. Alle kouluikäisen asiassa kysytään ensin neuvolaa ja perhekeskuksen perhetyöntekijää.
3. Koululaisen asiassa kysytään ensin kouluterveydenhoitajaa ja kuraattoria.
4. Läheinen on yhtä tervetullut kuin työntekijä.
5. Aika löytyy kahdessa viikossa. Tila varataan sieltä, missä perheen on hyvä olla.
"""


@dataclass
class Network:
    """The demonstration's people, to be asked for by their post and place."""

    municipalities: dict[str, Municipality]
    workers: dict[tuple[str, str], list[Worker]] = field(default_factory=lambda: defaultdict(list))
    desks: dict[str, Worker] = field(default_factory=dict)
    units: int = 0
    rooms: int = 0

    def one(self, place: str, post: str, chance: Random) -> Worker:
        """Somebody of the post in the municipality, or of the nearest one that has such a post."""
        return chance.choice(self.workers.get((place, post)) or self.workers[CENTRE, post])

    def everybody(self) -> list[Worker]:
        return [worker for people in self.workers.values() for worker in people]


@dataclass(frozen=True)
class _Person:
    worker: Worker
    post: Post
    place: str


# Those who sign in with one click: post, how the unit's name begins, first and last name.
DESKS = {
    "lahityontekija": (posts.DAY_CARE_TEACHER, "Kettulan", "Kaisa", "Pöllänen"),
    "vastuutyontekija": (posts.FAMILY_WORKER, "Kiuruveden perhekeskus", "Marja", "Heiskanen"),
    "ohjaus": (posts.GUIDANCE, "Lapsiperheiden ohjaus", "Sanna", "Väisänen"),
    "esihenkilo": (posts.GUIDANCE_HEAD, "Lapsiperheiden ohjaus", "Leena", "Rissanen"),
    "koordinaattori": (posts.COORDINATOR, "Perhekeskuskoordinaatio", "Outi", "Karttunen"),
    "paakayttaja": (posts.ADMINISTRATOR, "Perhekeskuskoordinaatio", "Jari", "Tolvanen"),
}


def build(chance: Chance) -> Network:
    """Make everything that is there before any family comes."""
    places = {place.name: place for place in PLACES}
    found = Municipality.objects.filter(name_fi__in=places).order_by("code")
    network = Network({municipality.name_fi: municipality for municipality in found})
    _know_things()
    people: list[_Person] = []
    taken: set[str] = set()
    organisations: dict[str, Organisation] = {}
    for place in PLACES:
        for workplace, name in _workplaces(place, chance):
            unit = _open(place, workplace, name, organisations, network, chance)
            for post in workplace.posts:
                desk = _desk_of(post, name, network)
                worker = _hire(post, unit, _domain(workplace.body, place), taken, chance, desk)
                if desk:
                    network.desks[desk] = worker
                people.append(_Person(worker, post, place.name))
    Worker.objects.bulk_create([person.worker for person in people])
    for person in people:
        network.workers[person.place, person.post.key].append(person.worker)
    _learn(people)
    _gather_teams(people, network)
    fill_cards()
    return network


def _know_things() -> None:
    Expertise.objects.bulk_create([Expertise(name=name) for name in EXPERTISE], ignore_conflicts=True)
    Need.objects.bulk_create([Need(name=name) for name in NEEDS], ignore_conflicts=True)
    known = {one.name: one for one in Expertise.objects.all()}
    for need in Need.objects.filter(name__in=NEEDS):
        need.expertise.add(*[known[name] for name in NEEDS[need.name]])


def _workplaces(place: Place, chance: Chance) -> Iterable[tuple[Workplace, str]]:
    """Every place of work of the municipality, with its name."""
    words = {"of": place.of, "name": place.name}
    yield posts.FAMILY_CENTRE, posts.FAMILY_CENTRE.name.format(**words)
    first = DAY_CARES[0] if place.name == HOME_TOWN else ""
    others = chance.sample(DAY_CARES[1:], place.day_cares - bool(first))
    for day_care in [first, *others] if first else others:
        yield posts.DAY_CARE, posts.DAY_CARE.name.format(day_care=day_care)
    for school in SCHOOLS[: place.schools]:
        yield posts.SCHOOL, f"{place.of} {school}" if school == SCHOOLS[0] else school
    for workplace in posts.OTHER_WORKPLACES:
        yield workplace, workplace.name.format(**words)
    if place.name in posts.POLICE_TOWNS:
        yield posts.POLICE_STATION, posts.POLICE_STATION.name.format(**words)
    if place.name == CENTRE:
        guidance = (posts.GUIDANCE, posts.GUIDANCE, posts.GUIDANCE_HEAD)
        yield Workplace(posts.COUNTY, "", guidance), "Lapsiperheiden ohjaus- ja neuvontapalvelu"
        office = (posts.COORDINATOR, posts.ADMINISTRATOR)
        yield Workplace(posts.COUNTY, "", office), "Perhekeskuskoordinaatio"


def _open(
    place: Place,
    workplace: Workplace,
    name: str,
    organisations: dict[str, Organisation],
    network: Network,
    chance: Chance,
) -> Unit:
    body = workplace.body
    called = body.name.format(of=place.of, name=place.name, council=place.council)
    if called not in organisations:
        organisations[called], _made = Organisation.objects.get_or_create(
            name=called, defaults={"sector": body.sector, "is_public_service": body.is_public_service}
        )
    network.units += 1
    unit = Unit.objects.create(
        organisation=organisations[called],
        name=name,
        municipality=network.municipalities[place.name],
        address=f"{chance.choice(STREETS)} {chance.randint(1, 48)}, {place.name}",
        phone=invented_phone("044", network.units),
        opening_hours=workplace.hours,
    )
    Room.objects.bulk_create(
        Room(
            unit=unit,
            name=room,
            seats=seats,
            is_accessible=accessible,
            equipment=posts.EQUIPMENT.get(room, []),
        )
        for room, seats, accessible in workplace.rooms
    )
    network.rooms += len(workplace.rooms)
    return unit


def _desk_of(post: Post, unit_name: str, network: Network) -> str | None:
    """The sign-in that the first holder of this post in this unit is for."""
    for desk, (its_post, its_unit, _first, _last) in DESKS.items():
        if desk not in network.desks and its_post is post and unit_name.startswith(its_unit):
            return desk
    return None


def _domain(body: Body, place: Place) -> str:
    return body.domain.format(plain=plain(place.name))


def _hire(post: Post, unit: Unit, domain: str, taken: set[str], chance: Chance, desk: str | None) -> Worker:
    first, last = chance.first_name(), chance.last_name()
    if desk:
        first, last = DESKS[desk][2:]
    # No two of the same name: who is who is plain at a glance.
    while (name := f"{plain(first)}.{plain(last)}") in taken:
        last = chance.last_name()
    taken.add(name)
    email = f"{desk}@demo.example" if desk else f"{name}@{domain}"
    return Worker(
        email=email,
        password=make_password(PASSWORD) if desk else NO_PASSWORD,
        first_name=first,
        last_name=last,
        title=post.title,
        unit=unit,
        phone=invented_phone("044", 2000 + len(taken)),
        what_i_do=post.what_i_do,
        is_supervisor=post.is_supervisor,
        is_guidance=post is posts.GUIDANCE,
        is_coordinator=post is posts.COORDINATOR,
        is_administrator=post is posts.ADMINISTRATOR,
    )


def _learn(people: list[_Person]) -> None:
    known = {one.name: one.pk for one in Expertise.objects.all()}
    has = Worker.expertise.through
    has.objects.bulk_create(
        has(worker_id=person.worker.pk, expertise_id=known[name])
        for person in people
        for name in person.post.expertise
    )


def _gather_teams(people: list[_Person], network: Network) -> None:
    belongs = Team.members.through
    rows = []
    for place in PLACES:
        area = Area.objects.create(name=place.name)
        area.municipalities.add(network.municipalities[place.name])
        team = Team.objects.create(area=area, name=f"{place.of} perhekeskustiimi", practice=PRACTICE)
        # One of each post: a team is a handful of people, not a staff list.
        members = {
            person.post.key: person for person in people if person.place == place.name and person.post.in_team
        }
        rows += [belongs(team_id=team.pk, worker_id=person.worker.pk) for person in members.values()]
    desk = network.desks["vastuutyontekija"]
    belongs.objects.bulk_create(rows)
    Team.objects.get(area__name=HOME_TOWN).members.add(desk)
