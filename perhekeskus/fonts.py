"""The house's typefaces, made from their wheels: no font lives in the repository.

A screen's typeface is cut to the letters needed, as each visitor fetches it; a paper's stay whole.
"""

import hashlib
import io
import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Latin with all its European letters (Sámi too), signs of punctuation, currency, arrows, ticks and boxes.
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x2B0, 0x2FF),
    *range(0x300, 0x330),
    *range(0x1E80, 0x1EFA),
    *range(0x2010, 0x2030),
    *range(0x2030, 0x2050),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2200),
    0x2212,
    0x2713,
    0x2714,
    0x2717,
]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum", "calt"]
SCREEN = {
    "SourceSans3.woff2": "SourceSans3[wght].ttf",
    "SourceSans3-Italic.woff2": "SourceSans3-Italic[wght].ttf",
}
# A family writes in its own letters: the Greek, the Cyrillic, the signs that a telephone's keyboard has.
PAPER_LETTERS = [
    *LETTERS,
    *range(0x250, 0x2B0),
    *range(0x330, 0x530),
    *range(0x1E00, 0x2000),
    *range(0x2000, 0x2010),
    *range(0x2050, 0x20A0),
    *range(0x20C0, 0x2190),
    *range(0x2200, 0x2E00),
]
# Ligatures come out of a PDF turned round where the writing goes from right to left; the script's own stay.
ARABIC_FEATURES = [
    "kern",
    "mark",
    "mkmk",
    "ccmp",
    "locl",
    "isol",
    "init",
    "medi",
    "fina",
    "rlig",
    "calt",
    "rclt",
]
# The papers' own, each by its family, the file in the family's wheel, and the weight. Source Sans 3 has the
# Latin, Cyrillic and Greek letters, the other the Arabic ones of every language. A typeface comes in when
# each of its letters is one sign: of others the text of a PDF is wrong (docs/adr/0032-the-paper.md).
HOUSE, ARABIC = "Source Sans 3", "IBM Plex Sans Arabic"
PAPER = {
    "Paper-Regular.ttf": (HOUSE, "SourceSans3[wght].ttf", 400),
    "Paper-Semibold.ttf": (HOUSE, "SourceSans3[wght].ttf", 600),
    "Arabic-Regular.ttf": (ARABIC, "IBMPlexSansArabic-Regular.ttf", 400),
    "Arabic-Semibold.ttf": (ARABIC, "IBMPlexSansArabic-SemiBold.ttf", 600),
}


def _stamp(recipe: object, *families: str) -> str:
    """Changes when the wheels, the letters or the recipe change."""
    wheels = [version(_wheel(family)) for family in sorted(set(families))]
    return hashlib.sha256(f"{wheels} {version('fonttools')} {PAPER_LETTERS} {recipe}".encode()).hexdigest()


def _wheel(family: str) -> str:
    return "fontpkg-" + family.lower().replace(" ", "-")


def _source(family: str, name: str) -> TTFont:
    path = files(_wheel(family).replace("-", "_")) / "files" / name
    return TTFont(io.BytesIO(path.read_bytes()))


def _write(font: TTFont, path: Path) -> None:
    # Written beside and moved into place: a reader never meets half a font.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    font.save(draft)
    draft.replace(path)


def _cut(font: TTFont, flavor: str | None, letters: Iterable[int], features: list[str]) -> TTFont:
    options = subset.Options(flavor=flavor, layout_features=features, hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]
    options.drop_tables += ["meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    font.flavor = flavor
    return font


def ensure(folder: Path | None = None) -> dict[str, Path]:
    """Make the fonts where they are missing or old, and give their paths by file name."""
    folder = folder or settings.FONT_DIR
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / name for name in (*SCREEN, *PAPER)}
    for stamp, made, make in (
        ("screen.txt", _stamp(SCREEN, HOUSE), _make_screen),
        ("paper.txt", _stamp(PAPER, *(family for family, _name, _weight in PAPER.values())), _make_paper),
    ):
        names = SCREEN if make is _make_screen else PAPER
        path = folder / stamp
        if path.is_file() and path.read_text() == made and all(paths[name].is_file() for name in names):
            continue
        make(paths)
        path.write_text(made)
    return paths


def _make_screen(paths: dict[str, Path]) -> None:
    for name, source in SCREEN.items():
        _write(_cut(_source(HOUSE, source), "woff2", LETTERS, FEATURES), paths[name])


def _make_paper(paths: dict[str, Path]) -> None:
    for name, (family, source, weight) in PAPER.items():
        font = _source(family, source)
        if family == ARABIC:
            font = _cut(font, None, font.getBestCmap(), ARABIC_FEATURES)
        else:
            font = _cut(font, None, PAPER_LETTERS, FEATURES)
            font = instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
        _write(font, paths[name])


@cache
def letters() -> frozenset[int]:
    """The code points that a paper can show in every weight."""
    paths = ensure()
    by_weight: dict[int, set[int]] = {}
    for name, (_family, _name, weight) in PAPER.items():
        with TTFont(paths[name], lazy=True) as font:
            by_weight.setdefault(weight, set()).update(font.getBestCmap())
    # NUL stands in some of them, and is no letter: no page can hold it.
    return frozenset(set.intersection(*by_weight.values()) - {0})
