"""Choosing a list of the yhteydenottolista, and writing a row of it."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm, LinkTo

from ..actions.contacts import Words
from ..contacts import municipalities_in_use, needs_in_order
from ..models import ContactRule, Municipality, Team, Unit, Worker
from ..rules.contacts import Target
from ..sorting import by_name, finnish


class ContactSearchForm(HouseForm):
    """In which municipality, and for what."""

    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), empty_label=None
    )
    need = forms.ModelChoiceField(
        label=_("Mihin perhe tarvitsee apua?"),
        queryset=needs_in_order(),
        required=False,
        empty_label=_("Näytä kaikki tarpeet"),
    )

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_in_use()  # type: ignore[attr-defined]

    @classmethod
    def asked(cls, request: HttpRequest) -> "ContactSearchForm":
        """What the address asks for; the worker's own municipality when it names none."""
        own = request.user.unit.municipality_id  # type: ignore[union-attr]
        return cls(
            {
                "municipality": request.GET.get("municipality") or own,
                "need": request.GET.get("need", ""),
            }
        )

    def layout(self) -> Layout:
        return Layout(Row("municipality", "need"))


KINDS: dict[str, type[Unit] | type[Team] | type[Worker]] = {"unit": Unit, "team": Team, "worker": Worker}


def target_value(target: Target) -> str:
    """unit-12: the value of the choice."""
    return f"{type(target).__name__.lower()}-{target.pk}"


class TargetField(forms.ChoiceField):
    """A choice of a unit, a team or a worker that becomes the row itself."""

    def clean(self, value: Any) -> Target | None:
        text = super().clean(value)
        if not text:
            return None
        kind, _dash, key = str(text).partition("-")
        found = KINDS[kind]._base_manager.filter(pk=key).first()
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


def _choices(municipality: Municipality) -> list[Any]:
    """Units and people of the municipality, its teams, and the units of the rest of the county."""
    units = list(
        Unit.objects.filter(municipality__county_fi=municipality.county_fi)
        .select_related("municipality")
        .order_by(finnish("name"), "pk")
    )
    here = [unit for unit in units if unit.municipality_id == municipality.pk]
    elsewhere = [unit for unit in units if unit.municipality_id != municipality.pk]
    workers = (
        Worker.objects.active()
        .filter(unit__municipality=municipality)
        .select_related("unit")
        .order_by(*by_name())
    )
    teams = Team.objects.of_municipality(municipality.pk).order_by(finnish("name"))
    return [
        ("", _("Valitse")),
        (_("Yksiköt"), [(target_value(unit), unit.name) for unit in here]),
        (_("Tiimit"), [(target_value(team), team.name) for team in teams]),
        (
            _("Työntekijät"),
            [(target_value(one), f"{one.name}, {one.title}, {one.unit}") for one in workers],
        ),
        (
            _("Yksiköt muissa kunnissa"),
            [(target_value(unit), f"{unit.name}, {unit.municipality}") for unit in elsewhere],
        ),
    ]


class ContactRuleForm(HouseForm):
    """One row: whom to ask, how, what can be done without a meeting, and what a family is told."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    target = TargetField(
        label=_("Keneltä kysytään?"),
        help_text=_("Yksikkö vastaa silloinkin, kun yksi työntekijä on poissa."),
        error_messages={"required": _("Valitse yksikkö, tiimi tai työntekijä.")},
    )
    how = forms.CharField(
        label=_("Miten otetaan yhteyttä?"),
        help_text=_("Esimerkiksi: soita arkisin klo 8–9."),
        max_length=200,
        required=False,
    )
    without_meeting = forms.CharField(
        label=_("Mitä voi tehdä ilman tapaamista?"),
        help_text=_("Esimerkiksi: auttaa puhelimessa unirytmin alkuun ja lähettää ohjeet."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_public = forms.BooleanField(
        label=_("Näytetään myös perheille"),
        help_text=_(
            "Perheiden sivulla näkyy yksikkö tai tiimi ja sen puhelin, ei koskaan työntekijän nimeä."
        ),
        required=False,
    )
    family_how = forms.CharField(
        label=_("Miten perhe ottaa yhteyttä?"),
        help_text=_(
            "Perheen sanoin, esimerkiksi: Soita neuvolaan. Voit soittaa, vaikka asia tuntuisi pieneltä."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    submit_label = _("Tallenna")

    def __init__(self, *args: Any, municipality: Municipality, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["target"].choices = _choices(municipality)  # type: ignore[attr-defined]

    @staticmethod
    def facts_of(rule: ContactRule) -> dict[str, Any]:
        """What the form shows of the row."""
        return {
            "seen_version": rule.version,
            "target": target_value(rule.target),  # type: ignore[arg-type]
            "how": rule.how,
            "without_meeting": rule.without_meeting,
            "is_public": rule.is_public,
            "family_how": rule.family_how,
        }

    def layout(self) -> Layout:
        return Layout(
            "seen_version",
            "target",
            "how",
            "without_meeting",
            Fieldset(_("Perheille"), "is_public", "family_how"),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    @property
    def words(self) -> Words:
        said = self.cleaned_data
        return Words(said["how"], said["without_meeting"], said["family_how"], said["is_public"])
