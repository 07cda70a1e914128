"""The rows by name, in the order of the table."""

from collections.abc import Callable
from typing import Any

from . import directory_search, feeds, my_situations, plan_pdf, slots

ROWS: dict[str, Callable[[], dict[str, Any]]] = {
    "directory_search": directory_search.measure,
    "feeds": feeds.measure,
    "my_situations": my_situations.measure,
    "my_situations_by_hand": my_situations.measure_by_hand,
    "plan_pdf": plan_pdf.measure,
    "plan_pdf_as_called": plan_pdf.measure_as_called,
    "plan_pdf_memory": plan_pdf.measure_memory,
    # These fill the table of bookings anew: they come last.
    "slots": slots.measure,
    "slots_growth": slots.measure_growth,
}
# These look at families' situations, whose loading takes longest; the others only at people and places.
OF_SITUATIONS = {"my_situations", "my_situations_by_hand"}
