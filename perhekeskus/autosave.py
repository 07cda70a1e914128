"""Fields that save themselves while they are written, by several people at once.

Each field travels with the mark of what its writer saw in it. A text is written only over what was seen;
when somebody else has written meanwhile, both are shown and a person chooses. The browser's half is
`static/js/autosave.js`; without it the same marks come in the page's own form. Why so: ADR 0024.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .kept import is_by_reader
from .refusals import Refused

V = TypeVar("V", bound=Callable[..., Any])

# How long somebody is told to be writing after the last letter, and to have written the newest text.
WRITING_SECONDS, WROTE_SECONDS = 4, 3600
MARK_LENGTH = 16
# Several chosen at once travel as one value.
BETWEEN = ","


@dataclass(frozen=True)
class Change:
    """What somebody wrote in a field, and the mark of what they saw there."""

    value: str
    seen: str


class Sheet(Protocol):
    """What the fields belong to. `key` tells one sheet from another: "meeting:12"."""

    key: str

    def clean(self, name: str, value: str) -> str:
        """The value as it is saved; ValidationError when it can't be."""

    def saved(self) -> Mapping[str, str]:
        """What is saved in each field."""

    def save(self, changes: Mapping[str, Change]) -> Mapping[str, str]:
        """Save what `sort` lets, with all that it reads locked; what is saved then in each field."""


def plain(text: str) -> str:
    """The text as it is compared: browsers end lines in two ways, and fields drop the outer blanks."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark(text: str) -> str:
    """A mark of what was seen; it leads to no text."""
    return salted_hmac("autosave", plain(text), algorithm="sha256").hexdigest()[:MARK_LENGTH]


def is_same(one: str, other: str) -> bool:
    return plain(one) == plain(other)


@dataclass(frozen=True)
class Sorted:
    """What came, beside what is saved: to be written, or written over something that was not seen."""

    write: dict[str, str] = field(default_factory=dict)
    clash: list[str] = field(default_factory=list)


def sort(changes: Mapping[str, Change], saved: Mapping[str, str]) -> Sorted:
    """Nothing is done to a field that says the same already, or that its writer hasn't touched."""
    found = Sorted()
    for name, change in changes.items():
        if name not in saved or is_same(change.value, saved[name]):
            continue
        if change.seen == mark(saved[name]):
            found.write[name] = plain(change.value)
        elif change.seen != mark(change.value):
            found.clash.append(name)
    return found


class WrittenMeanwhile(Refused):
    """A form would write over something that its writer hasn't seen; `names` tells where."""

    def __init__(self, reason: str | Promise, names: list[str]) -> None:
        super().__init__(reason)
        self.names = names


# --- a form whose fields save themselves ----------------------------------------------------------


class SavesItself(forms.Form):
    """Beside `HouseForm`: the hidden marks, and one field cleaned at a time."""

    save_url = ""
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def helper(self) -> Any:
        helper = super().helper  # type: ignore[misc]
        helper.attrs = {**helper.attrs, "data-autosave": self.save_url}
        if self.is_bound:
            # What stands in the fields was typed, not saved: the page asks first what is.
            helper.attrs["data-autosave-typed"] = "yes"
        return helper

    def clean_one(self, name: str, value: str) -> str:
        """One field's value as it is saved."""
        if name not in self.fields or name == "seen":
            raise ValidationError(_("Tätä kohtaa ei voi tallentaa."))
        given: Any = self.as_sent(name, value) if value and self._of_many(name) else value or None
        cleaned = self.fields[name].clean(given)
        return as_text(cleaned)

    def as_sent(self, name: str, value: str) -> list[str]:
        """A saved value as a browser would send it."""
        return value.split(BETWEEN) if self._of_many(name) else [value]

    def in_words(self, name: str, value: str) -> str:
        """A saved value as a person reads it: of a choice, its words."""
        choices = dict(getattr(self.fields[name], "choices", ()))
        if not choices:
            return value
        return ", ".join(str(choices.get(one, one)) for one in self.as_sent(name, value))

    def _of_many(self, name: str) -> bool:
        return isinstance(self.fields[name], forms.MultipleChoiceField)


def as_text(value: Any) -> str:
    """A field's value as it travels."""
    if isinstance(value, list | tuple):
        return BETWEEN.join(str(one) for one in value)
    return "" if value is None else str(value)


def marks(saved: Mapping[str, str]) -> str:
    """The marks of a whole page, for the form's hidden field."""
    return " ".join(f"{name}:{mark(value)}" for name, value in saved.items())


def changes_in(values: Mapping[str, Any], seen: str) -> dict[str, Change]:
    """What a whole form brought; a field whose mark is missing was seen empty."""
    known = dict(pair.split(":", 1) for pair in seen.split() if ":" in pair)
    return {
        name: Change(as_text(value), known.get(name, mark("")))
        for name, value in values.items()
        if name != "seen"
    }


# --- what the browser asks every now and then ------------------------------------------------------


def saves_itself(view: V) -> V:
    """A view that answers the browser's own savings: what comes too late stays on the page that sent it.

    ADR 0020 keeps what a person sends; here nobody pressed anything, and the page sends it again.
    """
    view.keeps_itself = True  # type: ignore[attr-defined]
    return view


def answer(request: HttpRequest, sheet: Sheet) -> JsonResponse:
    """Save what came, and tell what differs from what the page has seen, and who is writing where."""
    if not is_by_reader(request):
        sentence = _(
            "Tällä selaimella on nyt kirjautuneena joku muu. Tekstisi on tällä sivulla, mutta sitä ei"
            " tallenneta hänen nimissään."
        )
        return JsonResponse({"closed": sentence}, status=409)
    seen = {key.removeprefix("seen."): mark_ for key, mark_ in request.POST.items() if key[:5] == "seen."}
    changes, refused = {}, {}
    for key in request.POST:
        name = key.removeprefix("set.")
        if name == key:
            continue
        try:
            saw = str(seen.get(name, ""))
            changes[name] = Change(sheet.clean(name, str(request.POST[key])), saw)
        except ValidationError as error:
            refused[name] = " ".join(error.messages)
    try:
        saved = sheet.save(changes) if changes else sheet.saved()
    except Refused as refusal:
        return JsonResponse({"closed": str(refusal)}, status=409)
    writers = _writers(request, sheet, saved, changes)
    return JsonResponse(
        {
            "fields": {
                name: {"value": plain(value), "seen": mark(value), "by": writers["wrote"].get(name, "")}
                for name, value in saved.items()
                if name in changes or seen.get(name) != mark(value)
            },
            "refused": refused,
            "writing": writers["writing"],
        }
    )


def _writers(
    request: HttpRequest, sheet: Sheet, saved: Mapping[str, str], changes: Mapping[str, Change]
) -> dict[str, dict[str, str]]:
    """Who else is writing in which field, and whose the newest text of each is; names of workers only."""
    reader: Any = request.user
    me = [reader.pk, reader.name]
    here = request.POST.get("writing", "")
    if here in saved:
        cache.set(f"writing:{sheet.key}:{here}", me, timeout=WRITING_SECONDS)
    for name, change in changes.items():
        if name in saved and is_same(change.value, saved[name]):
            cache.set(f"wrote:{sheet.key}:{name}", me, timeout=WROTE_SECONDS)
    keys = [f"{what}:{sheet.key}:{name}" for what in ("writing", "wrote") for name in saved]
    found: dict[str, dict[str, str]] = {"writing": {}, "wrote": {}}
    for key, (number, name) in cache.get_many(keys).items():
        what, rest = key.split(":", 1)
        if number != reader.pk:
            found[what][rest.removeprefix(f"{sheet.key}:")] = name
    return found
