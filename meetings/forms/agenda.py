"""The numbered rows of an agenda, without a script: order, what, minutes."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..agenda import AgendaLine

MOST_ROWS = 15
SPARE_ROWS = 2


def agenda_fields(count: int, topics: Iterable[tuple[int, str]] | None = None) -> dict[str, forms.Field]:
    """The fields of so many rows; with `topics` (key, title), each row can be about one of them."""
    found: dict[str, forms.Field] = {}
    for number in range(1, count + 1):
        found[f"order_{number}"] = forms.IntegerField(
            label=gettext_lazy("Järjestys"), min_value=1, max_value=99, required=False
        )
        found[f"what_{number}"] = forms.CharField(
            label=gettext_lazy("Mitä tehdään"), max_length=120, required=False
        )
        found[f"minutes_{number}"] = forms.IntegerField(
            label=gettext_lazy("Minuutteja"), min_value=1, max_value=480, required=False
        )
        if topics:
            found[f"topic_{number}"] = forms.TypedChoiceField(
                label=gettext_lazy("Mikä aihe"),
                choices=[("", gettext_lazy("Ei mikään aihe erityisesti")), *topics],
                coerce=int,
                empty_value=None,
                required=False,
            )
    return found


def rows_shown(agenda: list[Any], sent: Mapping[str, Any] | None) -> int:
    """As many rows as were sent, or those that there are and some empty ones."""
    if sent is not None:
        numbers = [name.partition("_")[2] for name in sent if name.startswith("what_")]
        return min(MOST_ROWS, max((int(one[:4]) for one in numbers if one.isdecimal()), default=0))
    return min(MOST_ROWS, len(agenda) + SPARE_ROWS)


def agenda_initial(agenda: Iterable[Any]) -> dict[str, Any]:
    """What the rows show of an agenda."""
    facts: dict[str, Any] = {}
    for number, row in enumerate(agenda, 1):
        facts |= {f"order_{number}": number, f"what_{number}": row.title, f"minutes_{number}": row.minutes}
        facts[f"topic_{number}"] = getattr(row, "topic_id", None) or ""
    return facts


def agenda_layout(form: forms.BaseForm, count: int) -> list[Fieldset]:
    """Each row in a group of its own, so that a screen reader says which one is being written."""
    return [
        Fieldset(
            _("Kohta %(number)d") % {"number": number},
            Row(f"order_{number}", f"what_{number}", f"minutes_{number}"),
            *([f"topic_{number}"] if f"topic_{number}" in form.fields else []),
            css_class="agenda-row",
        )
        for number in range(1, count + 1)
    ]


def read_agenda(form: Any, count: int) -> list[AgendaLine]:
    """The rows in their order, those without words left out; what is missing is an error of its field."""
    lines: list[tuple[int, int, AgendaLine]] = []
    for number in range(1, count + 1):
        what = (form.cleaned_data.get(f"what_{number}") or "").strip()
        minutes = form.cleaned_data.get(f"minutes_{number}")
        if not what:
            continue
        if minutes is None:
            if f"minutes_{number}" not in form.errors:
                form.add_error(f"minutes_{number}", _("Kirjoita, kuinka monta minuuttia tähän varataan."))
            continue
        order = form.cleaned_data.get(f"order_{number}") or MOST_ROWS + number
        lines.append((order, number, AgendaLine(what, minutes, form.cleaned_data.get(f"topic_{number}"))))
    return [line for _order, _number, line in sorted(lines, key=lambda one: one[:2])]
