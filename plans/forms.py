"""The forms of the plan: one page of several parts, and what came of a promised contact."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Situation
from network.forms.givers import GiversField
from network.models import Worker
from perhekeskus import words
from perhekeskus.forms import (
    Choice,
    ClockField,
    DayField,
    HouseForm,
    LinkTo,
    house_formset,
)
from perhekeskus.words import today

from .actions import Promise
from .doers import Choices
from .models import NextContact, Plan
from .models.presence import Attender, kind_of
from .presence import name_of
from .querysets import nameable
from .rules import taken_back, why_not_named, why_not_present, why_not_promise
from .states import ContactWay, MeasurePlace
from .written import MOST_ROWS

LONGEST_TEXT = 5_000
LONGEST_ROW = 2_000
RADIOS_UP_TO = 7
FARTHEST_DAY = timedelta(days=2 * 366)


def _text(label: Any, *, hint: Any = "", rows: int = 3, longest: int = LONGEST_TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OpeningForm(HouseForm):
    """What the family hopes for, strengths first."""

    form_tag = False
    mark_optional = False

    # Which version is written, and the marks of what its writer saw in each field.
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    wish = _text(
        _("Tätä toivomme"),
        hint=_("Perheen omin sanoin: millaista arki on, kun asiat ovat paremmin?"),
    )
    strengths = _text(
        _("Voimavaramme"),
        hint=_("Mikä on jo hyvin? Kuka auttaa? Mistä lapsi iloitsee?"),
    )


class MatterForm(HouseForm):
    """A concrete matter of everyday life."""

    form_tag = False
    mark_optional = False

    text = _text(_("Mihin arjessa tarvitaan muutosta"), rows=2, longest=LONGEST_ROW)


# A row where none of these is filled in is left out; the place stands as it is suggested.
WRITTEN_PARTS = ("what", "where", "doer", "who", "when", "by")


def near_enough(on: date) -> None:
    if abs(on - today()) > FARTHEST_DAY:
        raise ValidationError(_("Päivä on yli kahden vuoden päässä. Tarkista vuosi."))


class MeasureForm(HouseForm):
    """Something that is done: where, what, who, when. An empty row is left out."""

    form_tag = False
    mark_optional = False

    what = _text(_("Mitä tehdään"), rows=2, longest=LONGEST_ROW)
    place = forms.ChoiceField(
        label=_("Missä"),
        choices=MeasurePlace,
        widget=forms.RadioSelect,
        initial=MeasurePlace.HOME,
        required=False,
    )
    where = forms.CharField(
        label=_("Missä tarkemmin"),
        help_text=_("Esimerkiksi koulussa tai terveydenhoitajan luona."),
        required=False,
        max_length=100,
    )
    doer = forms.ChoiceField(label=_("Kuka tekee"), required=False)
    who = forms.CharField(
        label=_("Joku muu, tai kuka hänen lisäkseen"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "paikalla"}),
    )
    when = forms.CharField(
        label=_("Milloin"),
        help_text=_("Esimerkiksi joka ilta tai ma 12.4. klo 10."),
        required=False,
        max_length=200,
    )
    by = DayField(
        label=_("Viimeistään"),
        help_text=_("Jos tälle on sovittu viimeinen päivä."),
        required=False,
        validators=[near_enough],
    )

    # Whose words they are goes with the row.
    words_of = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def layout(self) -> Layout:
        place = InlineRadios("place", wrapper_class="choices-long")
        return Layout("what", place, "where", Row("doer", "who"), Row("when", "by"), "words_of")

    def __init__(self, *args: Any, doers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["doer"]).choices = doers
        if said_by := str(self["words_of"].value() or ""):
            self.fields["what"].help_text = _("Näin sanoi: %(name)s.") % {"name": said_by}

    @property
    def is_empty(self) -> bool:
        data = self.cleaned_data
        return not any(data.get(name) for name in WRITTEN_PARTS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["place"] = data.get("place") or MeasurePlace.HOME
        if not any(data.get(name) for name in WRITTEN_PARTS):
            return data
        if not data.get("what") and "what" not in self.errors:
            self.add_error("what", _("Kirjoita, mitä tehdään, tai tyhjennä koko kohta."))
        if data["place"] == MeasurePlace.ELSEWHERE and not data.get("where") and "where" not in self.errors:
            self.add_error("where", _("Kirjoita, missä muualla."))
        return data


_LIMITS = {"extra": 1, "max_num": MOST_ROWS, "absolute_max": MOST_ROWS + 10, "validate_max": True}
_TOO_MANY = {
    "too_many_forms": _("Kohtia voi olla enintään %(num)d. Yhdistä muutama."),
    "missing_management_form": _("Sivu ei tullut kokonaan perille. Lähetä uudelleen."),
}

MatterFormSet = house_formset(MatterForm, item_name=_("Asia"), **_LIMITS)
MeasureFormSet = house_formset(MeasureForm, item_name=_("Kohta"), **_LIMITS)
for _made in (MatterFormSet, MeasureFormSet):
    _made.default_error_messages = {**_made.default_error_messages, **_TOO_MANY}


class WorkerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Worker) -> str:
        if self.hinted:
            return Choice(obj.name, f"{obj.title}, {obj.unit}")
        return f"{obj.name}, {obj.title}, {obj.unit}"

    hinted = False


class FollowForm(HouseForm):
    """How it is followed, who is responsible, and when the next contact is."""

    form_tag = False
    mark_optional = False

    follow_up = _text(
        _("Miten seurataan"),
        hint=_("Miten ja kuinka usein katsotaan yhdessä, miten on mennyt."),
    )
    contact_to_family = _text(_("Miten työntekijä ottaa yhteyttä perheeseen"), rows=2)
    contact_from_family = _text(
        _("Miten perhe saa työntekijään yhteyden"),
        hint=_("Esimerkiksi: soittakaa tai lähettäkää viesti arkisin klo 8–15."),
        rows=2,
    )
    responsible_1 = WorkerChoice(
        label=_("Vastuutyöntekijä"),
        help_text=_(
            "Perhe nimeää hänet. Hän työskentelee julkisessa palvelussa ja pitää yhteyttä perheeseen."
        ),
        queryset=Worker.objects.none(),
        empty_label=_("Ei vielä nimetty"),
        required=False,
    )
    responsible_2 = WorkerChoice(
        label=_("Työpari, jos perhe haluaa kaksi vastuutyöntekijää"),
        queryset=Worker.objects.none(),
        empty_label=_("Ei työparia"),
        required=False,
    )
    next_on = DayField(label=_("Päivä"), required=False)
    next_at = ClockField(label=_("Kellonaika"), required=False)
    next_way = forms.ChoiceField(
        label=_("Tapa"),
        choices=ContactWay,
        initial=ContactWay.PHONE,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.situation = situation
        choices = nameable(situation).select_related("unit__organisation").order_by("last_name", "first_name")
        few = len(choices) <= RADIOS_UP_TO
        for name in ("responsible_1", "responsible_2"):
            field = self.fields[name]
            assert isinstance(field, WorkerChoice)
            field.hinted = few
            if few:
                field.widget = forms.RadioSelect()
            field.queryset = choices
            field.error_messages["invalid_choice"] = _(
                "Vastuutyöntekijäksi voi nimetä julkisen palvelun työntekijän, joka on ollut mukana"
                " tai kuuluu perhekeskustiimiin."
            )

    def layout(self) -> Layout:
        return Layout(
            Fieldset(_("Seuranta"), "follow_up", "contact_to_family", "contact_from_family"),
            Fieldset(_("Vastuutyöntekijä"), "responsible_1", "responsible_2"),
            Fieldset(_("Seuraava yhteydenotto"), Row("next_on", "next_at"), InlineRadios("next_way")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("responsible_1"), data.get("responsible_2")
        if first is None and second is not None:
            first, second = second, None
        named = [worker for worker in (first, second) if worker is not None]
        if refused := why_not_named(named, self.situation):
            self.add_error("responsible_2" if len(named) > 1 else "responsible_1", str(refused))
        data["responsible"] = named
        clean_promise(self, data)
        return data


def clean_promise(form: HouseForm, data: dict[str, Any]) -> None:
    """Put the next contact together from its day, clock time and way; what is wrong stands at its field."""
    on, at = data.get("next_on"), data.get("next_at")
    data["promise"] = None
    if "next_on" in form.errors or "next_at" in form.errors:
        return
    if on is None:
        if at is not None:
            form.add_error("next_on", _("Valitse myös päivä."))
        return
    if refused := why_not_promise(on, at):
        form.add_error("next_on", str(refused))
        return
    data["promise"] = Promise(on, at, ContactWay(data.get("next_way") or ContactWay.PHONE))


class AgreeForm(HouseForm):
    """The family's own word that the responsible workers may see its matters, and who said it."""

    submit_label = _("Sovimme tästä suunnitelmasta")
    submit_class = "button-big"
    mark_optional = False

    seen_edition = forms.CharField(widget=forms.HiddenInput, required=False)
    present = forms.MultipleChoiceField(
        label=_("Ketkä ovat mukana"),
        help_text=_("Nimet tulevat suunnitelmaan ja perheen paperiin. Perheestä on mukana ainakin yksi."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse, ketkä ovat mukana sopimassa.")},
    )
    permits = forms.BooleanField(
        error_messages={"required": _("Kysy perheeltä, antaako se luvan. Ilman lupaa ei voi sopia.")}
    )
    given_by = GiversField(
        label=_("Kuka perheestä antaa luvan"),
        error_messages={"required": _("Valitse, kuka perheestä antaa luvan.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        people: Mapping[str, Sequence[Attender]],
        suggested: Sequence[Attender],
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {
            "seen_edition": plan.edition,
            "present": [_attender(one) for one in suggested],
        }
        super().__init__(data, initial=initial, **kwargs)
        self.plan = plan
        self.people = {_attender(one): one for group in people.values() for one in group}
        cast(forms.MultipleChoiceField, self.fields["present"]).choices = [
            (label, [(_attender(one), name_of(one)) for one in group])
            for label, group in people.items()
            if group
        ]
        named = [row.worker.name for row in plan.responsible_workers.all()]
        permits, given_by = self.fields["permits"], cast(GiversField, self.fields["given_by"])
        sentence = (
            _("Perhe antaa luvan, että vastuutyöntekijät (%(names)s) näkevät perheen asiat")
            if len(named) > 1
            else _("Perhe antaa luvan, että vastuutyöntekijä (%(names)s) näkee perheen asiat")
        )
        permits.label = sentence % {"names": words.listed(named)}
        if gone := taken_back(plan):
            permits.help_text = _(
                "Lupa on aiemmin peruttu: %(names)s. Kysy perheeltä, antaako se luvan uudelleen."
            ) % {"names": words.listed(worker.name for worker in gone)}
        self.initial["given_by"] = given_by.ask(plan.situation.family)

    def layout(self) -> Layout:
        return Layout(
            "seen_edition",
            Fieldset(_("Ketkä sopivat tästä"), "present"),
            Fieldset(_("Perheen lupa"), "permits", "given_by"),
        )

    def clean_present(self) -> list[Attender]:
        people = [self.people[one] for one in self.cleaned_data["present"]]
        if refused := why_not_present(people, self.plan):
            raise ValidationError(str(refused))
        return people


def _attender(person: Attender) -> str:
    return f"{kind_of(person)}-{person.pk}"


class ContactForm(HouseForm):
    """What came of a promised contact, and how things go on."""

    submit_label = _("Kirjaa yhteydenotto")
    mark_optional = False

    GOES_ON, EVERYDAY = "goes_on", "everyday"

    outcome = forms.CharField(
        label=_("Miten menee, ja mitä sovitte"),
        help_text=_("Kirjoita lyhyesti ja niin, että perhe voi lukea tämän."),
        max_length=LONGEST_ROW,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Kirjoita, miten perheellä menee ja mitä sovitte.")},
    )
    going = forms.ChoiceField(
        label=_("Miten jatketaan"),
        choices=[],
        widget=forms.RadioSelect,
        initial=GOES_ON,
        error_messages={"required": _("Valitse, miten jatketaan.")},
    )
    next_on = DayField(label=_("Päivä"), required=False)
    next_at = ClockField(label=_("Kellonaika"), required=False)
    next_way = forms.ChoiceField(
        label=_("Tapa"),
        choices=ContactWay,
        initial=ContactWay.PHONE,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, contact: NextContact, back: str, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"next_way": contact.way, "outcome": contact.outcome}
        # The family may have asked to be contacted before the promised day: the promise stands.
        if contact.on > today():
            initial |= {"next_on": contact.on, "next_at": contact.at}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.back = back
        field = self.fields["going"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (self.GOES_ON, Choice(_("Suunnitelma jatkuu"), _("Sovitaan seuraava yhteydenotto."))),
            (
                self.EVERYDAY,
                Choice(_("Arki sujuu"), _("Tilanne on parempi, ja olette perheen kanssa samaa mieltä.")),
            ),
        ]

    def layout(self) -> Layout:
        return Layout(
            "outcome",
            "going",
            Fieldset(_("Seuraava yhteydenotto"), Row("next_on", "next_at"), InlineRadios("next_way")),
        )

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin suunnitelmaan"), self.back)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("going") == self.EVERYDAY:
            for name in ("next_on", "next_at", "next_way"):
                self.errors.pop(name, None)
            return data
        clean_promise(self, data)
        if data["promise"] is None and "next_on" not in self.errors and "next_at" not in self.errors:
            self.add_error("next_on", _("Sopikaa seuraavan yhteydenoton päivä. Lupaus ei saa unohtua."))
        return data
