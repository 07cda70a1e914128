"""The kinds of meeting that the network uses: facts of its way of working, not of any family."""

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from perhekeskus.history import keeps_history

from ..querysets import KindQuerySet
from ..states import MeetingKind
from .counted import KIND_KEPT

SHORTEST_MINUTES, LONGEST_MINUTES = 15, 480


@keeps_history()
class Kind(models.Model):
    """A kind of meeting: what it is in plain words, how long it lasts, and what is used and needed in it."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(_("nimi"), max_length=60, unique=True)
    explanation = models.CharField(_("mikä se on"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("kesto minuutteina"))
    # Which parts of the recording it uses.
    uses_star = models.BooleanField(_("Hyvinvoinnin tähti"), default=True)
    uses_dialogue = models.BooleanField(_("tulevaisuuden muistelu"), default=False)
    uses_influence = models.BooleanField(_("mihin voimme vaikuttaa"), default=True)
    uses_child_view = models.BooleanField(_("lapsen oma näkemys"), default=True)
    uses_plan = models.BooleanField(_("yhteinen suunnitelma"), default=True)
    uses_notes = models.BooleanField(_("muistiinpanot"), default=True)
    # Which roles are named for it.
    needs_chair = models.BooleanField(_("vetäjä"), default=True)
    needs_recorder = models.BooleanField(_("kirjaaja"), default=True)
    needs_timekeeper = models.BooleanField(_("ajan seuraaja"), default=False)
    # Whether the coordinator's count of shared times holds it; the others are counted apart.
    counts_as_shared_time = models.BooleanField(default=False)
    is_active = models.BooleanField(_("käytössä"), default=True)
    position = models.PositiveSmallIntegerField(_("järjestys"))
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)

    objects = KindQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(SHORTEST_MINUTES, LONGEST_MINUTES)),
                name="kind_lasts_sensibly",
                violation_error_message=_("Kesto on 15 minuutista 8 tuntiin."),
            ),
            # There is always something to convene.
            models.CheckConstraint(
                condition=Q(is_active=True) | ~Q(code=MeetingKind.SHARED_TIME.value),
                name="kind_shared_time_is_active",
                violation_error_message=_("Yhteinen aika on aina käytössä."),
            ),
        ]
        triggers = [KIND_KEPT]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name as a title begins: Yhteinen aika, MYR."""
        return self.name[:1].upper() + self.name[1:]


@keeps_history()
class KindAgendaRow(models.Model):
    """One thing of the usual agenda of a kind: what, and for how long."""

    kind = models.ForeignKey(Kind, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("järjestys"))
    title = models.CharField(_("mitä tehdään"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minuutteja"))

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "position"], name="kind_agenda_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, LONGEST_MINUTES)),
                name="kind_agenda_takes_time",
                violation_error_message=_("Asialistan kohta kestää ainakin minuutin."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
