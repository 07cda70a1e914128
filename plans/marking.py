"""The form on which the measures of a plan are marked: several in one go, each as its marker saw it."""

from typing import Any, cast

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Field, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm

from .actions import Mark
from .models import Measure, Plan
from .states import MEASURE_MOVES, MeasureStatus


class MarkForm(HouseForm):
    """How far one measure has come."""

    form_tag = False
    mark_optional = False

    # How many marks there were when the page was opened.
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=_("Missä mennään"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, missä mennään.")},
    )
    why = forms.CharField(label=_("Miksi tämä jätetään sikseen"), required=False, max_length=300)

    def __init__(self, data: QueryDict | None = None, *, measure: Measure) -> None:
        self.measure, now = measure, measure.status
        super().__init__(
            data, prefix=f"kohta-{measure.pk}", initial={"status": now, "seen": len(measure.states.all())}
        )
        allowed: set[str] = {now, *MEASURE_MOVES[now]}
        if data is not None:
            # What could be chosen when the page was opened is answered in words, not as a wrong choice.
            allowed.add(data.get(self.add_prefix("status"), ""))
        cast(forms.ChoiceField, self.fields["status"]).choices = [
            (one.value, str(one.label).capitalize()) for one in MeasureStatus if one in allowed
        ]

    def layout(self) -> Layout:
        # The question of why is shown by the style sheet when its answer is called for.
        return Layout("seen", InlineRadios("status"), Field("why", wrapper_class="mark-why"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_new = data.get("status") == MeasureStatus.PUT_ASIDE != self.measure.status
        if is_new and not data.get("why"):
            self.add_error("why", _("Kirjoita, miksi tämä jätetään sikseen."))
        return data

    @property
    def mark(self) -> Mark:
        sent = self.cleaned_data
        return Mark(self.measure.pk, MeasureStatus(sent["status"]), sent["why"], sent["seen"])

    @property
    def was_moved(self) -> bool:
        """Whether its marker chose anything else than what they saw."""
        sent, states = self.cleaned_data, list(self.measure.states.all())
        seen = MeasureStatus.AGREED
        if 0 < sent["seen"] <= len(states):
            seen = MeasureStatus(states[sent["seen"] - 1].status)
        return MeasureStatus(sent["status"]) != seen


def mark_forms(plan: Plan, data: QueryDict | None = None) -> list[MarkForm]:
    """A form for each measure of the plan, read with its marks."""
    return [MarkForm(data, measure=measure) for measure in plan.measures.all()]
