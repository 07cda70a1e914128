"""What WeasyPrint's tags lack: the language of a part, where a table's head points, that a foot is no text.

A second language on a paper would be read aloud as Finnish, and each page's foot in the midst of the text.
WeasyPrint 70 has no hook between its boxes and the tags it makes of them, so three of its functions are
wrapped; tests/plans/test_paper_tags.py fails when they have changed.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf
from weasyprint import draw
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

_build_box_tree = tags._build_box_tree
_draw_stacking_context = draw.draw_stacking_context
_marked = Stream.marked
_WHOLE_PAGE = {"html", "body"}


def _tree(box: Any, *args: Any) -> Iterator[Any]:
    if isinstance(box, MarginBox):
        return
    element = getattr(box, "_box", box).element
    for tag in _build_box_tree(box, *args):
        if element is not None and element.tag not in _WHOLE_PAGE:
            if language := element.get("lang"):
                tag["Lang"] = pydyf.String(language)
            if tag["S"] == "/TH" and "A" in tag:
                tag["A"]["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
        yield tag


def _drawn(stream: Stream, context: Any) -> None:
    if not isinstance(context.box, MarginBox):
        return _draw_stacking_context(stream, context)
    stream.is_in_margin = True
    try:
        return _draw_stacking_context(stream, context)
    finally:
        stream.is_in_margin = False


def _text_or_foot(stream: Stream, box: Any, tag: str) -> AbstractContextManager[None]:
    return _foot(stream) if getattr(stream, "is_in_margin", False) else _marked(stream, box, tag)


@contextmanager
def _foot(stream: Stream) -> Iterator[None]:
    pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
    try:
        yield
    finally:
        pydyf.Stream.end_marked_content(stream)


def complete_tags() -> None:
    """Have every PDF of this process tagged so."""
    tags._build_box_tree = _tree
    draw.draw_stacking_context = _drawn
    Stream.marked = _text_or_foot
