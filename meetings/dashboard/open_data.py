"""The county's counts for anybody: what is told of closed months, as JSON and as CSV.

What the files hold is told by open_data.schema.json beside this, and in words by docs/open-data.md.
A change that breaks a reader is a new number at the end of SCHEMA.
"""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from network.models import Municipality
from network.tallies import counted_municipalities
from perhekeskus.words import HELSINKI

from ..models import OpenData
from .published import CountTable, Shown
from .readers import the_house
from .shared_times import count_table, first_month

SCHEMA = "yhteinen-aika/shared-times/1"
DEFINITION = (
    "Pidetyiksi merkityt yhteiset ajat. Peruttuja, pitämättä jääneitä ja seurantatapaamisia ei lasketa."
    " Yhteinen aika kuuluu siihen kuukauteen, jona se alkoi Suomen aikaa, ja siihen kuntaan, jossa perhe"
    " asui, kun yhteistä aikaa alettiin valmistella."
)
# Spreadsheets of a Finnish computer know by it that the letters are UTF-8.
BOM = "\ufeff"
HEAD = ("kuntakoodi", "kunta", "kuukausi", "yhteiset_ajat", "piilotettu")


def publish(through: date) -> OpenData:
    """Publish what may be told of the months until this one in place of what is published now."""
    now = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        house = the_house()
        counts = count_table(house, first_month(house, through), through)
        # The very rows of the table.
        municipalities = counted_municipalities(house, ["held"])
    with transaction.atomic():
        published, _is_new = OpenData.objects.update_or_create(
            only=True,
            defaults={
                "through": through,
                "limit": settings.SMALL_NUMBER_LIMIT,
                "made_at": now,
                "json": _json(counts, municipalities, now),
                "csv": _csv(counts, municipalities),
            },
        )
    return published


def publish_due(through: date) -> bool:
    """Publish when a month has ended, or when the limit of small numbers has changed. Twice is once."""
    if not settings.OPEN_DATA:
        return False
    limit = settings.SMALL_NUMBER_LIMIT
    if OpenData.objects.filter(through__gte=through, limit=limit).exists():
        return False
    publish(through)
    return True


def what_is_published() -> OpenData | None:
    """What anybody may have now; nothing while more is hidden than when it was made."""
    return OpenData.objects.filter(limit__gte=settings.SMALL_NUMBER_LIMIT).first()


def _json(counts: CountTable, municipalities: list[Municipality], now: datetime) -> str:
    return json.dumps(_facts(counts, municipalities, now), ensure_ascii=False, separators=(",", ":")) + "\n"


def _facts(counts: CountTable, municipalities: list[Municipality], now: datetime) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": "Pidetyt yhteiset ajat",
        "definition": DEFINITION,
        "licence": {"name": settings.OPEN_DATA_LICENCE, "url": settings.OPEN_DATA_LICENCE_URL},
        "updated_at": timezone.localtime(now, HELSINKI).replace(microsecond=0).isoformat(),
        "small_number_limit": settings.SMALL_NUMBER_LIMIT,
        "first_month": _month(counts.months[0]) if counts.months else None,
        "last_month": _month(counts.months[-1]) if counts.months else None,
        "municipalities": [
            {"code": one.code, "name_fi": one.name_fi, "name_sv": one.name_sv} for one in municipalities
        ],
        "counts": [
            {"municipality": municipality.code, "month": _month(month), **_said(cell)}
            for municipality, row in zip(municipalities, counts.rows, strict=True)
            for month, cell in zip(counts.months, row.cells, strict=True)
        ],
        "network": [
            {"month": _month(month), **_said(total)}
            for month, total in zip(counts.months, counts.month_totals, strict=True)
        ],
    }


def _said(cell: Shown) -> dict[str, Any]:
    if cell.is_exact:
        return {"shared_times": cell.low, "hidden": None}
    return {"shared_times": None, "hidden": f"{cell.low}-{cell.high}"}


def _csv(counts: CountTable, municipalities: list[Municipality]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for municipality, row in zip(municipalities, counts.rows, strict=True):
        for month, cell in zip(counts.months, row.cells, strict=True):
            said = _said(cell)
            writer.writerow(
                [municipality.code, municipality.name_fi, _month(month), said["shared_times"], said["hidden"]]
            )
    return BOM + file.getvalue()


def _month(month: date) -> str:
    return f"{month:%Y-%m}"
