"""The rows by name, in the order of the table."""

from collections.abc import Callable
from typing import Any

from . import dashboard, directory_search, feeds, my_situations, plan_pdf, rollup, slots

ROWS: dict[str, Callable[[], dict[str, Any]]] = {
    "directory_search": directory_search.measure,
    "feeds": feeds.measure,
    "my_situations": my_situations.measure,
    "my_situations_by_hand": my_situations.measure_by_hand,
    "plan_pdf": plan_pdf.measure,
    "plan_pdf_as_called": plan_pdf.measure_as_called,
    "plan_pdf_memory": plan_pdf.measure_memory,
    "dashboard_page": dashboard.measure_page,
    "dashboard_statements": dashboard.measure_statements,
    "dashboard_scan": dashboard.measure_scan,
    "dashboard_growth": dashboard.measure_growth,
    # These load meetings among those of the others.
    "rollup_write": rollup.measure,
    "rollup_update": rollup.measure_update,
    # These fill the table of bookings anew: they come last.
    "slots": slots.measure,
    "slots_growth": slots.measure_growth,
}
# These look at families' situations, whose loading takes longest; the others only at people and places.
OF_SITUATIONS = {"my_situations", "my_situations_by_hand"}
