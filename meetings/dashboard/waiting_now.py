"""Families that wait for their first shared time just now, by municipality and step."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Municipality, Worker
from network.tallies import may_count
from perhekeskus.words import finnish_sort_key

from ..models import Situation
from ..states import Stage
from .published import shown, total_of_shown
from .tables import Table, Value

WAITING_NOW = "nyt-odottavat"
STEPS = {
    Stage.RAISED: gettext_lazy("Otettu puheeksi"),
    Stage.CONVENING: gettext_lazy("Kutsutaan koolle"),
    Stage.SHARED_TIME: gettext_lazy("Kutsut lähetetty"),
}

TOLD = (
    gettext_lazy("Nyt odottavat"),
    gettext_lazy(
        "Avoimet tilanteet, joissa ei ole vielä pidetty yhteistä aikaa, siinä vaiheessa, jossa ne ovat"
        " juuri nyt, ja siinä kunnassa, jossa perhe asui, kun tilanne avattiin."
    ),
)


def waiting_now(worker: Worker) -> Table:
    """Municipalities where somebody waits × steps; two queries, empty for one who may not count."""
    if not may_count(worker):
        return _table({}, {})
    rows = (
        Situation.objects.filter(first_shared_time=None, stage__in=list(STEPS))
        .order_by()
        .values_list("municipality", "stage")
        .annotate(Count("pk"))
    )
    found = {(code, stage): number for code, stage, number in rows}
    return _table(found, Municipality.objects.in_bulk({code for code, _stage in found}))


def _table(found: dict[tuple[str, str], int], municipalities: dict[str, Municipality]) -> Table:
    rows: list[tuple[Value, ...]] = []
    columns: list[list] = [[] for _step in range(len(STEPS) + 1)]
    for code, municipality in sorted(municipalities.items(), key=lambda row: finnish_sort_key(row[1])):
        cells = [shown(found.get((code, step), 0)) for step in STEPS]
        cells.append(total_of_shown(cells))
        rows.append((str(municipality), *cells))
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    if rows:
        rows.append((_("Koko verkosto"), *map(total_of_shown, columns)))
    return Table(
        WAITING_NOW,
        _("Perheet, jotka odottavat yhteistä aikaa juuri nyt"),
        (_("Kunta"), *map(str, STEPS.values()), _("Yhteensä")),
        tuple(rows),
        ((str(TOLD[0]), str(TOLD[1])),),
        has_total_row=True,
        has_total_column=True,
    )
