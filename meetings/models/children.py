"""A child's own view: words, a face, a drawing. It can be taken away for good."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import FamilyMember
from perhekeskus.constraints import paired, sealed
from perhekeskus.history import keeps_history

from ..querysets import ChildDrawingQuerySet, ChildViewQuerySet
from ..states import ChildFace, ChildMoment
from .meetings import Meeting
from .situations import Situation

LARGEST_DRAWING = 1_500_000


# Of what was taken away nothing is left but that it was there: no words, no face, no picture.
@keeps_history(fields=["situation", "child", "moment", "told_on", "written_by"], model_name="ChildViewEvent")
class ChildView(models.Model):
    """What one child told, showed or drew, and who wrote it down. Written once; removed, never changed."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="child_views")
    child = models.ForeignKey(FamilyMember, models.CASCADE, related_name="views")
    moment = models.CharField(max_length=8, choices=ChildMoment)
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="child_views")
    told_on = models.DateField(_("milloin lapsi kertoi"))
    face = models.CharField(_("miltä tuntuu"), max_length=8, choices=ChildFace, blank=True)
    words = models.TextField(_("lapsen omat sanat"), blank=True)
    # What the child tells of the drawing; also what is read to one who does not see it.
    drawing_told = models.TextField(_("mitä lapsi kertoo kuvasta"), max_length=1000, blank=True)
    child_knows = models.BooleanField(_("lapsi tietää, ketkä tämän näkevät"), default=False)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ChildViewQuerySet.as_manager()

    class Meta:
        ordering = ["told_on", "pk"]
        constraints = [
            paired("written_at", "written_by", name="child_view_written_paired"),
            models.CheckConstraint(
                condition=Q(child_knows=True),
                name="child_view_child_knows",
                violation_error_message=_("Kerro lapselle ensin, ketkä tämän näkevät."),
            ),
            models.CheckConstraint(
                condition=~Q(face="") | ~Q(words="") | ~Q(drawing_told=""),
                name="child_view_says_something",
                violation_error_message=_("Kirjaa lapsen sanat, ilme tai piirros."),
            ),
            models.CheckConstraint(
                condition=Q(moment=ChildMoment.TALK, meeting=None)
                | (~Q(moment=ChildMoment.TALK) & Q(meeting__isnull=False)),
                name="child_view_meeting_by_moment",
                violation_error_message=_("Valitse, missä lapsi kertoi tämän."),
            ),
        ]
        triggers = [
            sealed(
                "child_view_unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                sentence="Lapsen näkemystä ei muuteta jälkikäteen.",
            ),
            pgtrigger.Trigger(
                name="child_view_of_own_child",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM meetings_situation situation
                        JOIN network_familymember child ON child.family_id = situation.family_id
                        WHERE situation.id = NEW.situation_id AND child.id = NEW.child_id
                          AND child.role = 'child'
                    ) OR (NEW.meeting_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM meetings_meeting
                        WHERE id = NEW.meeting_id AND situation_id = NEW.situation_id
                    )) THEN
                        RAISE EXCEPTION 'Lapsi ja tapaaminen ovat saman perheen.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'child_view_of_own_child';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.told_on}"


class ChildDrawing(models.Model):
    """A drawing, made anew from the picture sent: a JPEG without place, camera or time. No history."""

    view = models.OneToOneField(ChildView, models.CASCADE, primary_key=True, related_name="drawing")
    # The address of the picture: nobody comes upon it by counting.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jpeg = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    objects = ChildDrawingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("jpeg"), LARGEST_DRAWING),
                name="child_drawing_not_too_large",
                violation_error_message=_("Kuva on liian suuri."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="child_drawing_is_told",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT FROM meetings_childview
                                   WHERE id = NEW.view_id AND drawing_told <> '') THEN
                        RAISE EXCEPTION 'Kirjoita, mitä lapsi kertoo kuvasta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'child_drawing_is_told';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.view_id}"
