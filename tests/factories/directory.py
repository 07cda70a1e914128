"""The network: places, organisations, units, and the people who work in them."""

from datetime import time

import factory
from factory.django import DjangoModelFactory
from faker import Faker

from meetings.models import Room, WorkingHours
from network.models import (
    Area,
    ContactRule,
    Expertise,
    Municipality,
    Need,
    Organisation,
    OutsideProfessional,
    Team,
    Unit,
    Worker,
)
from network.states import Sector, Weekday

PASSWORD = "yhteinen-aika-testi"


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = "263"
    name_fi = factory.LazyAttribute(lambda one: "Kiuruvesi" if one.code == "263" else f"Kunta {one.code}")
    name_sv = factory.SelfAttribute("name_fi")
    county_fi = "Pohjois-Savo"
    county_sv = "Norra Savolax"
    languages = "fi"


class OrganisationFactory(DjangoModelFactory):
    """A public service, unless told otherwise."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Kaupungin palvelut {number}")
    sector = Sector.EDUCATION
    is_public_service = True

    class Params:
        third_sector = factory.Trait(
            name=factory.Sequence(lambda number: f"Yhdistys {number}"),
            sector=Sector.THIRD_SECTOR,
            is_public_service=False,
        )


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda number: f"Päiväkoti {number}")
    address = "Esimerkkitie 1"
    phone = "+358401234567"


class WorkerFactory(DjangoModelFactory):
    """A worker who can sign in with `PASSWORD`."""

    class Meta:
        model = Worker
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"tyontekija{number}@kuopio.example")
    first_name = factory.LazyFunction(lambda: _first_name())
    last_name = factory.Faker("last_name", locale="fi_FI")
    title = "varhaiskasvatuksen opettaja"
    unit = factory.SubFactory(UnitFactory)
    phone = "+358407654321"
    what_i_do = "Tunnen pienten lasten arjen."
    # One hashing for all of them: the tests sign in by force, or with this password.
    password = factory.LazyFunction(lambda: _hashed_password())

    class Params:
        third_sector = factory.Trait(
            unit=factory.SubFactory(UnitFactory, organisation__third_sector=True, name="Perhekahvila")
        )
        coordinator = factory.Trait(is_coordinator=True, title="koordinaattori")
        administrator = factory.Trait(is_administrator=True, title="pääkäyttäjä")
        guidance = factory.Trait(is_guidance=True, title="palveluohjaaja")


# A worker of the same name would be found where nothing of the family may be (tests/factories/threads.py).
OF_THE_FAMILY = {"Aada", "Kaisa", "Örjan"}
_NAMES = Faker("fi_FI")


def _first_name() -> str:
    while (name := _NAMES.first_name()) in OF_THE_FAMILY:
        pass
    return name


_HASHED: list[str] = []


def _hashed_password() -> str:
    if not _HASHED:
        from django.contrib.auth.hashers import make_password

        _HASHED.append(make_password(PASSWORD))
    return _HASHED[0]


class ExpertiseFactory(DjangoModelFactory):
    class Meta:
        model = Expertise
        django_get_or_create = ("name",)

    name = "uni ja rytmi"


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = Need
        django_get_or_create = ("name",)
        skip_postgeneration_save = True

    name = "aamut eivät suju"

    @factory.post_generation
    def expertise(self, create, extracted, **kwargs):
        if create:
            self.expertise.set(extracted or [ExpertiseFactory()])


class AreaFactory(DjangoModelFactory):
    """An area of one municipality, unless told otherwise."""

    class Meta:
        model = Area
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Alue {number}")

    @factory.post_generation
    def municipalities(self, create, extracted, **kwargs):
        if create:
            self.municipalities.set(extracted or [MunicipalityFactory()])


class TeamFactory(DjangoModelFactory):
    """A team that is asked directly."""

    class Meta:
        model = Team
        skip_postgeneration_save = True

    area = factory.SubFactory(AreaFactory)
    name = factory.Sequence(lambda number: f"Perhekeskustiimi {number}")

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        if create:
            self.members.set(extracted or [])


class ContactRuleFactory(DjangoModelFactory):
    """A unit on the list, after those that are on it already."""

    class Meta:
        model = ContactRule

    need = factory.SubFactory(NeedFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    unit = factory.SubFactory(UnitFactory)
    how = "Soita arkisin 8–9."

    @factory.lazy_attribute
    def position(self) -> int:
        others = ContactRule.objects.filter(need=self.need, municipality=self.municipality)
        return (others.order_by("-position").values_list("position", flat=True).first() or 0) + 1


class OutsideProfessionalFactory(DjangoModelFactory):
    """Somebody who works elsewhere and has no account."""

    class Meta:
        model = OutsideProfessional

    name = factory.Faker("name", locale="fi_FI")
    title = "perhetyöntekijä"
    organisation = "Perheen talo ry"
    email = factory.Sequence(lambda number: f"ulkopuolinen{number}@jarjesto.example")
    added_by = factory.SubFactory(WorkerFactory)


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    unit = factory.SubFactory(UnitFactory, name=factory.Sequence(lambda number: f"Perhekeskus {number}"))
    name = factory.Sequence(lambda number: f"Pihlaja {number}")
    seats = 12
    is_accessible = True


class WorkingHoursFactory(DjangoModelFactory):
    class Meta:
        model = WorkingHours

    worker = factory.SubFactory(WorkerFactory)
    weekday = Weekday.MONDAY
    starts = time(8)
    ends = time(16)


def working_week(worker: Worker, *, starts: time = time(8), ends: time = time(16)) -> None:
    """Monday to Friday at work between the two."""
    for weekday in range(1, 6):
        WorkingHoursFactory(worker=worker, weekday=weekday, starts=starts, ends=ends)
