"""The facts of the monthly report, in the active language: the same published numbers as on the pages.

Each part is a function of the month; what the parts tell is put together here and laid out by the paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from network.models import Worker
from perhekeskus import words
from perhekeskus.bars import Bars
from perhekeskus.year_bars import Span, year_bars

from ..feedback_counts import feedback_counts
from .adoption import STEP, AdoptionFacts, adoption
from .adoption_picture import stage_columns
from .adoption_tables import tables_of
from .afterwards import afterwards
from .along import advice, talk_table, talks_and_chain
from .by_kind import by_kind
from .development import GRIEVANCE, NEED, as_reported, chosen, list_of, matters
from .feedback import feedback_tables
from .people import seats, unmet_needs
from .published import Shown
from .ranges import Range, month_words
from .readers import the_house
from .shared_times import SharedTimes, all_kinds, shared_times
from .tables import Table
from .tile_picture import tile_picture
from .waiting_now import waiting_now
from .waits import Wait, at_most_in_words, waits
from .waits import picture as wait_picture
from .waits import table as wait_table

# As many lying bars stand below each other with their table on a sheet that lies on its side.
MOST_BARS = 8

TEMPLATES = {
    "months": "components/_year_bars.html",
    "bars": "components/_bars.html",
    "map": "meetings/_report_tile_map.html",
    "columns": "meetings/_report_stage_columns.html",
}


@dataclass(frozen=True)
class Picture:
    """A drawing and the template that writes it down; a table of the block tells the same."""

    # How large it is: months, bars, map or columns.
    kind: str
    facts: Any

    @property
    def template(self) -> str:
        return TEMPLATES[self.kind]


@dataclass(frozen=True)
class Block:
    """One thing that a part tells: a heading, perhaps a drawing, and the numbers."""

    title: str
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of the report."""

    title: str
    # What the front page says of it.
    news: tuple[str, ...]
    blocks: tuple[Block, ...]


def parts(month: date) -> list[Part]:
    """The parts of the month's report that have something to tell."""
    house = the_house()
    made = (part(house, month) for part in PARTS)
    return [one for one in made if one.blocks]


def counted(parts: list[Part]) -> list[tuple[str, str]]:
    """What is counted, in the order of the tables, each number once."""
    tables = [table for part in parts for block in part.blocks for table in block.tables]
    return list(dict.fromkeys(row for table in tables for row in table.counted))


def _so_far(month: date) -> Range:
    """This year until the end of the month."""
    return Range(month.replace(month=1), month)


def _with_bars(title: str, bars: Bars | Sequence[Bars] | None, *tables: Table) -> tuple[Block, ...]:
    """A block with its drawing, or several side by side; none when there is nothing to draw."""
    drawn = [bars] if isinstance(bars, Bars) else bars or ()
    return (Block(title, tuple(Picture("bars", one) for one in drawn), tables),) if drawn else ()


# --- shared times --------------------------------------------------------------------------------


def _shared_times(worker: Worker, month: date) -> Part:
    """Per month and municipality, this year so far and the year before; by kind; what did not come about."""
    kinds = all_kinds()
    times = shared_times(worker, _so_far(month), kinds)
    of_kinds = by_kind(worker, times, kinds)
    if not times.now.rows:
        return Part(_("Yhteiset ajat"), (), ())
    labels = [month_words(one) for one in times.now.months]
    chart = year_bars(
        labels,
        _spans(times.now.month_totals),
        _spans(times.before.month_totals),
        str(times.by_month().caption),
    )
    return Part(
        _("Yhteiset ajat"),
        (_held_in(month, times.now.month_totals[-1]), _held_so_far(times)),
        (
            Block(
                _("Koko verkosto kuukausittain"),
                (Picture("months", chart),) if chart else (),
                (times.by_month(),),
            ),
            Block(_("Kunnittain"), (), (times.table(), times.compared())),
            *((Block(_("Tapaamiset lajeittain"), (), tuple(of_kinds.tables)),) if of_kinds.tables else ()),
        ),
    )


def _held_in(month: date, held: Shown) -> str:
    when = words.in_month(month).capitalize()
    if not held.high:
        return _("%(when)s ei pidetty yhtään yhteistä aikaa.") % {"when": when}
    return _("%(when)s yhteisiä aikoja pidettiin %(number)s.") % {"when": when, "number": held.words}


def _held_so_far(times: SharedTimes) -> str:
    return _("Vuoden alusta niitä on pidetty %(now)s, samana aikana vuotta aiemmin %(before)s.") % {
        "now": times.now.total.words,
        "before": times.before.total.words,
    }


def _spans(totals: Sequence[Shown]) -> list[Span]:
    return [Span(total.low, total.high, total.words) for total in totals]


# --- along the way -------------------------------------------------------------------------------


def _along(worker: Worker, month: date) -> Part:
    """Talks, offers, advice that was enough, how long families waited, where the chain breaks."""
    months = _so_far(month)
    talks, chain = talks_and_chain(worker, months)
    advised = advice(worker, months)
    waited = waits(worker, words.today())
    waiting = waiting_now(worker)
    news = []
    if talks.all.high:
        news.append(
            _(
                "Keskusteluja perheiden kanssa: %(all)s. Yhteistä aikaa tarjottiin: %(offers)s, perhe halusi"
                " sen: %(accepted)s."
            )
            % {
                "all": talks.all.words,
                "offers": talks.offers.words,
                "accepted": talks.accepted.words,
            }
        )
    if advised.given.high:
        news.append(
            _("Neuvoja annettiin perheen luvalla: %(given)s. Neuvo riitti: %(enough)s.")
            % {"given": advised.given.words, "enough": advised.enough.words}
        )
    news += _waited(waited)
    return Part(
        _("Matkan varrella"),
        tuple(news),
        (
            *_with_bars(
                _("Keskustelut ja tarjotut yhteiset ajat"),
                talks.parts.bars(_("Mitä keskusteluissa sovittiin")),
                talk_table(talks, months),
            ),
            *((Block(_("Annetut neuvot"), (), advised.tables),) if advised.given.high else ()),
            *_with_bars(
                _("Puheeksiotosta yhteiseen aikaan"),
                wait_picture(waited) if _waited(waited) else None,
                wait_table(waited),
            ),
            *((Block(_("Nyt odottavat"), (), (waiting,)),) if waiting.rows else ()),
            *_with_bars(_("Missä ketju katkeaa"), chain.picture(), chain.table()),
        ),
    )


def _waited(waited: list[Wait]) -> list[str]:
    """Of the newest quarter of which it is told."""
    told = [one for one in waited if one.median is not None]
    return [
        _("Neljänneksellä %(quarter)s puheeksiotosta yhteiseen aikaan kului puolella perheistä %(days)s.")
        % {"quarter": one.name, "days": at_most_in_words(one.median)}
        for one in told[-1:]
    ]


# --- who took part, and afterwards ---------------------------------------------------------------


def _people(worker: Worker, month: date) -> Part:
    """By sector, and the needs for which nobody is named."""
    months = _so_far(month)
    found, needs = seats(worker, months), unmet_needs(worker)
    bars = found.parts.bars_in_columns(_("Keitä tapaamisissa oli"), most=MOST_BARS)
    news = []
    if bars:
        news.append(
            _("Tapaamisissa oli kaikkiaan %(all)s osallistujaa, joista perheiden läheisiä %(close)s.")
            % {"all": found.all, "close": found.close_people}
        )
    return Part(
        _("Osallistujat"),
        tuple(news),
        (
            *_with_bars(_("Keitä tapaamisissa oli"), bars, found.table(months)),
            *((Block(_("Tarpeet, joihin ei ole nimetty ketään"), (), (needs,)),) if needs.rows else ()),
        ),
    )


def _afterwards(worker: Worker, month: date) -> Part:
    """Promised contacts, measures, reviews from both sides, feedback."""
    facts = afterwards(worker, _so_far(month))
    feedback = feedback_tables(feedback_counts(worker, words.today()))
    news = []
    if facts.on_time_share:
        news.append(
            _("Luvatuista ja tehdyistä yhteydenotoista ajallaan: %(share)s.") % {"share": facts.on_time_share}
        )
    if facts.better_by_families:
        news.append(
            _("Perheiden mielestä arvioiduista asioista on nyt paremmin %(share)s.")
            % {"share": facts.better_by_families}
        )
    return Part(
        _("Jälkeenpäin"),
        tuple(news),
        (
            *_with_bars(
                _("Luvatut yhteydenotot"),
                facts.contacts.bars(_("Luvatut yhteydenotot")),
                facts.contact_table,
            ),
            *_with_bars(
                _("Mitä suunnitelmista on tehty"),
                facts.measures.bars(_("Mitä suunnitelmista on tehty")),
                facts.measure_table,
            ),
            *_with_bars(
                _("Perheiden arvio"), facts.by_families.bars(_("Perheiden arvio")), facts.family_table
            ),
            *_with_bars(
                _("Työntekijöiden arvio"),
                facts.by_workers.bars(_("Työntekijöiden arvio")),
                facts.worker_table,
            ),
            *((Block(_("Palaute tapaamisista"), (), tuple(feedback)),) if feedback else ()),
        ),
    )


# --- adoption, and what is to be developed -------------------------------------------------------


def _adoption(worker: Worker, month: date) -> Part:
    """The municipalities by stage as they are now: on the map, over time, and each."""
    facts = adoption(worker, words.today())
    if not facts.now:
        return Part(_("Käyttöönotto"), (), ())
    now, over_time = tables_of(facts)
    maps = tuple(Picture("map", tile_picture(county)) for county in facts.maps if county.tiles)
    columns = Picture("columns", stage_columns(facts.over_time))
    return Part(
        _("Käyttöönotto"),
        (_adopted(facts),),
        (
            Block(_("Kunnat kartalla"), maps, (now,)),
            Block(_("Miten tähän on tultu"), (columns,), (over_time,)),
        ),
    )


def _adopted(facts: AdoptionFacts) -> str:
    numbers = dict(zip(STEP, facts.numbers, strict=True))
    rooted, trial, whole = numbers["rooted"], numbers["trial"], len(facts.now)
    return _(
        "Kuntia on %(whole)s. Yhteinen toimintamalli on juurtunut tai juurtumassa %(rooted)s kunnassa, ja"
        " kokeilu on käynnissä %(trial)s kunnassa."
    ) % {"whole": whole, "rooted": rooted, "trial": trial}


def _development(worker: Worker, month: date) -> Part:
    """The open grievances and needs, with who takes care of each and how far it is."""
    still_open = chosen(matters(worker))
    grievances, needs = (sum(one.kind == kind for one in still_open) for kind in (GRIEVANCE, NEED))
    if not still_open:
        return Part(_("Kehittäminen"), (), ())
    return Part(
        _("Kehittäminen"),
        (
            _("Avoinna epäkohtia: %(grievances)s, kehittämisasioita: %(needs)s.")
            % {"grievances": grievances, "needs": needs},
        ),
        (Block(_("Avoimet epäkohdat ja kehittämisasiat"), (), (list_of(as_reported(still_open)),)),),
    )


PARTS: list[Callable[[Worker, date], Part]] = [
    _shared_times,
    _along,
    _people,
    _afterwards,
    _adoption,
    _development,
]
