"""Organisations and units as files."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Organisation, Unit
from ..sorting import finnish
from ..states import ImportKind, Sector
from .columns import Choice, Email, Phone, Reference, Text, Website, YesNo
from .kinds import Kind


class Organisations(Kind):
    key = ImportKind.ORGANISATIONS
    about = _("Nimi, toimiala ja se, onko kyse julkisesta palvelusta.")
    file_name = "organisaatiot"
    model = Organisation
    identity = (Text(headings=("Nimi",), attribute="name", is_required=True, longest=200),)
    columns = (
        *identity,
        Choice(headings=("Toimiala",), attribute="sector", is_required=True, choices=Sector),
        YesNo(headings=("Julkinen palvelu",), attribute="is_public_service", is_required=True),
        Website(headings=("Verkkosivu",), attribute="website"),
    )

    def rows(self) -> QuerySet:
        return Organisation.objects.order_by(finnish("name"), "pk")

    def name_of(self, texts: Mapping[str, str]) -> str:
        return texts["Nimi"]


class Units(Kind):
    key = ImportKind.UNITS
    about = _("Kunta, yhteystiedot, aukiolo ja se, mitä yksikössä tehdään.")
    before = _("Organisaation pitää olla jo hakemistossa.")
    file_name = "yksikot"
    model = Unit
    identity = (
        Reference(
            headings=("Organisaatio",), attribute="organisation", is_required=True, among="organisations"
        ),
        Text(headings=("Nimi",), attribute="name", is_required=True, longest=200),
        Reference(headings=("Kunta",), attribute="municipality", is_required=True, among="municipalities"),
    )
    columns = (
        *identity,
        Reference(headings=("Alue",), attribute="area", among="areas"),
        Text(headings=("Osoite",), attribute="address", longest=200),
        Phone(headings=("Puhelin",), attribute="phone"),
        Email(headings=("Sähköposti",), attribute="email"),
        Website(headings=("Verkkosivu",), attribute="website"),
        Website(headings=("Sähköinen yhteydenotto",), attribute="electronic_contact"),
        Text(headings=("Auki",), attribute="opening_hours", longest=200),
        Text(headings=("Mitä täällä tehdään",), attribute="description", longest=1000, is_one_line=False),
    )

    def rows(self) -> QuerySet:
        return Unit.objects.select_related("organisation", "municipality", "area").order_by(
            finnish("organisation__name"), finnish("name"), finnish("municipality__name_fi"), "pk"
        )

    def name_of(self, texts: Mapping[str, str]) -> str:
        return ", ".join(filter(None, (texts["Nimi"], texts["Kunta"])))
