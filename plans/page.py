"""The page of the plan: its parts as one, and as the fields that save themselves know it."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from meetings.models import Situation
from network.models import Worker
from network.requests import WorkerRequest
from perhekeskus.autosave import Change, as_text, changes_in, mark, marks, sort
from perhekeskus.forms import HouseForm, HouseFormSet
from perhekeskus.refusals import Refused

from . import rules
from .actions import TEXTS, PlanChanged, latest
from .doers import doer_choices
from .drafting import save_fields, version_written
from .forms import FollowForm, MatterFormSet, MeasureForm, MeasureFormSet, OpeningForm
from .models import Plan
from .states import ContactWay, MeasurePlace
from .written import (
    CONTACT,
    MATTERS,
    MEASURES,
    MOST_ROWS,
    RESPONSIBLE,
    ROW_PARTS,
    row_field,
    row_of,
    saved_fields,
)


class PlanPage:
    """The parts of the plan's page together: read, checked and shown as one."""

    def __init__(
        self, situation: Situation, plan: Plan | None, data: QueryDict | None = None, *, more: str = ""
    ) -> None:
        """With `data` what was sent; with `more` (matter or measure) the same and a row more, unchecked."""
        self.situation, self.plan, self.more = situation, plan, more
        self.saved = saved_fields(plan)
        initial = _initial(plan, self.saved)
        if data is not None and more:
            initial, data = _as_typed(situation, data), None
        self.opening = OpeningForm(data, initial=initial)
        # A sent row is read for itself: equal to what was saved meanwhile is not "unchanged, so left out".
        rows = {name: initial[name] if data is None else None for name in ROW_PARTS}
        self.matters = MatterFormSet(data, prefix=MATTERS, initial=rows[MATTERS])
        doers = {"doers": doer_choices(situation, plan)}
        self.measures = MeasureFormSet(data, prefix=MEASURES, initial=rows[MEASURES], form_kwargs=doers)
        self.follow = FollowForm(data, initial=initial, situation=situation)
        if more:
            grown = self.matters if more == "matter" else self.measures
            next(iter(grown.forms[-1].fields.values())).widget.attrs["autofocus"] = True

    @property
    def parts(self) -> list[HouseForm | HouseFormSet]:
        return [self.opening, self.matters, self.measures, self.follow]

    @property
    def rows(self) -> list[tuple[str, HouseFormSet]]:
        return [(MATTERS, self.matters), (MEASURES, self.measures)]

    @property
    def count_of_matters(self) -> int:
        """How many matters stand on the page, saved or typed."""
        return sum(bool(form["text"].value()) for form in self.matters.forms)

    @property
    def is_typed(self) -> bool:
        """What stands in the fields was typed, not saved: the browser asks first what is."""
        return self.opening.is_bound or bool(self.more)

    @property
    def save_url(self) -> str:
        return reverse("plan_save", args=[self.situation.pk, version_written(self.plan)])

    def is_valid(self) -> bool:
        # Every part is checked, so that every error is shown at once.
        return all([part.is_valid() for part in self.parts])  # noqa: C419

    def refuse(self, sentence: Any) -> None:
        """Show the sentence on top of the page; everything typed stays."""
        self.opening.add_error(None, sentence)

    @property
    def version(self) -> int:
        """Which version the page's writer was writing."""
        return int(self.opening.cleaned_data["version"])

    def changes(self) -> dict[str, Change]:
        """Every field as it was sent, with what its writer had seen."""
        sent = {**self.opening.cleaned_data, **self.follow.cleaned_data}
        first, second = [*sent["responsible"], None, None][:2]
        values = {name: sent[name] for name in TEXTS}
        values |= {"responsible_1": first, "responsible_2": second}
        promise = sent["promise"]
        values |= {name: sent[name] if promise is not None else "" for name in CONTACT}
        for kind, formset in self.rows:
            for index, form in enumerate(formset.forms):
                is_left_out = isinstance(form, MeasureForm) and (not form.cleaned_data or form.is_empty)
                for part in ROW_PARTS[kind]:
                    values[row_field(kind, index, part)] = (
                        "" if is_left_out else form.cleaned_data.get(part, "")
                    )
        return changes_in({name: as_kept(value) for name, value in values.items()}, sent["seen"])

    def field(self, name: str) -> forms.Field | None:
        """The field of the page that this is the name of."""
        if row := row_of(name):
            kind, index, part = row
            if part not in ROW_PARTS[kind] or index >= MOST_ROWS:
                return None
            return dict(self.rows)[kind].empty_form.fields[part]
        if name in {"seen", "version"}:
            return None
        return self.opening.fields.get(name) or self.follow.fields.get(name)

    def beside_the_saved(self, data: QueryDict, newest: Plan | None) -> "PlanPage":
        """What was typed, with the newest marks: what its writer had left alone is as it is saved.

        Their next saving has seen both texts.
        """
        typed = self.changes()
        now = saved_fields(newest, typed)
        clashing = sort(typed, now).clash
        data = data.copy()
        for name, value in now.items():
            change = typed.get(name)
            if change is None:
                # A row that somebody else has begun meanwhile.
                data[name] = value
            elif change.value != value and (
                change.seen == mark(change.value) or (name in clashing and not change.value)
            ):
                data[name] = value
        for kind, formset in self.rows:
            data[f"{kind}-TOTAL_FORMS"] = str(max(len(formset.forms), _rows_in(now, kind)))
        data["seen"], data["version"] = marks(now), str(version_written(newest))
        page = PlanPage(self.situation, newest, data)
        page.is_valid()
        return page


def _rows_in(fields: Iterable[str], kind: str) -> int:
    """How many rows there are, gaps included."""
    found = [row[1] + 1 for name in fields if (row := row_of(name)) is not None and row[0] == kind]
    return max(found, default=0)


def as_kept(value: Any) -> str:
    """A cleaned value as it is kept in a field of the page."""
    if isinstance(value, Worker):
        return str(value.pk)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return as_text(value)


def _initial(plan: Plan | None, saved: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows first: the draft, or the agreed version as the beginning of the next."""
    initial: dict[str, Any] = {name: value for name, value in saved.items() if row_of(name) is None}
    initial |= {"version": version_written(plan), "seen": marks(saved)}
    for name in ("responsible_1", "responsible_2", "next_on", "next_at"):
        initial[name] = saved[name] or None
    initial["next_way"] = saved["next_way"] or ContactWay.PHONE
    words_of = {row.position - 1: row.words_of for row in plan.measures.all()} if plan is not None else {}
    for kind, parts in ROW_PARTS.items():
        rows = [
            {part: saved.get(row_field(kind, index, part), "") for part in parts}
            for index in range(_rows_in(saved, kind))
        ]
        if kind == MEASURES:
            for index, row in enumerate(rows):
                row["place"] = row["place"] or MeasurePlace.HOME
                row["words_of"] = words_of.get(index, "")
        initial[kind] = rows
    return initial


def _as_typed(situation: Situation, data: QueryDict) -> dict[str, Any]:
    """What was typed, unchecked, as the beginning of the same page with one row more."""
    typed: dict[str, Any] = {}
    for form in (OpeningForm(data), FollowForm(data, situation=situation)):
        for name, field in form.fields.items():
            typed[name] = field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
    # What was typed is read as it is: who could be chosen makes no difference.
    sets: list[tuple[str, type[HouseFormSet], dict[str, Any]]] = [
        (MATTERS, MatterFormSet, {}),
        (MEASURES, MeasureFormSet, {"doers": []}),
    ]
    for prefix, formset, kwargs in sets:
        rows = formset(data, prefix=prefix, form_kwargs=kwargs)
        typed[prefix] = [
            {
                name: field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
                for name, field in form.fields.items()
            }
            for form in rows.forms
        ]
    return typed


class PlanSheet:
    """The draft as the fields that save themselves know it."""

    def __init__(self, situation: Situation, request: WorkerRequest, version: int) -> None:
        self.situation, self.by, self.version = situation, request.user, version
        self.key = f"plan:{situation.pk}:{version}"
        self.sent = request.POST

    @cached_property
    def page(self) -> PlanPage:
        return PlanPage(self.situation, latest(self.situation))

    def clean(self, name: str, value: str) -> str:
        field = self.page.field(name)
        if field is None:
            raise ValidationError(_("Tätä kohtaa ei voi tallentaa."))
        cleaned = field.clean(value or None)
        if name in CONTACT and cleaned:
            self._check_contact(name)
        if name in RESPONSIBLE and cleaned and as_kept(cleaned) == self._now(_other_of(name)):
            raise ValidationError(str(rules.ANOTHER_PERSON))
        return as_kept(cleaned)

    def _now(self, name: str) -> str:
        """What stands on the page in another field, as far as the server knows."""
        return str(self.sent.get(f"set.{name}", self.page.saved[name]))

    def _check_contact(self, name: str) -> None:
        try:
            on, at = [self.page.follow.fields[one].clean(self._now(one) or None) for one in CONTACT[:2]]
        except ValidationError:
            # It is said beside the field that can't be read.
            if name == "next_way":
                raise
            return
        if on is None:
            raise ValidationError(_("Valitse myös päivä."))
        if name == "next_on" and (refused := rules.why_not_promise(on, at)):
            raise ValidationError(str(refused))

    def saved(self) -> Mapping[str, str]:
        newest = latest(self.situation)
        if self.version != version_written(newest):
            raise Refused(rules.AGREED_MEANWHILE)
        asked = [key.partition(".")[2] for key in self.sent if key.startswith(("seen.", "set."))]
        return saved_fields(newest, asked)

    def save(self, changes: Mapping[str, Change]) -> Mapping[str, str]:
        try:
            save_fields(situation=self.situation, by=self.by, version=self.version, changes=changes)
        except PlanChanged as changed:
            raise Refused(rules.AGREED_MEANWHILE) from changed
        return self.saved()


def _other_of(name: str) -> str:
    return next(one for one in RESPONSIBLE if one != name)
