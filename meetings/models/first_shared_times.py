"""When a situation came to its first shared time: what the days of waiting are counted of."""

from django.db import models

from network.models import Municipality

from .counted import FIRST_SHARED_TIME_COUNTED, FIRST_SHARED_TIME_KEPT
from .situations import Situation


class FirstSharedTime(models.Model):
    """The first shared time that was held in a situation. Every row is written by the database alone.

    A narrow row of its own: whoever marks a meeting held does not write the whole situation anew.
    """

    # It goes with the meetings of the situation: the database takes it away with the last of them.
    situation = models.OneToOneField(
        Situation, models.DO_NOTHING, primary_key=True, related_name="first_shared_time", db_constraint=False
    )
    # Of the situation's own row, where they are checked.
    municipality = models.ForeignKey(
        Municipality, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    opened_at = models.DateTimeField()
    held_at = models.DateTimeField()

    class Meta:
        triggers = [FIRST_SHARED_TIME_KEPT, *FIRST_SHARED_TIME_COUNTED]

    def __str__(self) -> str:
        return f"{self.pk}"
