"""Recording a structural grievance, and handling it."""

from typing import Any
from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Municipality
from ..states import GrievanceTheme
from .bulletins import municipalities_at_work
from .groups import BackForm


class GrievanceForm(BackForm):
    """Where, about what, and what stands in families' way."""

    submit_label = _("Kirjaa epäkohta")

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("Mikä on monen perheen tiellä"),
        help_text=_(
            "Kerro asia yleisesti, niin että siitä ei tunnista ketään:"
            " ei nimiä, ikiä, päiviä eikä tapahtumia."
        ),
        widget=forms.Textarea,
        max_length=2000,
    )
    theme = forms.ChoiceField(label=_("Mistä on kyse"), choices=GrievanceTheme, widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), empty_label=_("Valitse kunta")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_at_work()  # type: ignore[attr-defined]


class GrievanceFilterForm(BackForm):
    """Of which municipality and about what."""

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )
    theme = forms.ChoiceField(
        label=_("Mistä on kyse"), choices=[("", _("Kaikki aiheet")), *GrievanceTheme.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, cancel_url="", **kwargs)
        self.fields["municipality"].queryset = municipalities_at_work()  # type: ignore[attr-defined]

    def buttons(self) -> list[Any]:
        return super().buttons()[:1]


class GrievanceMoveForm(BackForm):
    """How it goes on: the answer, and what came of it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Vastaus"),
        help_text=_("Vastattu epäkohta ja sen vastaus näkyvät kaikille verkoston työntekijöille."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    outcome = forms.CharField(
        label=_("Mitä tehtiin, tai miksi epäkohta jätetään sikseen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    to = forms.ChoiceField(label=_("Miten jatketaan"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = moves  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("version", "answer", "outcome", "to")
