"""The house's typeface, cut out of its wheel to the letters needed: no font lives in the repository."""

import hashlib
import io
import os
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
SCREEN = {
    "SourceSans3.woff2": "SourceSans3[wght].ttf",
    "SourceSans3-Italic.woff2": "SourceSans3-Italic[wght].ttf",
}
PAPER = {
    "SourceSans3-Regular.ttf": ("SourceSans3[wght].ttf", 400),
    "SourceSans3-Semibold.ttf": ("SourceSans3[wght].ttf", 600),
    "SourceSans3-Italic.ttf": ("SourceSans3-Italic[wght].ttf", 400),
}


def _stamp() -> str:
    """Changes when the wheel, the letters or this recipe change."""
    recipe = f"{version('fontpkg-source-sans-3')} {version('fonttools')} {LETTERS} {SCREEN} {PAPER}"
    return hashlib.sha256(recipe.encode()).hexdigest()


def _source(name: str) -> bytes:
    return (files("fontpkg_source_sans_3") / "files" / name).read_bytes()


def _write(font: TTFont, path: Path) -> None:
    # Written beside and moved into place: a reader never meets half a font.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    font.save(draft)
    draft.replace(path)


def _cut(font: TTFont, flavor: str | None) -> TTFont:
    options = subset.Options(flavor=flavor, layout_features=["*"], hinting=False, notdef_outline=True)
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum", "calt"]
    options.name_IDs = ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font.flavor = flavor
    return font


def ensure(folder: Path | None = None) -> dict[str, Path]:
    """Make the fonts where they are missing or old, and give their paths by file name."""
    folder = folder or settings.FONT_DIR
    paths = {name: folder / name for name in (*SCREEN, *PAPER)}
    stamp = folder / "stamp.txt"
    if stamp.is_file() and stamp.read_text() == _stamp() and all(path.is_file() for path in paths.values()):
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    cuts: dict[str, bytes] = {}
    for source in set(SCREEN.values()):
        cut = io.BytesIO()
        _cut(TTFont(io.BytesIO(_source(source))), None).save(cut)
        cuts[source] = cut.getvalue()
    for name, source in SCREEN.items():
        font = TTFont(io.BytesIO(cuts[source]))
        font.flavor = "woff2"
        _write(font, paths[name])
    for name, (source, weight) in PAPER.items():
        font = instancer.instantiateVariableFont(
            TTFont(io.BytesIO(cuts[source])), {"wght": weight}, updateFontNames=True
        )
        _write(font, paths[name])
    stamp.write_text(_stamp())
    return paths
