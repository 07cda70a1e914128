"""The code that opens a copy; of a unit or a team also who opens it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.family_door import CodeForm


class CopyCodeForm(CodeForm):
    """Six digits, and the name of the one who reads when the link came to many."""

    target = None  # type: ignore[assignment]
    submit_label = _("Avatkaa suunnitelma")
    who = forms.CharField(
        label=_("Kuka avaa suunnitelman?"),
        help_text=_("Etunimi ja sukunimi. Perhe näkee, kuka suunnitelman on avannut."),
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Kirjoittakaa nimenne.")},
    )

    def __init__(self, *args: Any, of_many: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_many:
            del self.fields["who"]
