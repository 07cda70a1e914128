"""The yhteydenottolista: whom to contact for a need in a municipality, in which order and how."""

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import exactly_one
from perhekeskus.history import keeps_history

from ..querysets import ContactRuleQuerySet
from .directory import Municipality, Need, Unit
from .teams import Team

# Whom a row can name; one of them on each row.
TARGETS = ("unit", "team", "worker")


@keeps_history()
class ContactRule(models.Model):
    """One row of the list: for this need in this municipality, ask these.

    Rows of a need and a municipality are asked in the order of their positions, which may have gaps.
    """

    need = models.ForeignKey(Need, models.PROTECT, related_name="contact_rules", verbose_name=_("tarve"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="contact_rules", verbose_name=_("kunta")
    )
    position = models.PositiveSmallIntegerField(_("järjestys"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="contact_rules", verbose_name=_("yksikkö")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="contact_rules", verbose_name=_("tiimi")
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_rules",
        verbose_name=_("työntekijä"),
    )
    how = models.CharField(_("miten otetaan yhteyttä"), max_length=200, blank=True)
    without_meeting = models.CharField(_("mitä voi tehdä ilman tapaamista"), max_length=500, blank=True)
    family_how = models.CharField(_("sama perheen sanoin"), max_length=300, blank=True)
    is_public = models.BooleanField(_("näkyy perheille"), default=False)
    # Of those that are read with `with_people_of_team`.
    team_has_people: bool
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)

    objects = ContactRuleQuerySet.as_manager()

    class Meta:
        ordering = ["need", "municipality", "position"]
        constraints = [
            exactly_one(
                *TARGETS,
                name="contactrule_one_target",
                sentence=_("Valitse yksi: yksikkö, tiimi tai työntekijä."),
            ),
            models.UniqueConstraint(
                fields=["need", "municipality", "position"],
                name="contactrule_position_once",
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Tässä kohdassa listaa on jo joku."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["need", "municipality", target],
                    name=f"contactrule_{target}_once",
                    violation_error_message=_("Sama on jo tällä listalla."),
                )
                for target in TARGETS
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="contactrule_position_from_one"),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(worker__isnull=True),
                name="contactrule_no_worker_in_public",
                violation_error_message=_(
                    "Perheille näytetään yksikkö tai tiimi, ei yksittäisen työntekijän nimeä."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.municipality_id} {self.position}"

    @property
    def target(self) -> models.Model:
        """Whom to contact: a unit, a team or a worker."""
        found = self.unit or self.team or self.worker
        assert found is not None
        return found
