"""Hyvinvoinnin tähti: six headings, words, no scores."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from perhekeskus.history import keeps_history

from ..states import STAR_ASPECTS, StarAspect, StarHeading, StarTone, StarVoice
from .meetings import Meeting


def _voices() -> ArrayField:
    return ArrayField(
        models.CharField(max_length=8, choices=StarVoice), verbose_name=_("kenen sanoin"), default=list
    )


@keeps_history()
class StarRay(models.Model):
    """What was said under one heading of the star at one meeting: what carries, and what is talked about."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rays")
    heading = models.CharField(max_length=12, choices=StarHeading)
    tone = models.CharField(
        _("miten perhe tämän näkee"), max_length=8, choices=StarTone, default=StarTone.NONE
    )
    # Which sub-headings were talked about.
    aspects = ArrayField(models.CharField(max_length=24, choices=StarAspect), default=list)
    strengths = models.TextField(_("voimavarat"), blank=True)
    strengths_by = _voices()
    text = models.TextField(_("mistä puhutaan"), blank=True)
    text_by = _voices()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "heading"], name="ray_once"),
            models.CheckConstraint(
                condition=Q(
                    strengths_by__contained_by=StarVoice.values, text_by__contained_by=StarVoice.values
                ),
                name="ray_voices_known",
            ),
            # Each sub-heading stands under its own heading.
            models.CheckConstraint(
                condition=Q(
                    *[
                        Q(heading=heading.value, aspects__contained_by=[one.value for one in aspects])
                        for heading, aspects in STAR_ASPECTS.items()
                    ],
                    _connector=Q.OR,
                ),
                name="ray_aspects_of_heading",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.heading}"
