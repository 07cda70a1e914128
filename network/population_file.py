"""A file of under-18s: `kunta;vuosi;alle_18`, taken in whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from .exchange.reading import Row, Sheet, folded, read
from .models import Municipality, Population
from .models.populations import FIRST_YEAR, LAST_YEAR, MOST_UNDER_18

HEADINGS = ("kunta", "vuosi", "alle_18")


class WrongFile(Exception):
    """What is wrong, a sentence for each line of it."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True)
class Known:
    """One line that can be taken in."""

    municipality: Municipality
    year: int
    under_18: int


def read_populations(content: bytes) -> list[Known]:
    """What the file says, CSV or Excel; raises WrongFile, or Unreadable when nothing of it can be read.

    A municipality is told by its number or by either of its names.
    """
    sheet = read(content, HEADINGS)
    places = _places(sheet)
    municipalities = {
        folded(name): one
        for one in Municipality.objects.all()
        for name in (one.code, one.name_fi, one.name_sv)
    }
    found: list[Known] = []
    wrong: list[str] = []
    lines: dict[tuple[str, int], int] = {}
    for row in sheet.rows:
        try:
            known = _known(row, places, municipalities)
            key = (known.municipality.pk, known.year)
            if earlier := lines.get(key):
                raise ValueError(_("Sama kunta ja vuosi ovat jo rivillä %(line)d.") % {"line": earlier})
        except ValueError as error:
            wrong.append(_("Rivi %(line)d: %(why)s") % {"line": row.line, "why": error})
        else:
            lines[key] = row.line
            found.append(known)
    if wrong:
        raise WrongFile(wrong)
    return found


@transaction.atomic
def take_in(rows: Iterable[Known]) -> tuple[int, int]:
    """Write them; how many are new, and how many corrected an earlier number of the same year."""
    new = corrected = 0
    for row in rows:
        population, is_new = Population.objects.get_or_create(
            municipality=row.municipality, year=row.year, defaults={"under_18": row.under_18}
        )
        if is_new:
            new += 1
        elif population.under_18 != row.under_18:
            population.under_18 = row.under_18
            population.save(update_fields=["under_18"])
            corrected += 1
    return new, corrected


def _places(sheet: Sheet) -> list[int]:
    headings = [folded(heading) for heading in sheet.headings]
    missing = [heading for heading in HEADINGS if heading not in headings]
    if missing:
        raise WrongFile(
            [
                _("Ensimmäiseltä riviltä puuttuu otsikko ”%(heading)s”. Otsikot ovat: %(all)s.")
                % {"heading": heading, "all": ";".join(HEADINGS)}
                for heading in missing
            ]
        )
    return [headings.index(heading) for heading in HEADINGS]


def _known(row: Row, places: list[int], municipalities: dict[str, Municipality]) -> Known:
    """Raises ValueError with what is wrong with the line."""
    for fault in row.faults.values():
        raise ValueError(fault)
    name, year, number = (row.cells[place] if place < len(row.cells) else "" for place in places)
    # A spreadsheet makes 49 of 049.
    code = name.zfill(3) if name.isascii() and name.isdecimal() else name
    municipality = municipalities.get(folded(code))
    if municipality is None:
        raise ValueError(_("kuntaa ”%(name)s” ei ole luettelossa.") % {"name": name})
    return Known(
        municipality,
        _whole(year, FIRST_YEAR, LAST_YEAR, _("vuosi")),
        _whole(number, 0, MOST_UNDER_18, _("alle 18-vuotiaiden määrä")),
    )


def _whole(text: str, least: int, most: int, what: str) -> int:
    """A whole number, with spaces between its thousands or without."""
    digits = "".join(text.split())
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9 and least <= int(digits) <= most:
        return int(digits)
    raise ValueError(
        _("%(what)s ”%(text)s” ei ole kokonaisluku väliltä %(least)d–%(most)d.")
        % {"what": what, "text": text, "least": least, "most": most}
    )
