from .contacts import ContactRequest, NextContact
from .copies import Copy, CopyLink
from .outcomes import MatterOutcome, OutcomeReview
from .plans import Matter, Measure, Plan
from .responsible import ResponsibilityHandover, ResponsibleWorker

__all__ = [
    "ContactRequest",
    "Copy",
    "CopyLink",
    "Matter",
    "MatterOutcome",
    "Measure",
    "NextContact",
    "OutcomeReview",
    "Plan",
    "ResponsibilityHandover",
    "ResponsibleWorker",
]
