from .contacts import NextContact
from .copies import Copy
from .outcomes import MatterOutcome, OutcomeReview
from .plans import Matter, Measure, Plan, ResponsibleWorker

__all__ = [
    "Copy",
    "Matter",
    "MatterOutcome",
    "Measure",
    "NextContact",
    "OutcomeReview",
    "Plan",
    "ResponsibleWorker",
]
