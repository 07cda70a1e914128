"""The perhekeskustiimi of an area, and how it is called to a family."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from perhekeskus.history import keeps_history

from ..querysets import TeamQuerySet
from ..states import TeamCalling, Weekday
from .directory import Area
from .leaving import MEMBER_LEAVES
from .workers import Worker

# What being called so asks for, checked when the transaction ends: the rows are saved one by one.
CALLING_IS_WHOLE = """
    DECLARE
        team RECORD;
    BEGIN
        SELECT * INTO team FROM network_team WHERE id = {team};
        IF team.coordinator_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM network_team_members WHERE team_id = team.id AND worker_id = team.coordinator_id
        ) THEN
            RAISE EXCEPTION 'Tiimin koordinaattori on aina tiimin jäsen.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_coordinator_is_member';
        END IF;
        IF team.calling = 'weekly' AND NOT EXISTS (SELECT FROM network_teamtime WHERE team_id = team.id) THEN
            RAISE EXCEPTION 'Kun tiimi kutsutaan sen omiin aikoihin, ajat on kerrottava.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'team_weekly_has_times';
        END IF;
    END;
    RETURN NULL;
"""


def _calling_is_whole(name: str, team: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=CALLING_IS_WHOLE.format(team=team),
    )


@keeps_history()
class Team(models.Model):
    """The named team of an area, and its kutsukäytäntö: how its people are asked to a shared time."""

    area = models.OneToOneField(Area, models.PROTECT, related_name="team", verbose_name=_("alue"))
    name = models.CharField(_("nimi"), max_length=200)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="teams", blank=True, verbose_name=_("jäsenet")
    )
    phone = PhoneNumberField(_("puhelin"), blank=True, default="", db_default="")
    calling = models.CharField(
        _("miten tiimi kutsutaan"),
        max_length=12,
        choices=TeamCalling,
        default=TeamCalling.DIRECT,
        db_default=TeamCalling.DIRECT,
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams_coordinated",
        verbose_name=_("tiimin koordinaattori"),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("kuinka monta päivää ennen kutsu tarvitaan"), default=0, db_default=0
    )
    practice = models.TextField(_("kutsukäytäntö sanoin"), max_length=4000, blank=True)
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(calling=TeamCalling.COORDINATOR) | Q(coordinator__isnull=False),
                name="team_called_through_somebody",
                violation_error_message=_("Valitse, kenen kautta tiimi kutsutaan."),
            ),
            models.CheckConstraint(
                condition=Q(notice_days__lte=60),
                name="team_notice_is_reasonable",
                violation_error_message=_("Kutsu tarvitaan enintään 60 päivää ennen."),
            ),
        ]
        triggers = [
            _calling_is_whole("team_calling_is_whole", "NEW.id", pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.name

    def called(self) -> list[Worker]:
        """Those whom an invitation reaches: the coordinator when it goes through them, else everybody."""
        members = list(self.members.working_with_families())
        through = [worker for worker in members if worker.pk == self.coordinator_id]
        return through if through and self.calling == TeamCalling.COORDINATOR else members


class TeamMember(Team.members.through):  # type: ignore[name-defined]
    """One worker in one team."""

    class Meta:
        proxy = True
        triggers = [
            _calling_is_whole(
                "team_member_gone",
                "OLD.team_id",
                pgtrigger.Delete | pgtrigger.UpdateOf("worker_id", "team_id"),
            ),
            MEMBER_LEAVES,
        ]


class TeamTime(models.Model):
    """A weekly time when the team is together, in Helsinki's time of day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="times")
    weekday = models.PositiveSmallIntegerField(_("viikonpäivä"), choices=Weekday)
    starts = models.TimeField(_("alkaa"))
    ends = models.TimeField(_("päättyy"))

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="team_time_in_order",
                violation_error_message=_("Aika päättyy alkamisensa jälkeen."),
            ),
            models.UniqueConstraint(
                fields=["team", "weekday", "starts"],
                name="team_time_once",
                violation_error_message=_("Sama aika on jo listalla."),
            ),
        ]
        triggers = [
            _calling_is_whole(
                "team_time_gone", "OLD.team_id", pgtrigger.Delete | pgtrigger.UpdateOf("team_id")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.weekday}"
