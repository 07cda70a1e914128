"""How many under-18s a municipality has: what a count is compared with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .directory import Municipality

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_UNDER_18 = 1_000_000


class Population(models.Model):
    """The under-18s of a municipality at the end of a year, as Statistics Finland tells them."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="populations", verbose_name=_("kunta")
    )
    year = models.PositiveSmallIntegerField(_("vuosi"))
    under_18 = models.PositiveIntegerField(_("alle 18-vuotiaita"))

    class Meta:
        ordering = ["municipality", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year"],
                name="population_once_a_year",
                violation_error_message=_("Kunnalla on jo luku tältä vuodelta."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="population_year_known",
                violation_error_message=_("Vuosi on väliltä 1990–2100."),
            ),
            models.CheckConstraint(
                condition=Q(under_18__lte=MOST_UNDER_18),
                name="population_possible",
                violation_error_message=_("Luku on enintään miljoona."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year}"
