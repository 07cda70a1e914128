"""What every form of the house shares: its helper, plain error messages, clean text, days and clock times."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from perhekeskus.words import HELSINKI

if TYPE_CHECKING:
    # Only the stubs know this name.
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = str | Promise

LONGEST_TEXT = 10_000

UNSAVABLE = _("Tekstissä on merkki, jota ei voi tallentaa. Poista se tai kirjoita kohta uudelleen.")
NO_SUCH_TIME = _(
    "Kellonaikaa %(clock)s ei ole %(day)s: silloin siirrytään kesäaikaan. Valitse toinen kellonaika."
)

# Control characters, all but tab and the line feeds. They come along from a copied document and mean nothing.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")

ERROR_MESSAGES: dict[type[forms.Field], dict[str, Words]] = {
    forms.CharField: {
        "required": _("Kirjoita tähän vastaus: %(label)s."),
        "max_length": _(
            "Teksti on liian pitkä: saa olla enintään %(limit_value)d merkkiä, nyt on %(show_value)d."
        ),
        "min_length": _("Teksti on liian lyhyt: pitää olla vähintään %(limit_value)d merkkiä."),
    },
    forms.EmailField: {
        "required": _("Kirjoita sähköpostiosoite."),
        "invalid": _("Tarkista sähköpostiosoite. Se on muotoa nimi@esimerkki.fi."),
    },
    forms.URLField: {
        "required": _("Kirjoita sivun osoite."),
        "invalid": _("Tarkista sivun osoite. Se on muotoa www.esimerkki.fi."),
    },
    PhoneNumberField: {
        "required": _("Kirjoita puhelinnumero."),
        "invalid": _("Puhelinnumero ei kelpaa. Sen voi kirjoittaa näin: 040 123 4567."),
    },
    forms.ChoiceField: {
        "required": _("Valitse yksi vaihtoehto: %(label)s."),
        "invalid_choice": _("Valittua vaihtoehtoa ei enää ole. Valitse jokin listalta."),
    },
    forms.MultipleChoiceField: {
        "required": _("Valitse ainakin yksi: %(label)s."),
        "invalid_choice": _("Valittua vaihtoehtoa ei enää ole. Valitse listalta."),
        "invalid_list": _("Valitse listalta."),
    },
    forms.ModelChoiceField: {
        "required": _("Valitse yksi vaihtoehto: %(label)s."),
        "invalid_choice": _("Valittua vaihtoehtoa ei enää ole. Valitse jokin listalta."),
    },
    forms.ModelMultipleChoiceField: {
        "required": _("Valitse ainakin yksi: %(label)s."),
        "invalid_choice": _("Valittua vaihtoehtoa ei enää ole. Valitse listalta."),
        "invalid_pk_value": _("Valittua vaihtoehtoa ei enää ole. Valitse listalta."),
        "invalid_list": _("Valitse listalta."),
    },
    forms.BooleanField: {"required": _("Merkitse tämä kohta, jotta voit jatkaa.")},
    forms.IntegerField: {
        "required": _("Kirjoita luku: %(label)s."),
        "invalid": _("Kirjoita kokonaisluku numeroin."),
        "max_value": _("Luku saa olla enintään %(limit_value)s."),
        "min_value": _("Luvun pitää olla vähintään %(limit_value)s."),
    },
    forms.DateField: {
        "required": _("Valitse päivä: %(label)s."),
        "invalid": _("Päivää ei ole kalenterissa. Kirjoita se näin: 15.3.2027."),
    },
    forms.TimeField: {
        "required": _("Valitse kellonaika: %(label)s."),
        "invalid": _("Kellonaika ei kelpaa. Kirjoita se näin: 9.30."),
    },
    forms.DateTimeField: {
        "required": _("Valitse päivä ja kellonaika: %(label)s."),
        "invalid": _("Päivä tai kellonaika ei kelpaa. Kirjoita ne näin: 15.3.2027 9.30."),
    },
    forms.FileField: {
        "required": _("Valitse tiedosto."),
        "invalid": _("Tiedosto ei tullut perille. Valitse se uudelleen."),
        "missing": _("Tiedosto ei tullut perille. Valitse se uudelleen."),
        "empty": _("Tiedosto on tyhjä. Valitse toinen."),
    },
}


class Choice(str):
    """The label of a choice with a hint of its own below it."""

    hint: Words

    def __new__(cls, label: Words, hint: Words = "") -> Self:
        choice = super().__new__(cls, str(label))
        choice.hint = hint
        return choice


class WebAddressField(forms.URLField):
    """The address of a web page; without a scheme it is an https one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class LinkTo:
    """A layout object: a plain link beside the buttons, such as a way back."""

    def __init__(self, label: Words, url: str) -> None:
        self.label, self.url = label, url

    def render(
        self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.url, self.label)


# --- clean text ----------------------------------------------------------------------------------


def clean_text(text: str) -> str:
    """Text as it is kept: one form of each letter, plain line feeds, no control characters."""
    return CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def _clean_data(data: Mapping[str, Any]) -> tuple[QueryDict, set[str]]:
    """What was sent, cleaned, and the names of the inputs that held a NUL byte."""
    clean, nul = QueryDict(mutable=True), set()
    for name in data:
        values = data.getlist(name) if isinstance(data, QueryDict) else data[name]
        for value in values if isinstance(values, list | tuple) else [values]:
            if isinstance(value, str):
                if "\x00" in value:
                    nul.add(name)
                value = clean_text(value)
            clean.appendlist(name, value)
    return clean, nul


# --- days and clock times ------------------------------------------------------------------------


def helsinki_moment(day: date, clock: time) -> datetime:
    """The moment when Helsinki's clock shows this; in autumn's double hour the first of the two.

    Raises ValidationError, with a sentence, for the hour that spring leaves out.
    """
    moment = datetime.combine(day, clock.replace(fold=0), tzinfo=HELSINKI)
    # A time that spring leaves out comes back from UTC as another one.
    if moment.astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValidationError(
            NO_SUCH_TIME,
            code="no_such_time",
            params={
                "clock": f"{clock.hour}.{clock.minute:02}",
                "day": f"{day.day}.{day.month}.{day.year}",
            },
        )
    return moment


class _NativeInput(DateTimeBaseInput):
    """A native field that takes ISO only; what cannot be read is shown as it was typed, in a text field."""

    native_type = ""
    reader: type[forms.Field]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        readable = True
        if isinstance(value, str) and value:
            try:
                read = self.reader().to_python(value)
            except (ValidationError, ValueError, OverflowError):
                readable = False
            else:
                # A form that comes back after an error keeps "15.3.2027" that somebody typed by hand.
                context["widget"]["value"] = super().format_value(read)
        context["widget"]["type"] = self.native_type if readable else "text"
        return context


class DayInput(_NativeInput):
    """A native date field."""

    native_type = "date"
    format_key = "DATE_INPUT_FORMATS"
    reader = forms.DateField

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, "%Y-%m-%d")


class ClockInput(_NativeInput):
    """A native time field."""

    native_type = "time"
    format_key = "TIME_INPUT_FORMATS"
    reader = forms.TimeField

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, "%H:%M")


class DayField(forms.DateField):
    """A day: ISO from the native field, or 15.3.2027 as Finns write it."""

    widget = DayInput


class ClockField(forms.TimeField):
    """A clock time: ISO from the native field, or 9.30 as Finns write it."""

    widget = ClockInput


class MomentField(forms.DateTimeField):
    """A day and a clock time in one native field, on Helsinki's clock."""

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else helsinki_moment(value.date(), value.time())
        naive = self._read(str(value).strip())
        if naive is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return naive if naive.tzinfo else helsinki_moment(naive.date(), naive.time())

    def _read(self, text: str) -> datetime | None:
        try:
            if found := parse_datetime(text):
                return found
        except ValueError:
            return None
        for format_ in self.input_formats or ():
            try:
                return datetime.strptime(text, format_)  # noqa: DTZ007 - placed on Helsinki's clock later
            except ValueError:
                continue
        return None


class MomentInput(_NativeInput):
    """A native field for a day and a clock time."""

    native_type = "datetime-local"
    format_key = "DATETIME_INPUT_FORMATS"
    reader = MomentField

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, "%Y-%m-%dT%H:%M")

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime) and value.tzinfo:
            value = value.astimezone(HELSINKI)
        return super().format_value(value)


MomentField.widget = MomentInput


class SplitMomentInput(forms.MultiWidget):
    """A day and a clock time side by side, each with its own label."""

    template_name = "house/widgets/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([DayInput(), ClockInput()], attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return [None, None]
        here = value.astimezone(HELSINKI) if value.tzinfo else value
        return [here.date(), here.time()]


class SplitMomentField(forms.MultiValueField):
    """A day and a clock time, given apart, kept as one moment on Helsinki's clock."""

    widget = SplitMomentInput
    default_error_messages: ClassVar[dict[str, Words]] = {
        "required": _("Valitse päivä ja kellonaika: %(label)s."),
        "incomplete": _("Valitse sekä päivä että kellonaika."),
    }

    def __init__(self, **kwargs: Any) -> None:
        plain = {"invalid": ERROR_MESSAGES[forms.DateField]["invalid"]}
        clock = {"invalid": ERROR_MESSAGES[forms.TimeField]["invalid"]}
        parts = (
            DayField(required=False, error_messages=plain),
            ClockField(required=False, error_messages=clock),
        )
        super().__init__(parts, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list or all(part in self.empty_values for part in data_list):
            return None
        day, clock = data_list
        if day is None or clock is None:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return helsinki_moment(day, clock)


# --- the forms -----------------------------------------------------------------------------------


class NumberInput(forms.TextInput):
    """A whole number in a text field with the phone's number keys: a number field loses what is no number."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "class": "width-short"} | (attrs or {}))


NATIVE: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: DayInput,
    forms.TimeInput: ClockInput,
    forms.DateTimeInput: MomentInput,
    forms.NumberInput: NumberInput,
}


def _speak_plainly(name: str, field: forms.Field) -> None:
    """Replace Django's error sentences by ours, but not the ones that the form itself gives."""
    ours: dict[str, Words] = {}
    theirs: dict[str, Words] = {}
    for kind in reversed(type(field).__mro__):
        theirs |= getattr(kind, "default_error_messages", {})
        if kind in ERROR_MESSAGES:
            ours |= ERROR_MESSAGES[kind]
        elif "default_error_messages" in vars(kind) and kind.__module__ == __name__:
            ours |= vars(kind)["default_error_messages"]
    for code, sentence in ours.items():
        if str(field.error_messages.get(code, theirs.get(code))) == str(theirs.get(code)):
            field.error_messages[code] = sentence
    if isinstance(field, PhoneNumberField):
        # It words this one itself, in English, when it is made.
        field.error_messages["invalid"] = ERROR_MESSAGES[PhoneNumberField]["invalid"]
    label = field.label if field.label is not None else name.replace("_", " ")
    if required := field.error_messages.get("required"):
        # Only this one names the field; the others may carry their own parameters.
        # Of a long label its first sentence; a question stays one.
        asked = re.split(r"(?<=[?.])\s", str(label), maxsplit=1)[0].rstrip(":. ")
        sentence = str(required).replace("%(label)s", asked)
        field.error_messages["required"] = sentence.replace("?.", "?")


def _prepare(name: str, field: forms.Field) -> None:
    _speak_plainly(name, field)
    if native := NATIVE.get(type(field.widget)):
        attrs = {
            key: value
            for key, value in field.widget.attrs.items()
            if key not in {"type", "min", "max", "step"}
        }
        field.widget = native(attrs=attrs)
        field.widget.is_required = field.required
    if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
        if field.max_length is None:
            field.max_length = LONGEST_TEXT
            field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        # The browser would cut a pasted text in silence; the server says how much too long it is.
        field.widget.attrs.pop("maxlength", None)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.setdefault("rows", 5)
            field.widget.attrs.pop("cols", None)


class House(forms.BaseForm):
    """A form of the house: `layout()` places the fields, `submit_label` names the one button."""

    submit_label: Words = _("Tallenna")
    submit_class = ""
    form_tag = True
    form_method = "post"
    mark_optional = True
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        self._nul: set[str] = set()
        if data is not None:
            data, self._nul = _clean_data(data)
        super().__init__(data, *args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            _prepare(name, field)

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.fields:
            sent = self.add_prefix(name)
            if any(nul == sent or nul.startswith(f"{sent}_") for nul in self._nul):
                self.add_error(name, UNSAVABLE)

    def layout(self) -> Layout:
        """The fields in their order; a form that groups them says so here."""
        return Layout(*self.fields)

    def buttons(self) -> list[Any]:
        """What stands below the fields; a form may add a way back: `[*super().buttons(), LinkTo(…)]`."""
        return [Submit("submit", self.submit_label, css_class=self.submit_class or None)]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = self.form_method
        helper.form_tag = self.form_tag
        helper.render_hidden_fields = True
        # What is written of a family on a shared computer is not offered to the next one who sits down.
        helper.attrs = {"autocomplete": "off"}
        layout = self.layout()
        if self.form_tag and self.submit_label:
            layout.append(ButtonHolder(*self.buttons()))
        helper.layout = layout
        return helper


class HouseForm(House, forms.Form):
    """A plain form of the house."""


class HouseModelForm(House, forms.ModelForm):
    """A form of the house over a model."""


class HouseFormSet(forms.BaseFormSet):
    """Many of the same; `item_name` with a running number heads each of them."""

    item_name: Words = ""
    submit_label: Words = ""

    @property
    def helper(self) -> FormHelper:
        """The helper of the formset: its fields are placed by the form's own layout.

        Without a form tag unless there is a `submit_label`: a formset mostly stands inside another form.
        """
        helper = FormHelper()
        helper.form_tag = bool(self.submit_label)
        helper.render_hidden_fields = True
        helper.attrs = {"autocomplete": "off"}
        helper.layout = self.empty_form.layout()
        if self.submit_label:
            helper.add_input(Submit("submit", self.submit_label))
        return helper


def house_formset(form: type[House], *, item_name: Words, **kwargs: Any) -> type[HouseFormSet]:
    """A formset class of the form; the other arguments are those of Django's formset_factory."""
    made = cast("type[HouseFormSet]", forms.formset_factory(form, formset=HouseFormSet, **kwargs))
    made.item_name = item_name
    return made
