"""The municipalities of Pohjois-Savo: how their names bend, and how much there is of everything in each."""

from dataclasses import dataclass

COUNTY = "Pohjois-Savo"
CENTRE = "Kuopio"
HOME_TOWN = "Kiuruvesi"


@dataclass(frozen=True)
class Place:
    """A municipality: its name and "of it", how many day-care centres and schools, shared times a month."""

    name: str
    of: str
    is_town: bool
    day_cares: int
    schools: int
    held_a_month: int

    @property
    def council(self) -> str:
        return f"{self.of} {'kaupunki' if self.is_town else 'kunta'}"


PLACES = [
    Place("Iisalmi", "Iisalmen", True, 3, 3, 9),
    Place("Joroinen", "Joroisten", False, 1, 1, 3),
    Place("Kaavi", "Kaavin", False, 1, 1, 1),
    Place("Keitele", "Keiteleen", False, 1, 1, 1),
    Place("Kiuruvesi", "Kiuruveden", True, 3, 2, 8),
    Place("Kuopio", "Kuopion", True, 5, 5, 17),
    Place("Lapinlahti", "Lapinlahden", False, 2, 2, 6),
    Place("Leppävirta", "Leppävirran", False, 2, 2, 5),
    Place("Pielavesi", "Pielaveden", False, 1, 1, 2),
    Place("Rautalampi", "Rautalammin", False, 1, 1, 1),
    Place("Rautavaara", "Rautavaaran", False, 1, 1, 0),
    Place("Siilinjärvi", "Siilinjärven", False, 3, 3, 10),
    Place("Sonkajärvi", "Sonkajärven", False, 1, 1, 3),
    Place("Suonenjoki", "Suonenjoen", True, 2, 1, 4),
    Place("Tervo", "Tervon", False, 1, 1, 0),
    Place("Tuusniemi", "Tuusniemen", False, 1, 1, 1),
    Place("Varkaus", "Varkauden", True, 3, 3, 9),
    Place("Vesanto", "Vesannon", False, 1, 1, 1),
    Place("Vieremä", "Vieremän", False, 1, 1, 2),
]

# The first of the home town is the frontline worker's own.
DAY_CARES = [
    "Kettulan",
    "Satumetsän",
    "Kuunsillan",
    "Peipposen",
    "Mansikkamäen",
    "Leppäkertun",
    "Tuulenpesän",
]
SCHOOLS = ["yhtenäiskoulu", "Kirkonkylän koulu", "Rantakylän koulu", "Harjulan koulu", "Mäntylän koulu"]
STREETS = ["Koulukatu", "Asematie", "Rantatie", "Kirkkokatu", "Niemistönkatu", "Puistokatu", "Hovinpellontie"]
