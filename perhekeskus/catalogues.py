"""The house's words in Swedish and English: written in `locale/`, made ready for gettext in the data folder.

What gettext reads (.mo) is made by Babel when the .po or Babel has changed: nobody needs the GNU tools, and
no file that was made lies in the repository.
"""

import hashlib
import io
import os
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Whose .po are in the repository. Finnish is what the code itself speaks.
LANGUAGES = ("sv", "en")
INSIDE = Path("LC_MESSAGES")


def source_of(language: str) -> Path:
    """The .po as it is written."""
    return Path(settings.BASE_DIR) / "locale" / language / INSIDE / "django.po"


def made_of(language: str, folder: Path | None = None) -> Path:
    """The .mo that gettext reads."""
    return (folder or Path(settings.CATALOGUE_DIR)) / language / INSIDE / "django.mo"


def ensure(folder: Path | None = None) -> list[Path]:
    """Make the catalogues where they are missing or old, and give their paths."""
    paths = []
    for language in LANGUAGES:
        source, made = source_of(language), made_of(language, folder)
        stamp = made.with_name("stamp.txt")
        words = source.read_bytes()
        now = hashlib.sha256(words + version("babel").encode()).hexdigest()
        if not (made.is_file() and stamp.is_file() and stamp.read_text() == now):
            try:
                made.parent.mkdir(parents=True, exist_ok=True)
                _write(made, _compiled(words, language))
                _write(stamp, now.encode())
            except OSError as error:
                raise ImproperlyConfigured(
                    f"Käännöksiä ei voi tehdä kansioon {made.parent} ({type(error).__name__})."
                    " Aja python manage.py catalogues tunnuksella, joka saa kirjoittaa sinne."
                ) from error
        paths.append(made)
    return paths


def _compiled(words: bytes, language: str) -> bytes:
    # Read only when something has changed: most starts need no Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = io.BytesIO()
    write_mo(out, read_po(io.BytesIO(words), locale=language, abort_invalid=True))
    return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    # Written beside and moved into place: a reader never meets half a catalogue.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
