"""Hyvinvoinnin tähti: six headings, words, no scores."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from perhekeskus.history import keeps_history

from ..states import StarHeading, StarTone
from .meetings import Meeting


@keeps_history()
class StarRay(models.Model):
    """What was said under one heading of the star at one meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rays")
    heading = models.CharField(max_length=12, choices=StarHeading)
    tone = models.CharField(
        _("miten perhe tämän näkee"), max_length=8, choices=StarTone, default=StarTone.NONE
    )
    text = models.TextField(_("mitä puhuttiin"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "heading"], name="ray_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.heading}"
