from .contacts import ContactRequest, NextContact
from .copies import Copy, CopyLink
from .measures import Matter, Measure, MeasureState
from .outcomes import MatterOutcome, OutcomeReview
from .plans import Plan
from .presence import Presence
from .responsible import ResponsibilityHandover, ResponsibleWorker

__all__ = [
    "ContactRequest",
    "Copy",
    "CopyLink",
    "Matter",
    "MatterOutcome",
    "Measure",
    "MeasureState",
    "NextContact",
    "OutcomeReview",
    "Plan",
    "Presence",
    "ResponsibilityHandover",
    "ResponsibleWorker",
]
