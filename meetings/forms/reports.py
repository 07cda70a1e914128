"""Who gets the monthly report, and making it anew."""

import uuid
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from perhekeskus.forms import HouseForm, LinkTo

from ..actions.reports import ReceiverCard
from ..models import ReportReceiver
from ..models.reports import ReportLanguage


class ReceiverForm(HouseForm):
    """One of the steering group: name, address, language, and whether the report still comes."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    name = forms.CharField(label=_("Nimi"), max_length=120)
    email = forms.EmailField(label=_("Sähköposti"), max_length=254)
    language = forms.ChoiceField(
        label=_("Raportin kieli"), choices=ReportLanguage.choices, widget=forms.RadioSelect
    )
    is_active = forms.BooleanField(
        label=_("Saa raportin"),
        help_text=_("Kun otat valinnan pois, raportti ei enää tule hänelle. Nimi jää listalle."),
        required=False,
    )

    mark_optional = False

    def __init__(
        self, *args: Any, receiver: ReportReceiver | None = None, cancel_url: str, **kwargs: Any
    ) -> None:
        kwargs["initial"] = (
            {"seen_version": 0, "language": ReportLanguage.FI, "is_active": True}
            if receiver is None
            else {
                "seen_version": receiver.version,
                "name": receiver.name,
                "email": receiver.email,
                "language": receiver.language,
                "is_active": receiver.is_active,
            }
        )
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        if receiver is None:
            del self.fields["is_active"]

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    @property
    def card(self) -> ReceiverCard:
        said = self.cleaned_data
        return ReceiverCard(
            name=" ".join(said["name"].split()),
            email=said["email"],
            language=said["language"],
            is_active=said.get("is_active", True),
        )


class MakeAgainForm(HouseForm):
    """The latest report as it would be told now."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    month = forms.DateField(widget=forms.HiddenInput)
    sends = forms.BooleanField(
        label=_("Lähetä uusi raportti myös ohjausryhmälle"),
        required=False,
    )

    submit_label = _("Tee raportti uudelleen")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, *args: Any, month: date, action: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), "month": month.isoformat()}
        super().__init__(*args, **kwargs)
        self.action = action

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_action = self.action
        return helper
