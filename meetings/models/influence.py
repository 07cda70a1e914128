"""What we can influence, and what we can't: two columns that are written together at a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from perhekeskus.history import keeps_history

from ..states import InfluenceSide
from .meetings import Meeting


@keeps_history()
class InfluenceItem(models.Model):
    """One thing in one of the columns."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="influence_items")
    side = models.CharField(max_length=6, choices=InfluenceSide)
    text = models.CharField(_("asia"), max_length=500)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["side", "position", "pk"]
        constraints = [
            # In one of the columns, and once.
            models.UniqueConstraint(
                fields=["meeting", "text"],
                name="influence_item_once",
                violation_error_message=_("Asia on jo listalla."),
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="influence_item_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.side}"
