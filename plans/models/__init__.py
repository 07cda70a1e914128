from .contacts import NextContact
from .plans import Matter, Measure, Plan, ResponsibleWorker

__all__ = ["Matter", "Measure", "NextContact", "Plan", "ResponsibleWorker"]
