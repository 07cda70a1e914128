"""Who called off and why: a meeting, one person's coming, or a meeting that could not be held."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from ..called_off import WHO_OF_NOT_HELD, WHY_CANCELLED, WHY_NOT_HELD, Reason
from ..models import Meeting
from ..states import Attendance, CancelReason, Decision, WhoCancelled

OWN_USE = _("Tätä ei kerrota kutsutuille eikä perheelle. Sinun lisäksesi sen näkee vain se, jolla koppi on.")


class CancelForm(HouseForm):
    """Who and why; the letters tell neither."""

    submit_label = _("Peru yhteinen aika")
    submit_class = "button-danger"
    who = forms.ChoiceField(
        label=_("Kenen puolelta peruttiin"),
        choices=WhoCancelled.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, kenen puolelta peruttiin.")},
    )
    why = forms.ChoiceField(
        label=_("Miksi"),
        help_text=_("Perheen ei tarvitse kertoa syytä. Jätä silloin valitsematta."),
        choices=[(one.value, one.label) for one in WHY_CANCELLED],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("Omat sanat"),
        help_text=OWN_USE,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )

    @property
    def reason(self) -> Reason:
        said = self.cleaned_data
        return Reason(WhoCancelled(said["who"]), said["why"], said["words"])


class TakeOutForm(CancelForm):
    """The same of one person's coming."""

    submit_label = _("Peru kutsu")


class NotHeldForm(HouseForm):
    """Why the meeting was not held, and who was there all the same."""

    submit_label = _("Kirjaa, että tapaamista ei pidetty")
    mark_optional = False
    why = forms.ChoiceField(
        label=_("Miksi tapaamista ei pidetty"),
        choices=[(one.value, one.label) for one in WHY_NOT_HELD],
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, miksi tapaamista ei pidetty.")},
    )
    words = forms.CharField(
        label=_("Omat sanat"),
        help_text=OWN_USE,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        self.seats = list(meeting.participations.filter(decision=Decision.YES).with_people())
        came: dict[str, forms.Field] = {
            f"came_{one.pk}": forms.ChoiceField(
                label=one.name,
                help_text=one.from_where,
                choices=Attendance.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            for one in self.seats
        }
        self.base_fields = {**self.base_fields, **came}  # type: ignore[misc]
        super().__init__(data)

    def layout(self) -> Layout:
        return Layout(
            "why",
            Fieldset(
                _("Oliko joku silti paikalla?"), *[InlineRadios(f"came_{one.pk}") for one in self.seats]
            ),
            "words",
        )

    @property
    def reason(self) -> Reason:
        why = CancelReason(self.cleaned_data["why"])
        return Reason(WHO_OF_NOT_HELD.get(why, WhoCancelled.OTHER), why, self.cleaned_data["words"])

    @property
    def attendance(self) -> dict[int, Attendance]:
        said = {one.pk: self.cleaned_data.get(f"came_{one.pk}") for one in self.seats}
        return {pk: Attendance(came) for pk, came in said.items() if came}
