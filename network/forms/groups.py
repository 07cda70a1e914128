"""The forms of a group: what is told of it, its meetings, its memos."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import ClockField, DayField, HouseForm, LinkTo, helsinki_moment
from perhekeskus.words import HELSINKI

from ..models import Group, GroupMeeting, Municipality, Unit
from ..sorting import finnish
from ..states import GroupKind
from .administration import CancellableForm, UnitChoice


class BackForm(HouseForm):
    """A form with a way back beside its button."""

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]


class GroupFilterForm(HouseForm):
    """Which groups are looked at."""

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )
    kind = forms.ChoiceField(
        label=_("Millainen ryhmä"), choices=[("", _("Kaikki ryhmät")), *GroupKind.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Group.objects.values("municipality")
        self.fields["municipality"].queryset = Municipality.objects.filter(pk__in=places).order_by(  # type: ignore[attr-defined]
            finnish("name_fi")
        )

    def layout(self) -> Layout:
        return Layout(Row("municipality", "kind"))


class GroupForm(CancellableForm):
    """What a group is called, what it is for, and where it works."""

    unit = UnitChoice(
        label=_("Yksikkö"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Koko kunnan ryhmä"),
        help_text=_("Esimerkiksi koulu, kun ryhmä on yhden koulun oma."),
    )

    class Meta:
        model = Group
        fields = ["name", "kind", "purpose", "municipality", "unit", "is_active"]
        labels = {
            "name": _("Ryhmän nimi"),
            "kind": _("Millainen ryhmä"),
            "purpose": _("Mitä varten ryhmä on"),
            "municipality": _("Kunta"),
            "is_active": _("Ryhmä kokoontuu"),
        }
        help_texts = {
            "name": _("Esimerkiksi: Kiuruveden HYVÄ-ryhmä."),
            "purpose": _("Kerro muutamalla lauseella, mistä ryhmä huolehtii ja milloin se kokoontuu."),
            "is_active": _("Kun ryhmä lopettaa, ota merkintä pois. Muistiot säilyvät."),
        }
        widgets = {"kind": forms.Select}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.select_related("municipality").order_by(  # type: ignore[attr-defined]
            finnish("municipality__name_fi"), finnish("name")
        )
        self.fields["municipality"].queryset = Municipality.objects.order_by(finnish("name_fi"))  # type: ignore[attr-defined]
        self.fields["municipality"].empty_label = _("Valitse kunta")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Valitse")), *GroupKind.choices]  # type: ignore[attr-defined]
        if not self.instance.pk:
            del self.fields["is_active"]

    def layout(self) -> Layout:
        return Layout(*[name for name in self._meta.fields or () if name in self.fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit, municipality = cleaned.get("unit"), cleaned.get("municipality")
        if unit and municipality and unit.municipality_id != municipality.pk:
            self.add_error("unit", _("Yksikkö on toisessa kunnassa. Valitse yksikkö ryhmän omasta kunnasta."))
        return cleaned


class EventForm(BackForm):
    """A day, from when to when, and where."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Päivä"))
    starts = ClockField(label=_("Alkaa"))
    ends = ClockField(label=_("Päättyy"))
    place = forms.CharField(label=_("Paikka"), max_length=300)

    def __init__(self, *args: Any, event: Any = None, **kwargs: Any) -> None:
        if event is not None:
            starts, ends = (moment.astimezone(HELSINKI) for moment in (event.starts_at, event.ends_at))
            kwargs["initial"] = {
                "version": event.version,
                "day": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
                "place": event.place,
            } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        if day is None or starts is None or ends is None:
            return cleaned
        for name, clock in (("starts", starts), ("ends", ends)):
            try:
                cleaned[f"{name}_at"] = helsinki_moment(day, clock)
            except ValidationError as error:
                self.add_error(name, error)
        if ends <= starts:
            self.add_error("ends", _("Kokous päättyy vasta alkamisensa jälkeen. Tarkista kellonajat."))
        return cleaned

    @property
    def seen_version(self) -> int:
        return self.cleaned_data.get("version") or 0


class GroupMeetingForm(EventForm):
    """When and where the group meets, and what about."""

    agenda = forms.CharField(
        label=_("Asialista"),
        help_text=_("Kirjoita jokainen asia omalle rivilleen. Ei asiakasasioita eikä nimiä."),
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args: Any, event: GroupMeeting | None = None, **kwargs: Any) -> None:
        if event is not None:
            kwargs["initial"] = {"agenda": event.agenda}
        super().__init__(*args, event=event, **kwargs)
        self.submit_label = _("Tallenna muutokset") if event else _("Kutsu kokous koolle")

    def layout(self) -> Layout:
        return Layout("version", "day", Row("starts", "ends"), "place", "agenda")


class MemoForm(BackForm):
    """What was agreed in a meeting."""

    submit_label = _("Tallenna muistio")
    version = forms.IntegerField(widget=forms.HiddenInput)
    memo = forms.CharField(
        label=_("Muistio"),
        help_text=_("Mitä sovittiin, kuka tekee ja milloin. Ei asiakasasioita eikä perheiden nimiä."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class PickForm(HouseForm):
    """Finding one worker among all of them."""

    form_method = "get"
    submit_label = _("Hae")
    submit_class = "button-quiet"
    mark_optional = False

    text = forms.CharField(
        label=_("Hae työntekijää"),
        help_text=_("Nimi, ammatti tai yksikkö."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
