"""The network itself: municipalities, areas, organisations, units, expertise, needs."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from perhekeskus.history import keeps_history

from ..querysets import OpenQuerySet, UnitQuerySet
from ..states import Sector

USUAL_TRAVEL_MINUTES, LONGEST_TRAVEL_MINUTES = 15, 180
# The widest map of a county: its style sheet knows as many columns and rows.
LARGEST_TILE = 20


class Municipality(models.Model):
    """A municipality of Finland: data that an administrator can correct."""

    code = models.CharField(_("kuntanumero"), max_length=3, primary_key=True)
    name_fi = models.CharField(_("nimi suomeksi"), max_length=60, unique=True)
    name_sv = models.CharField(_("nimi ruotsiksi"), max_length=60)
    county_fi = models.CharField(_("hyvinvointialue suomeksi"), max_length=60, db_index=True)
    county_sv = models.CharField(_("hyvinvointialue ruotsiksi"), max_length=60)
    languages = models.CharField(_("kielet"), max_length=20, help_text=_("Esimerkiksi fi tai fi sv."))
    # The one phone number and the electronic contact of the families who live here are this unit's.
    guidance_unit = models.ForeignKey(
        "network.Unit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="guided_municipalities",
        verbose_name=_("ohjaus- ja neuvontapalvelu"),
    )
    # How long it takes from one place to the next, when a common time is looked for.
    travel_minutes = models.PositiveSmallIntegerField(
        _("matka-aika minuutteina"), default=USUAL_TRAVEL_MINUTES, db_default=USUAL_TRAVEL_MINUTES
    )
    # Where its tile lies on the map of its county, from the north-western corner; nowhere when empty.
    tile_column = models.PositiveSmallIntegerField(_("ruutukartan sarake"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("ruutukartan rivi"), null=True, blank=True)

    class Meta:
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(travel_minutes__lte=LONGEST_TRAVEL_MINUTES),
                name="municipality_travel_is_short",
                violation_error_message=_("Matka-aika on enintään 3 tuntia."),
            ),
            models.CheckConstraint(
                condition=models.Q(tile_column=None, tile_row=None)
                | models.Q(
                    tile_column__isnull=False,
                    tile_row__isnull=False,
                    tile_column__gte=1,
                    tile_column__lte=LARGEST_TILE,
                    tile_row__gte=1,
                    tile_row__lte=LARGEST_TILE,
                ),
                name="municipality_tile_on_map",
                violation_error_message=_("Anna ruutukartan sarake ja rivi, kumpikin väliltä 1–20."),
            ),
            models.UniqueConstraint(
                fields=["county_fi", "tile_column", "tile_row"],
                name="municipality_tile_once",
                violation_error_message=_("Tässä kohdassa ruutukarttaa on jo toinen kunta."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_sv if get_language() == "sv" else self.name_fi

    @property
    def county(self) -> str:
        """The wellbeing services county, in the language of the page."""
        return self.county_sv if get_language() == "sv" else self.county_fi

    @property
    def address_word(self) -> str:
        """aanekoski: what stands in the address of the municipality's public page."""
        return slugify(self.name_fi)


class Area(models.Model):
    """An area of family-centre work: some municipalities together, or a part of one."""

    name = models.CharField(_("nimi"), max_length=100, unique=True)
    municipalities = models.ManyToManyField(Municipality, related_name="areas", verbose_name=_("kunnat"))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body that works with families: a town's services, a parish, an association."""

    name = models.CharField(_("nimi"), max_length=200, unique=True)
    sector = models.CharField(_("toimiala"), max_length=20, choices=Sector)
    is_public_service = models.BooleanField(
        _("julkinen palvelu"),
        default=False,
        help_text=_("Vastuutyöntekijä nimetään julkisesta palvelusta."),
    )
    website = models.URLField(_("verkkosivu"), blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A place of work: a day-care centre, a school, a clinic."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    name = models.CharField(_("nimi"), max_length=200)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="units")
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="units", verbose_name=_("alue")
    )
    address = models.CharField(_("osoite"), max_length=200, blank=True)
    phone = PhoneNumberField(_("puhelin"), blank=True)
    email = models.EmailField(_("sähköposti"), blank=True)
    website = models.URLField(_("verkkosivu"), blank=True)
    electronic_contact = models.URLField(_("sähköisen yhteydenoton osoite"), blank=True)
    opening_hours = models.CharField(_("auki"), max_length=200, blank=True)
    description = models.TextField(_("mitä täällä tehdään"), max_length=1000, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "municipality"], name="unit_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Expertise(models.Model):
    """Something that a worker knows: sleep, early interaction, school absences."""

    name = models.CharField(_("osaaminen"), max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@keeps_history()
class Need(models.Model):
    """A family's need in its own words, and the expertise that answers it."""

    name = models.CharField(
        _("tarve"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("Samanniminen tarve on jo listalla.")},
    )
    family_words = models.CharField(_("perheen sanoin"), max_length=200, blank=True)
    # What else somebody may type who has this need in mind: the search finds it by these too.
    search_words = models.CharField(_("hakusanat"), max_length=500, blank=True, default="", db_default="")
    expertise = models.ManyToManyField(Expertise, related_name="needs", verbose_name=_("osaaminen"))

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
