"""What is done to the plan, by its nouns."""

from .agreeing import agree
from .contacts import record_contact
from .copies import follow_copies, give_copy
from .finishing import finish
from .plans import TEXTS, MeasureRow, PlanChanged, Promise, latest, write_plan

__all__ = [
    "TEXTS",
    "MeasureRow",
    "PlanChanged",
    "Promise",
    "agree",
    "finish",
    "follow_copies",
    "give_copy",
    "latest",
    "record_contact",
    "write_plan",
]
