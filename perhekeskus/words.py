"""Words for days, times, names and lists, as Finns write them in Finnish, in Swedish and in English."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

HELSINKI = ZoneInfo("Europe/Helsinki")

# Habits of writing rather than translations, so they stand here and not in the message catalogues.
WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS_EN = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
MONTH_NAMES = {
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu"
    " joulukuu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
IN_MONTH = {"fi": "{}ssa", "sv": "i {}", "en": "in {}"}
AND = {"fi": "ja", "sv": "och", "en": "and"}
HOUR = {"fi": "t", "sv": "h", "en": "h"}
AT = {"fi": "klo", "sv": "kl.", "en": "at"}
NUMBERS = {
    "fi": "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen",
    "sv": "noll en två tre fyra fem sex sju åtta nio tio",
    "en": "no one two three four five six seven eight nine ten",
}

# After z in the Finnish alphabet, in this order; the Nordic and Estonian neighbours sort with them.
AFTER_Z = {
    "å": "{",
    "ä": "|",
    "æ": "|",
    "ö": "}",
    "ø": "}",
    "õ": "}",
    "ő": "}",
    "œ": "}",
}
SORTS_AS = {
    "ü": "y",
    "ű": "y",
    "đ": "d",
    "ð": "d",
    "ß": "ss",
    "þ": "th",
    "ŋ": "n",
    "ŧ": "t",
    "ł": "l",
    "ʹ": "",
}


def _language() -> str:
    language = (get_language() or "fi").split("-")[0]
    return language if language in WEEKDAYS else "fi"


def _here(moment: date) -> date:
    """The same moment on Helsinki's clock; a plain date stays as it is."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment, HELSINKI) if timezone.is_aware(moment) else moment
    return moment


def today() -> date:
    """Helsinki's day."""
    return timezone.localdate(timezone=HELSINKI)


def day(value: date) -> str:
    """ma 15.3.2027"""
    here, language = _here(value), _language()
    weekday = WEEKDAYS[language][here.weekday()]
    if language == "en":
        return f"{weekday} {here.day} {MONTHS_EN[here.month - 1]} {here.year}"
    return f"{weekday} {here.day}.{here.month}.{here.year}"


def short_day(value: date) -> str:
    """ma 15.3."""
    here, language = _here(value), _language()
    weekday = WEEKDAYS[language][here.weekday()]
    if language == "en":
        return f"{weekday} {here.day} {MONTHS_EN[here.month - 1]}"
    return f"{weekday} {here.day}.{here.month}."


def clock(value: datetime | time) -> str:
    """9.30, on Helsinki's clock."""
    here = _here(value) if isinstance(value, datetime) else value
    assert isinstance(here, datetime | time)
    separator = ":" if _language() == "en" else "."
    return f"{here.hour}{separator}{here.minute:02}"


def moment(value: datetime) -> str:
    """ma 15.3.2027 klo 9.30"""
    return f"{day(value)} {AT[_language()]} {clock(value)}"


def clock_span(start: datetime, end: datetime) -> str:
    """klo 9.30–11.00"""
    return f"{AT[_language()]} {clock(start)}–{clock(end)}"


def span(start: datetime, end: datetime) -> str:
    """ma 15.3.2027 klo 9.30–11.00; over midnight both days are named."""
    first, last = _here(start), _here(end)
    assert isinstance(first, datetime) and isinstance(last, datetime)
    if first.date() == last.date():
        return f"{day(first)} {clock_span(first, last)}"
    return f"{moment(first)} – {moment(last)}"


def month(value: date) -> str:
    """lokakuu 2026"""
    return f"{_month_name(value)} {value.year}"


def in_month(value: date) -> str:
    """lokakuussa 2026"""
    return f"{IN_MONTH[_language()].format(_month_name(value))} {value.year}"


def _month_name(value: date) -> str:
    return MONTH_NAMES[_language()].split()[value.month - 1]


def duration(minutes: int) -> str:
    """45 min, 1 t, 1 t 30 min"""
    hours, rest = divmod(minutes, 60)
    hour = HOUR[_language()]
    return " ".join(
        [*([f"{hours} {hour}"] if hours else []), *([f"{rest} min"] if rest or not hours else [])]
    )


def listed(items: Iterable[object]) -> str:
    """a, b ja c"""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {AND[_language()]} {words[-1]}"


def counted(count: int) -> str:
    """4 700: a space between the thousands that breaks no line."""
    return str(count) if -1000 < count < 1000 else counter()(count)


def counter() -> Callable[[int], str]:
    """The same for many numbers, of which the language is asked only once."""
    between = "," if _language() == "en" else "\u00a0"
    return lambda count: f"{count:,}".replace(",", between)


def number_word(count: int) -> str:
    """kolme; from eleven on 11."""
    words = NUMBERS[_language()].split()
    return words[count] if 0 <= count < len(words) else str(count)


def headline(text: str, longest: int = 90) -> str:
    """The first line of what was written, cut at a word."""
    line = text.strip().splitlines()[0]
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def initials(name: object) -> str:
    """KP for Kaisa Peltonen, Mu for Mummo: what a person's circle holds."""
    words = unicodedata.normalize("NFC", str(name)).replace("-", " ").split()
    # "Äiti ja isä" is no first and last name: only words with a capital count.
    capital = [word for word in words if word[0].isupper()]
    if len(capital) > 1:
        return capital[0][0] + capital[-1][0]
    if capital or words:
        return (capital or words)[0][:2].capitalize()
    return "?"


def relative_day(value: date, today: date | None = None) -> str:
    """tänään, huomenna, eilen or ke 17.3."""
    here = _here(value)
    that_day = here.date() if isinstance(here, datetime) else here
    now = today or timezone.localdate(timezone=HELSINKI)
    match (that_day - now).days:
        case 0:
            return _("tänään")
        case 1:
            return _("huomenna")
        case -1:
            return _("eilen")
    return short_day(that_day) if that_day.year == now.year else day(that_day)


def days_late(value: date, today: date | None = None) -> str:
    """1 päivä myöhässä; empty when nothing is late."""
    here = _here(value)
    that_day = here.date() if isinstance(here, datetime) else here
    late = ((today or timezone.localdate(timezone=HELSINKI)) - that_day).days
    if late < 1:
        return ""
    return ngettext("%(days)d päivä myöhässä", "%(days)d päivää myöhässä", late) % {"days": late}


def telephone(number: object) -> str:
    """A telephone number as it is read in Finland, 040 123 4567; anything else as it was written."""
    national = str(getattr(number, "as_national", None) or number or "")
    return re.sub(r"^(0\d+) (\d{3})(\d{3,4})$", r"\1 \2 \3", national)


def finnish_sort_key(text: object) -> tuple[str, str]:
    """Sorts as Finns sort: å, ä and ö last and in that order, other marks on letters make no difference."""
    return _sort_key(str(text))


# The same names are sorted again on every page.
@lru_cache(maxsize=2048)
def _sort_key(text: str) -> tuple[str, str]:
    whole = unicodedata.normalize("NFC", text).casefold()
    letters = []
    for letter in whole:
        if letter in AFTER_Z:
            letters.append(AFTER_Z[letter])
        elif letter in SORTS_AS:
            letters.append(SORTS_AS[letter])
        elif letter.isascii():
            letters.append(letter)
        else:
            bare = unicodedata.normalize("NFD", letter)
            letters.append("".join(mark for mark in bare if not unicodedata.combining(mark)))
    return "".join(letters), whole


# How much of a long text is shown before the rest is folded away, in lines of an ordinary page.
LINE_LENGTH, SHOWN_LINES, SPARED_LINES = 70, 12, 3


def folded(text: str) -> tuple[str, str]:
    """The beginning of a text and the rest of it; a text that is only a little too long is left whole."""
    if _lines(text) <= SHOWN_LINES + SPARED_LINES:
        return text, ""
    cut, left = 0, SHOWN_LINES
    for line in text.splitlines(keepends=True):
        if (needed := _lines(line)) > left:
            room = line[: left * LINE_LENGTH]
            cut += room.rfind(" ") + 1 if " " in room else len(room)
            break
        cut += len(line)
        left -= needed
    return text[:cut].rstrip(), text[cut:].lstrip()


def _lines(text: str) -> int:
    return sum(max(1, -(-len(line) // LINE_LENGTH)) for line in text.splitlines())


def direction(text: str) -> str:
    """Which way a text is written, by its first letter that says: rtl or ltr."""
    for letter in str(text):
        kind = unicodedata.bidirectional(letter)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
