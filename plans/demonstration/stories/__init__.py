"""The invented families' stories. Nobody in them is real."""

from .little import LITTLE
from .newcomers import NEWCOMERS
from .school import SCHOOL
from .story import Doing, PlanText, ReviewText, Story
from .teens import TEENS

STORIES: dict[str, Story] = LITTLE | SCHOOL | TEENS | NEWCOMERS

__all__ = ["STORIES", "Doing", "PlanText", "ReviewText", "Story"]
