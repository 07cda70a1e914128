"""What is agreed before a meeting: what it is for, who does what, the agenda, and the setting."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from network.models import Unit
from perhekeskus.constraints import paired
from perhekeskus.history import keeps_history

from ..states import InterpreterState
from .kinds import LONGEST_MINUTES
from .meetings import Meeting, Topic
from .participations import Participation


@keeps_history()
class Preparation(models.Model):
    """Goal, means, division of work and who leads, and what the place needs. All of it is optional."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="preparation")
    goal = models.TextField(_("mihin pyritään"), blank=True)
    means = models.TextField(_("keinot"), blank=True)
    division = models.TextField(_("työnjako"), blank=True)
    # What the family may think over beforehand.
    family_asked = models.CharField(
        _("mitä perhe voi miettiä etukäteen"), max_length=500, blank=True, default="", db_default=""
    )
    # Vetovastuu: one unit leads, the others mostly consult.
    leading_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("vetovastuu")
    )
    consulting = models.ManyToManyField(
        Participation, blank=True, related_name="+", verbose_name=_("antavat neuvoja")
    )
    seats = models.PositiveSmallIntegerField(_("istumapaikkoja"), null=True, blank=True)
    coffee = models.BooleanField(_("kahvia ja mehua"), default=False)
    toys = models.BooleanField(_("leluja lapsille"), default=False)
    access_needs = models.CharField(_("esteettömyys"), max_length=300, blank=True)
    interpreter = models.CharField(_("tulkkauksen kieli"), max_length=60, blank=True)
    interpreter_state = models.CharField(max_length=10, choices=InterpreterState, blank=True)
    child_care = models.CharField(_("lastenhoito"), max_length=300, blank=True)
    other = models.CharField(_("muuta"), max_length=500, blank=True)
    # The family's own words, from its own page or written down with it.
    wishes = models.TextField(_("perheen toiveet"), blank=True)
    wishes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interpreter="", interpreter_state="")
                | (~Q(interpreter="") & ~Q(interpreter_state="")),
                name="preparation_interpreter_has_state",
                violation_error_message=_("Tulkista kirjataan kieli ja onko hänet tilattu."),
            ),
            models.CheckConstraint(
                condition=Q(wishes="") | Q(wishes_at__isnull=False),
                name="preparation_wishes_have_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


@keeps_history()
class AgendaItem(models.Model):
    """One thing of a meeting's own agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("järjestys"))
    title = models.CharField(_("mitä tehdään"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minuutteja"))
    # What is shown of it follows the family's permission for the topic.
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="agenda_items")

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, LONGEST_MINUTES)),
                name="agenda_takes_time",
                violation_error_message=_("Asialistan kohta kestää ainakin minuutin."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agenda_topic_of_meeting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("topic_id", "meeting_id"),
                condition=pgtrigger.Q(new__topic_id__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM meetings_topic WHERE id = NEW.topic_id AND meeting_id = NEW.meeting_id
                    ) THEN
                        RAISE EXCEPTION 'Aihe on toisesta tapaamisesta.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_topic_of_meeting';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


@keeps_history()
class Errand(models.Model):
    """Something to see to before the meeting, and who does it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="errands")
    title = models.CharField(_("mitä hoidetaan"), max_length=120)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_family = models.BooleanField(_("perhe hoitaa"), default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "title"],
                name="errand_once",
                violation_error_message=_("Tämä on jo muistilistalla."),
            ),
            models.CheckConstraint(
                condition=Q(by_family=False) | Q(worker__isnull=True),
                name="errand_of_one",
                violation_error_message=_("Asian hoitaa perhe tai työntekijä, ei molempia."),
            ),
            paired("done_at", "done_by", name="errand_done_paired"),
        ]

    def __str__(self) -> str:
        return self.title
