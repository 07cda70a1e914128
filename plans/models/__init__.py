from .contacts import NextContact
from .copies import Copy, CopyLink
from .outcomes import MatterOutcome, OutcomeReview
from .plans import Matter, Measure, Plan, ResponsibleWorker

__all__ = [
    "Copy",
    "CopyLink",
    "Matter",
    "MatterOutcome",
    "Measure",
    "NextContact",
    "OutcomeReview",
    "Plan",
    "ResponsibleWorker",
]
