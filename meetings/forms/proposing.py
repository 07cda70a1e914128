"""Whom else to propose: a unit, a team, a professional without an account."""

from typing import Any

from crispy_forms.layout import ButtonHolder, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import OutsideProfessional, Team, TextSource, Unit, Worker
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

    # Asked and shown only when the address is somebody's already.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Miksi tiedot korjataan"),
        help_text=_("Esimerkiksi: nimessä oli kirjoitusvirhe. Korjaus ja syy jäävät muistiin."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: OutsideProfessional | None = None

    def layout(self) -> Layout:
        known = ["seen", "why"] if self.known is not None else []
        return Layout("outside", "name", "professional_title", "organisation", "email", *known)

    def buttons(self) -> list[Any]:
        if self.known is None:
            return super().buttons()
        return [
            Press("as", "known", _("Ehdota häntä: %(name)s") % {"name": self.known.name}),
            Press("as", "mend", _("Korjaa tiedot ja ehdota"), "button-quiet"),
        ]

    def says(self, person: OutsideProfessional) -> bool:
        """Whether what was written is what is known of the person; a title may be left out."""
        said = self.cleaned_data
        return (
            _same(said["name"], person.name)
            and _same(said["organisation"], person.organisation)
            and (not said["professional_title"] or _same(said["professional_title"], person.title))
        )

    def has_seen(self, person: OutsideProfessional) -> bool:
        return self.cleaned_data["seen"] == _shown(person)

    def tell_known(self, person: OutsideProfessional, refusal: str = "") -> None:
        """Ask again, now that it is known whose the address is; nothing is told of who has invited them."""
        self.known = person
        # A QueryDict gives one value a name, which is what a form of single fields needs.
        self.data = {name: self.data.get(name) for name in self.data} | {"seen": _shown(person)}
        self.add_error("email", _("Tällä osoitteella on jo %(who)s.") % {"who": _shown(person)})
        if refusal:
            self.add_error("why", refusal)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _shown(person: OutsideProfessional) -> str:
    return ", ".join(word for word in (person.name, person.from_where) if word)


class ExpectationForm(HouseForm):
    """What is hoped of one who is proposed."""

    submit_label = ""
    mark_optional = False
    text = forms.CharField(
        label=_("Kirjoita toive"),
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


def known_outside(form: OutsideForm) -> OutsideProfessional | None:
    """The one whose address this is already; None when nobody's, or somebody's who has an account by now."""
    email = form.cleaned_data["email"]
    if Worker.objects.active().filter(email__iexact=email).exists():
        return None
    return OutsideProfessional.objects.filter(email__iexact=email).first()


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
