"""The papers' style sheets: what the printer does not understand it leaves out, and tells the log alone."""

import pytest
from django.conf import settings
from weasyprint import CSS

from perhekeskus.paper import SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_printer_understands_every_declaration(name, caplog):
    CSS(string=(settings.BASE_DIR / "static" / "css" / name).read_text(), media_type="print")
    assert caplog.messages == []
