"""How far each municipality came in two years, as in seed 003, and invented numbers of under-18s."""

from datetime import time, timedelta

from network.actions import adoption
from network.models import Municipality, Population
from network.states import Adoption

from .clock import moment, set_to
from .threads import Teller

A = Adoption
# By municipality so many days ago into which stage. One does not see the need, and two have not answered.
WAYS: dict[str, tuple[tuple[int, Adoption], ...]] = {
    "Iisalmi": ((730, A.GOAL), (610, A.PLANNED), (480, A.TRIAL), (160, A.ROOTED)),
    "Joroinen": ((700, A.NOT_DISCUSSED), (330, A.GOAL), (120, A.PLANNED)),
    "Kaavi": ((690, A.NO_ANSWER), (300, A.NOT_DISCUSSED)),
    "Keitele": ((700, A.NOT_DISCUSSED), (220, A.GOAL)),
    "Kiuruvesi": ((730, A.PLANNED), (640, A.TRIAL), (250, A.ROOTED)),
    "Kuopio": ((720, A.GOAL), (540, A.PLANNED), (390, A.TRIAL)),
    "Lapinlahti": ((710, A.GOAL), (500, A.PLANNED), (280, A.TRIAL)),
    "Leppävirta": ((700, A.NOT_DISCUSSED), (420, A.PLANNED), (190, A.TRIAL)),
    "Pielavesi": ((700, A.GOAL), (260, A.PLANNED)),
    "Rautalampi": ((690, A.NO_ANSWER),),
    "Rautavaara": ((690, A.NOT_DISCUSSED), (350, A.NOT_NEEDED)),
    "Siilinjärvi": ((730, A.PLANNED), (590, A.TRIAL), (90, A.ROOTED)),
    "Sonkajärvi": ((710, A.GOAL), (450, A.PLANNED), (210, A.TRIAL)),
    "Suonenjoki": ((700, A.NOT_DISCUSSED), (380, A.GOAL), (150, A.PLANNED)),
    "Tervo": ((690, A.NO_ANSWER),),
    "Tuusniemi": ((690, A.NOT_DISCUSSED), (200, A.GOAL)),
    "Varkaus": ((720, A.GOAL), (520, A.PLANNED), (310, A.TRIAL)),
    "Vesanto": ((690, A.NO_ANSWER), (400, A.NOT_DISCUSSED)),
    "Vieremä": ((710, A.GOAL), (470, A.PLANNED), (240, A.TRIAL)),
}
NOTES = {
    A.GOAL: "Johtoryhmä on päättänyt, että malli otetaan käyttöön.",
    A.PLANNED: "Työryhmä suunnittelee kokeilua. Perhekeskustiimi nimetään ensin.",
    A.TRIAL: "Kokeilu alkoi yhdessä päiväkodissa ja koulussa.",
    A.ROOTED: "Yhteinen aika kuuluu jo arkeen, ja uudet työntekijät perehdytetään siihen.",
    A.NOT_NEEDED: "Kunnassa on vähän lapsia, ja kaikki tuntevat toisensa.",
    A.NO_ANSWER: "Kysyttiin kahdesti.",
}


def tell_of_adoption(teller: Teller) -> int:
    """Every stage on its day, by the real action, and round invented numbers; how many stages."""
    boss, known = teller.network.desks["koordinaattori"], teller.network.municipalities
    told = 0
    for name, way in WAYS.items():
        if (municipality := known.get(name)) is None:
            continue
        for days_ago, stage in way:
            day = teller.today - timedelta(days=days_ago)
            with set_to(moment(day, time(9))):
                adoption.record(
                    by=boss,
                    municipality=municipality,
                    stage=stage,
                    since=day,
                    note=NOTES.get(stage, ""),
                )
            told += 1
    _invent_populations(list(known.values()), teller.today.year)
    return told


def _invent_populations(municipalities: list[Municipality], year: int) -> None:
    """Hundreds for each, by the number of its units only: nobody takes them for real ones."""
    Population.objects.bulk_create(
        Population(municipality=one, year=year - 1, under_18=500 * one.units.count())
        for one in municipalities
    )
