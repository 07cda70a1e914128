"""The county's numbers by municipality and month, kept by the database: no number leads to a family."""

from django.db import models

from ..querysets import TallyQuerySet
from .directory import Municipality

# The longest names of figures and of their parts.
FIGURE_LENGTH, PART_LENGTH = 20, 24


class Tally(models.Model):
    """How many of one part of a figure there were in a municipality in a month of Helsinki's calendar.

    What is read is always this and the changes that are not folded into it yet (`network.tallies`).
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    figure = models.CharField(max_length=FIGURE_LENGTH)
    part = models.CharField(max_length=PART_LENGTH, blank=True)
    number = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "month", "figure", "part"], name="tally_once"),
        ]
        indexes = [
            # The pages read some figures of some months, from the index alone.
            models.Index(
                fields=["figure", "month"],
                include=["municipality", "part", "number"],
                name="tally_of_figure",
            ),
            # Some of its parts, of every municipality.
            models.Index(
                fields=["figure", "part", "month"],
                include=["municipality", "number"],
                name="tally_of_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.part} {self.municipality_id} {self.month}"


class NetworkTally(models.Model):
    """The same of all municipalities together, folded at the same moment."""

    month = models.DateField()
    figure = models.CharField(max_length=FIGURE_LENGTH)
    part = models.CharField(max_length=PART_LENGTH, blank=True)
    number = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "month", "part"], name="network_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.part} {self.month}"


class TallyChange(models.Model):
    """What a written row adds to a number or takes from it, until it is folded into the number.

    Only inserted, so two who write at the same moment never wait for each other because of a number.
    """

    # Taken from a row that has the key itself: it is checked there.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    month = models.DateField()
    figure = models.CharField(max_length=FIGURE_LENGTH)
    part = models.CharField(max_length=PART_LENGTH, blank=True)
    change = models.IntegerField()

    objects = TallyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.figure} {self.part} {self.municipality_id} {self.month} {self.change:+}"
