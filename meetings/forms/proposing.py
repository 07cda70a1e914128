"""Whom else to propose: a unit, a team, a professional without an account."""

from typing import Any

from crispy_forms.layout import ButtonHolder, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import OutsideProfessional, Team, TextSource, Unit
from network.search import found
from perhekeskus.forms import HouseForm

from ..models import Meeting, Participation
from .buttons import Press
from .convening import PeopleSearchForm


class OutsideForm(HouseForm):
    """A professional who has no account: who, what, from where, and where the invitation goes."""

    submit_label = _("Ehdota häntä")
    submit_class = "button-quiet"
    outside = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)
    name = forms.CharField(label=_("Nimi"), max_length=140)
    professional_title = forms.CharField(label=_("Ammattinimike"), max_length=100, required=False)
    organisation = forms.CharField(
        label=_("Mistä hän on"), help_text=_("Esimerkiksi yhdistys tai yritys."), max_length=200
    )
    email = forms.EmailField(label=_("Sähköposti"), help_text=_("Kutsu lähtee tähän, jos perhe antaa luvan."))

    def layout(self) -> Layout:
        return Layout("outside", "name", "professional_title", "organisation", "email")


class ExpectationForm(HouseForm):
    """What is hoped of one who is proposed."""

    submit_label = ""
    mark_optional = False
    text = forms.CharField(
        label=_("Mitä häneltä toivotaan"),
        help_text=_(
            "Vapaaehtoinen. Kutsuttu näkee tämän jo ennen kuin vastaa, ja perhekin näkee sen."
            " Älä kirjoita perheen asioista. Esimerkiksi: kerro, mitä tukea teiltä voi saada."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        self.participation = participation
        super().__init__(
            *args,
            prefix=f"toive-{participation.pk}",
            initial={"text": participation.expectation},
            **kwargs,
        )

    def layout(self) -> Layout:
        press = Press("expects", str(self.participation.pk), _("Tallenna toive"), "button-quiet")
        return Layout("text", ButtonHolder(press))


def units_found(search: PeopleSearchForm, meeting: Meeting) -> list[Unit]:
    """Up to six units of the town, with people who answer the need, that are not proposed yet."""
    asked: dict[str, Any] = search.cleaned_data if search.is_valid() else {}
    units = Unit.objects.exclude(pk__in=meeting.participations.exclude(unit=None).values("unit"))
    units = units.filter(workers__is_active=True)
    if need := asked.get("need"):
        units = units.filter(workers__expertise__needs=need)
    if expertise := asked.get("expertise"):
        units = units.filter(workers__expertise=expertise)
    if municipality := asked.get("municipality"):
        units = units.filter(municipality=municipality)
    units = found(units, asked.get("text", ""), TextSource.UNIT)
    return list(units.select_related("organisation").distinct().order_by("name", "pk")[:6])


def teams_found(search: PeopleSearchForm, meeting: Meeting) -> list[Team]:
    """The teams of the town that are not proposed yet."""
    asked: dict[str, Any] = search.cleaned_data if search.is_valid() else {}
    teams = Team.objects.exclude(pk__in=meeting.participations.exclude(team=None).values("team"))
    if municipality := asked.get("municipality"):
        teams = teams.of_municipality(municipality.pk)
    teams = found(teams, asked.get("text", ""), TextSource.TEAM)
    return list(teams.select_related("coordinator").distinct().order_by("name")[:10])


def outside_professional(form: OutsideForm) -> OutsideProfessional:
    """The one with this address, saved or not yet: an address is one person's."""
    said = form.cleaned_data
    known = OutsideProfessional.objects.filter(email__iexact=said["email"]).first()
    return known or OutsideProfessional(
        name=said["name"],
        title=said["professional_title"],
        organisation=said["organisation"],
        email=said["email"].lower(),
    )
