"""The forms of a review: by a worker on the plan's page, or by the family on its own; and of the end."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.buttons import Press
from perhekeskus.autosave import Change, SavesItself, changes_in, is_same, mark, marks
from perhekeskus.forms import HouseForm

from .models import Plan
from .models.outcomes import LONGEST_WORDS
from .outcome_rules import EVERY_MATTER, EVERY_MATTER_OF_FAMILY
from .reviewed import CHANGE, HELPED, WORDS, matter_field, texts_of
from .states import OutcomeChange, ReviewSide

GIVE = "give"


def _words(label: Any, *, hint: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReviewForm(SavesItself, HouseForm):
    """One side's review: each matter of the plan, what was done, and what helped."""

    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        side: ReviewSide,
        saved: Mapping[str, str],
        save_url: str = "",
        **kwargs: Any,
    ) -> None:
        """Without `save_url` it is the family's own page, where it is saved by a press."""
        self.plan, self.side, self.saved, self.save_url = plan, side, dict(saved), save_url
        own = {name: field for name, field in self.base_fields.items() if name == "seen"}
        self.base_fields = own | self._questions()  # type: ignore[misc]
        super().__init__(data, initial=self.saved | {"seen": marks(self.saved)}, **kwargs)

    @property
    def is_by_family(self) -> bool:
        return not self.save_url

    def _questions(self) -> dict[str, forms.Field]:
        changes = {
            OutcomeChange.BETTER: _("Paremmin"),
            OutcomeChange.SAME: _("Ennallaan"),
            OutcomeChange.WORSE: _("Huonommin"),
        }
        questions: dict[str, forms.Field] = {}
        for matter in self.plan.matters.all():
            questions[matter_field(CHANGE, matter.pk)] = forms.ChoiceField(
                label=matter.text,
                choices=[(change.value, label) for change, label in changes.items()],
                widget=forms.RadioSelect,
                required=False,
            )
            label = format_html('{}<span class="visually-hidden">: {}</span>', _("Omin sanoin"), matter.text)
            questions[matter_field(WORDS, matter.pk)] = _words(label, rows=2)
        labels = self._labels()
        return questions | {name: _words(*labels[name]) for name in texts_of(self.side)}

    def _labels(self) -> dict[str, tuple[Any, ...]]:
        if self.is_by_family:
            return {
                "own_acts": (_("Mitä teitte itse"),),
                "service_acts": (_("Mitä palvelut tekivät"),),
                HELPED: (_("Mikä auttoi"),),
            }
        return {
            "own_acts": (_("Mitä perhe itse teki"),),
            "service_acts": (_("Mitä palvelut tekivät"),),
            HELPED: (_("Mikä auttoi, perheen omin sanoin"),),
        }

    def layout(self) -> Layout:
        matters = [
            part
            for matter in self.plan.matters.all()
            for part in (
                InlineRadios(matter_field(CHANGE, matter.pk)),
                matter_field(WORDS, matter.pk),
            )
        ]
        helped = []
        if HELPED in self.fields:
            heading = _("Teille muistiin") if self.is_by_family else _("Perheelle muistiin")
            helped = [Fieldset(heading, HELPED)]
        return Layout(
            HTML("{% include 'meetings/_default_button.html' %}"),
            "seen",
            Fieldset(_("Miten asiat ovat nyt?"), *matters),
            Fieldset(_("Mitä tehtiin"), "own_acts", "service_acts"),
            *helped,
        )

    def buttons(self) -> list[Any]:
        give, draft = (
            (_("Antakaa arvio"), _("Tallentakaa luonnos"))
            if self.is_by_family
            else (_("Anna arvio"), _("Tallenna luonnos"))
        )
        return [Press("do", GIVE, give), Press("do", "draft", draft, "button-quiet")]

    @property
    def is_giving(self) -> bool:
        return self.data.get("do") == GIVE

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.is_giving:
            for matter in self.plan.matters.all():
                name = matter_field(CHANGE, matter.pk)
                if name not in self.errors and not said.get(name):
                    self.add_error(name, EVERY_MATTER_OF_FAMILY if self.is_by_family else EVERY_MATTER)
        return said

    @property
    def changes(self) -> dict[str, Change]:
        """Every field as it was sent, with what its writer had seen."""
        return changes_in(self.cleaned_data, self.cleaned_data["seen"])

    def beside_the_saved(
        self, data: QueryDict, saved: Mapping[str, str]
    ) -> tuple["ReviewForm", list[dict[str, str]]]:
        """The typed words with the newest marks, and what was saved meanwhile to be shown beside them.

        What was left as it was on the old page gets what is saved.
        """
        typed, beside = self.changes, []
        data = data.copy()
        data["seen"] = marks(saved)
        for name, change in typed.items():
            if is_same(saved[name], change.value):
                continue
            if change.seen == mark(change.value):
                data[name] = saved[name]
            elif saved[name]:
                beside.append({"term": self._term(name), "text": self.in_words(name, saved[name])})
        form = ReviewForm(data, plan=self.plan, side=self.side, saved=saved, save_url=self.save_url)
        form.is_valid()
        return form, beside

    def _term(self, name: str) -> str:
        matters = {
            matter_field(part, matter.pk): matter.text
            for matter in self.plan.matters.all()
            for part in (CHANGE, WORDS)
        }
        return matters.get(name) or str(self.fields[name].label)


class CloseForm(HouseForm):
    """Everyday life runs: how it is with the family now."""

    mark_optional = False

    outcome = forms.CharField(
        label=gettext_lazy("Miten perheellä menee nyt"),
        help_text=gettext_lazy("Kirjoita lyhyesti ja niin, että perhe voi lukea tämän."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Kirjoita, miten perheen tilanne on muuttunut.")},
    )

    def __init__(self, *args: Any, is_ready: bool, **kwargs: Any) -> None:
        """When a review is missing still, what is written waits for it."""
        super().__init__(*args, **kwargs)
        self.is_ready = is_ready
        self.submit_label = _("Merkitse päättyneeksi: arki sujuu") if is_ready else _("Tallenna teksti")
        self.submit_class = "button-big" if is_ready else "button-quiet"
