"""Choosing a file for the directory, and saying that what the check found may be done."""

from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from perhekeskus.forms import Choice, HouseForm, LinkTo
from perhekeskus.words import counted

from ..exchange.offered import KINDS
from ..exchange.reading import MOST_BYTES, MOST_ROWS
from ..models import DirectoryImport
from ..states import ImportKind, RowOutcome


class ImportForm(HouseForm):
    """What kind of rows, and the file."""

    kind = forms.ChoiceField(label=_("Mitä tiedostossa on?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Tiedosto"),
        max_length=200,
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.xlsx,.txt,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )

    submit_label = _("Tarkista tiedosto")

    def __init__(self, *args: Any, kinds: list[ImportKind], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.only_kind = kinds[0] if len(kinds) == 1 else None
        if self.only_kind:
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (kind, Choice(KINDS[kind].label, f"{KINDS[kind].about} {KINDS[kind].before}".strip()))
                for kind in kinds
            ]
        self.fields["file"].help_text = _(
            "CSV tai Excel (.xlsx), enintään %(size)d megatavua ja %(rows)s riviä. Ensimmäisellä rivillä ovat"
            " sarakkeiden otsikot, samat kuin tiedostossa, jonka saat hakemistosta."
        ) % {"size": MOST_BYTES // 1_000_000, "rows": counted(MOST_ROWS)}

    @property
    def chosen_kind(self) -> str:
        return self.only_kind or self.cleaned_data["kind"]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Tiedosto on liian suuri: saa olla enintään %(size)d megatavua. Jaa se osiin."),
                params={"size": MOST_BYTES // 1_000_000},
            )
        return file

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]


class ApplyForm(HouseForm):
    """The press that takes the file in: which check was seen, and that some rows are left out knowingly."""

    seen = forms.CharField(widget=forms.HiddenInput)
    understood = forms.BooleanField(
        error_messages={"required": _("Merkitse tämä kohta, jos tiedot viedään ilman virheellisiä rivejä.")}
    )

    def __init__(self, *args: Any, directory_import: DirectoryImport, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": directory_import.digest}, **kwargs)
        bad, written = directory_import.count(RowOutcome.BAD), directory_import.written_count
        if bad:
            self.fields["understood"].label = ngettext(
                "Tiedän, että %(rows)s virheellinen rivi jää pois.",
                "Tiedän, että %(rows)s virheellistä riviä jää pois.",
                bad,
            ) % {"rows": counted(bad)}
        else:
            del self.fields["understood"]
        self.submit_label = ngettext(
            "Vie %(rows)s rivi hakemistoon", "Vie %(rows)s riviä hakemistoon", written
        ) % {"rows": counted(written)}

    def layout(self) -> Layout:
        return Layout(*(Field(name) for name in self.fields))
