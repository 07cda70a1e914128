"""A worker's own working week, from Monday to Friday."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django.utils.translation import gettext_lazy as _

from network.states import Weekday
from perhekeskus.forms import ClockField, HouseForm, LinkTo

from ..models import WorkingHours

WEEK = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY]


class WorkingHoursForm(HouseForm):
    """When each day begins and ends; a day left empty is free."""

    submit_label = _("Tallenna työajat")
    mark_optional = False

    def __init__(self, *args: Any, hours: Iterable[WorkingHours], cancel_url: str, **kwargs: Any) -> None:
        kwargs["initial"] = self._initial(hours)
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    @staticmethod
    def _initial(hours: Iterable[WorkingHours]) -> dict[str, time]:
        """Of a day in several stretches the whole of it: from the first beginning to the last end."""
        found: dict[str, time] = {}
        for row in hours:
            starts, ends = f"starts_{row.weekday}", f"ends_{row.weekday}"
            found[starts] = min(found.get(starts, row.starts), row.starts)
            found[ends] = max(found.get(ends, row.ends), row.ends)
        return found

    def layout(self) -> Layout:
        return Layout(
            *(
                Fieldset(day.label.capitalize(), Row(f"starts_{day.value}", f"ends_{day.value}"))
                for day in WEEK
            )
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for day in WEEK:
            starts_name, ends_name = f"starts_{day.value}", f"ends_{day.value}"
            if self.has_error(starts_name) or self.has_error(ends_name):
                continue
            starts, ends = cleaned.get(starts_name), cleaned.get(ends_name)
            if starts and not ends:
                self.add_error(
                    ends_name, _("Kirjoita, milloin työaika päättyy: %(day)s.") % {"day": day.label}
                )
            elif ends and not starts:
                self.add_error(
                    starts_name, _("Kirjoita, milloin työaika alkaa: %(day)s.") % {"day": day.label}
                )
            elif starts and ends and ends <= starts:
                self.add_error(ends_name, _("Työaika päättyy alkamisensa jälkeen."))
        return cleaned

    @property
    def week(self) -> dict[int, tuple[time, time]]:
        return {
            day.value: (self.cleaned_data[f"starts_{day.value}"], self.cleaned_data[f"ends_{day.value}"])
            for day in WEEK
            if self.cleaned_data.get(f"starts_{day.value}")
        }


for _day in WEEK:
    WorkingHoursForm.base_fields[f"starts_{_day.value}"] = ClockField(label=_("Alkaa"), required=False)
    WorkingHoursForm.base_fields[f"ends_{_day.value}"] = ClockField(label=_("Päättyy"), required=False)
