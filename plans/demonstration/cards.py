"""What the demonstration's workers and units tell of themselves, the areas, and the one phone number."""

from random import Random

from django.db.models import Q

from network.models import Area, Municipality, Unit, Worker
from network.states import SpokenLanguage

from .places import CENTRE, PLACES

GUIDANCE_UNIT = "Lapsiperheiden ohjaus- ja neuvontapalvelu"

AREAS = {
    "Ylä-Savo": ("Iisalmi", "Kiuruvesi", "Lapinlahti", "Sonkajärvi", "Vieremä", "Keitele", "Pielavesi"),
    "Kuopion seutu": ("Kuopio", "Siilinjärvi", "Tuusniemi", "Rautavaara", "Kaavi"),
    "Keski-Savo": ("Varkaus", "Leppävirta", "Joroinen", "Suonenjoki", "Rautalampi", "Tervo", "Vesanto"),
}

REACHABLE = (
    "Arkisin klo 8–9, muuten jätä viesti.",
    "Tekstiviesti tavoittaa aina, soitan takaisin samana päivänä.",
    "Parhaiten iltapäivisin klo 13–15.30.",
    "Sähköpostilla, vastaan kahden arkipäivän kuluessa.",
)

# How a unit's name tells what is done there.
DESCRIPTIONS = (
    ("perhekeskus", "Perhetyötä, neuvolapalveluja ja vertaisryhmiä. Tänne voi tulla myös vain juttelemaan."),
    ("koulu", "Terveydenhoitaja, kuraattori ja psykologi ovat oppilaiden ja vanhempien tavattavissa."),
    ("päiväkoti", "Varhaiskasvatusta ja arjen tukea pienten lasten perheille."),
    ("seurakun", "Perhekerhoja, keskusteluapua ja tukea arkeen kaikille, myös kirkkoon kuulumattomille."),
    ("nuoriso", "Nuorten ohjausta ja matalan kynnyksen tapaamisia iltapäivisin ja iltaisin."),
    ("neuvola", "Lapsen kasvun ja vanhemmuuden tukena raskaudesta kouluikään."),
)


def fill_cards() -> None:
    """Fill the cards. A chance of its own: what comes after is as it would have been without this."""
    chance = Random("kortit")
    _draw_areas()
    _describe_units()
    workers = list(Worker.objects.order_by("pk"))
    for worker in workers:
        worker.languages = [SpokenLanguage.FINNISH, *_other_languages(chance)]
        worker.reachable = chance.choice(REACHABLE)
        worker.available_for_consultation = chance.random() < 0.85
        worker.is_unit_editor = worker.title.startswith("Johta") or chance.random() < 0.1
    Worker.objects.bulk_update(
        workers,
        ["languages", "reachable", "available_for_consultation", "is_unit_editor"],
        batch_size=500,
    )
    Worker.objects.filter(Q(email="lahityontekija@demo.example")).update(is_unit_editor=True)


def _other_languages(chance: Random) -> list[str]:
    known: list[str] = [SpokenLanguage.ENGLISH] if chance.random() < 0.7 else []
    if chance.random() < 0.25:
        known.append(SpokenLanguage.SWEDISH)
    if chance.random() < 0.08:
        known.append(
            chance.choice(
                [
                    SpokenLanguage.RUSSIAN,
                    SpokenLanguage.ARABIC,
                    SpokenLanguage.SOMALI,
                    SpokenLanguage.UKRAINIAN,
                    SpokenLanguage.FINNISH_SIGN,
                ]
            )
        )
    return known


def _draw_areas() -> None:
    for name, municipalities in AREAS.items():
        area, _is_new = Area.objects.get_or_create(name=name)
        area.municipalities.set(Municipality.objects.filter(name_fi__in=municipalities))
        Unit.objects.filter(municipality__name_fi__in=municipalities).update(area=area)


def _describe_units() -> None:
    for word, text in DESCRIPTIONS:
        Unit.objects.filter(name__icontains=word, description="").update(description=text)
    guidance = Unit.objects.filter(name=GUIDANCE_UNIT, municipality__name_fi=CENTRE).first()
    if guidance is None:
        return
    guidance.description = "Yksi numero, josta perhe saa neuvon ja jossa joku ottaa asian hoitaakseen."
    guidance.save(update_fields=["description"])
    Municipality.objects.filter(name_fi__in=[place.name for place in PLACES]).update(guidance_unit=guidance)
