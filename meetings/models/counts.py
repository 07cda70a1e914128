"""The coordinator's counts, kept exact by a trigger on the meetings."""

from django.db import models

from network.models import Municipality

from ..querysets import MonthlyCountQuerySet


class MonthlyCount(models.Model):
    """How many meetings of a kind were held in a municipality in a month of Helsinki's calendar."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=12)
    held = models.IntegerField(default=0, db_default=0)

    objects = MonthlyCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "month", "kind"], name="count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.month}"
