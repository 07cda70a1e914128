from .contacts import NextContact
from .copies import Copy
from .plans import Matter, Measure, Plan, ResponsibleWorker

__all__ = ["Copy", "Matter", "Measure", "NextContact", "Plan", "ResponsibleWorker"]
