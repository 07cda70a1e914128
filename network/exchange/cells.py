"""The text of one cell: cleaned, and guarded so that no spreadsheet takes it for a formula."""

import re

from perhekeskus.forms import clean_text

# What a spreadsheet begins to calculate from, also in the wide forms that some of them understand.
_FORMULA = re.compile(r"^'*[=+\-@＝＋－＠]")
_GUARDED = re.compile(r"^'+[=+\-@＝＋－＠]")


def clean(text: str) -> str:
    """One form of each letter, no control characters, nothing around the text."""
    return clean_text(text).replace("\u00a0", " ").strip()


def guarded(text: str) -> str:
    """The cell as it is written: an apostrophe in front of what would be calculated."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What was guarded: for every cleaned text `unguarded(guarded(text)) == text`."""
    return text[1:] if _GUARDED.match(text) else text
