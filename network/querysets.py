"""Questions about many rows of the network."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .states import (
    IMPORTS_UNDER_WAY,
    KINDS_OF_COORDINATORS,
    OPEN_CONSULTATIONS,
    OPEN_INVITATIONS,
    ConsultationStatus,
    InvitationStatus,
    TeamCalling,
)

# What the name and the place of work of a receiver are read from, of every kind.
RECEIVER_ROWS = ("worker__unit", "unit__organisation", "team", "outside_professional", "close_person")

if TYPE_CHECKING:
    from .models import (  # noqa: F401  (named in the types of the querysets)
        Consent,
        Consultation,
        ContactRule,
        DirectoryImport,
        Invitation,
        NetworkTally,
        Tally,
        TallyChange,
        Team,
        Unit,
        Worker,
        WorkerPhoto,
    )


class WorkerQuerySet(models.QuerySet["Worker"]):
    def active(self) -> "WorkerQuerySet":
        return self.filter(is_active=True)

    def visible_to(self, worker) -> "WorkerQuerySet":
        """The directory: everybody in the network sees everybody who works in it."""
        if not worker.is_authenticated:
            return self.none()
        if worker.is_administrator:
            return self
        return self.active()

    def working_with_families(self) -> "WorkerQuerySet":
        """Those who may be let into a family's matters."""
        return self.active().filter(is_coordinator=False, is_administrator=False)

    def with_old_card(self) -> "WorkerQuerySet":
        """Those whose card has not been confirmed for a year, or ever."""
        from .cards import old_since

        return self.active().filter(Q(card_confirmed_at=None) | Q(card_confirmed_at__lt=old_since()))

    def supervisors_of(self, unit) -> "WorkerQuerySet":
        """Those who answer for the place of work, and are told when something there waits too long."""
        return self.active().filter(unit=unit, is_supervisor=True)

    def answering_for(self, unit) -> "WorkerQuerySet":
        """Its supervisors; where it has none, the coordinators of its municipality, or else of anywhere.

        Where there is no coordinator at all, the administrators.
        """
        coordinators = self.active().filter(is_coordinator=True)
        town = coordinators.filter(unit__municipality__units=unit)
        for found in (self.supervisors_of(unit), town, coordinators):
            if found.exists():
                return found
        return self.active().filter(is_administrator=True)

    def guidance_of(self, unit) -> "WorkerQuerySet":
        """Those of the guidance service who answer the families of its municipalities."""
        return self.working_with_families().filter(unit=unit, is_guidance=True)

    def public_professionals(self) -> "WorkerQuerySet":
        """Those who may be named a responsible worker."""
        return self.working_with_families().filter(unit__organisation__is_public_service=True)


class OpenQuerySet(models.QuerySet[Any]):
    """Rows that everybody in the network sees: organisations, needs, professionals from outside."""

    def visible_to(self, worker) -> "OpenQuerySet":
        return self if worker.is_authenticated else self.none()


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, worker) -> "UnitQuerySet":
        """Every place of work, for everybody in the network."""
        return self if worker.is_authenticated else self.none()


class WorkerPhotoQuerySet(models.QuerySet["WorkerPhoto"]):
    def visible_to(self, worker) -> "WorkerPhotoQuerySet":
        """The photographs of those whose cards one sees."""
        from .models import Worker

        return self.filter(worker__in=Worker.objects.visible_to(worker))


class ConsentQuerySet(models.QuerySet["Consent"]):
    def with_receivers(self) -> "ConsentQuerySet":
        """Each with the one whom it lets in, in the same query."""
        return self.select_related(*RECEIVER_ROWS)

    def in_force(self) -> "ConsentQuerySet":
        now = timezone.now()
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=now), withdrawn_at=None, given_at__lte=now)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(status__in=OPEN_INVITATIONS)

    def permitted(self) -> "InvitationQuerySet":
        """Those whose permission is in force."""
        now = timezone.now()
        return self.filter(
            Q(consent__valid_until=None) | Q(consent__valid_until__gt=now),
            consent__withdrawn_at=None,
            consent__given_at__lte=now,
        )

    def visible_to(self, worker) -> "InvitationQuerySet":
        """Under a permission in force: the worker's own invitations, and those to their unit and teams."""
        from .models import Team

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return (
            self.permitted()
            .filter(
                Q(consent__worker=worker)
                | Q(consent__unit=worker.unit_id)
                | Q(consent__team__in=Team.objects.called_through(worker))
                | Q(consent__team__in=worker.teams.values("pk"), coming_worker=worker)
            )
            .exclude(status=InvitationStatus.REVOKED)
        )

    def overdue(self) -> "InvitationQuerySet":
        """Those whose answer has been waited for long enough."""
        return self.filter(status=InvitationStatus.PENDING, answer_by__lte=timezone.now())


def _team_has_people() -> Exists:
    """Whether the team of a row has somebody in it who works with families."""
    from .models import Worker

    return Exists(Worker.objects.working_with_families().filter(teams=OuterRef("team")))


class ContactRuleQuerySet(models.QuerySet["ContactRule"]):
    def visible_to(self, worker) -> "ContactRuleQuerySet":
        """Everybody who works in the network asks the same people in the same order."""
        return self if worker.is_authenticated else self.none()

    def with_people_of_team(self) -> "ContactRuleQuerySet":
        """Each with `team_has_people`: whether the team that it names has somebody to ask."""
        return self.annotate(team_has_people=_team_has_people())

    def reachable(self) -> "ContactRuleQuerySet":
        """Those from whom somebody answers: `contacts.why_broken` says why of the others."""
        unit = Q(unit__isnull=False) & (~Q(unit__phone="") | ~Q(unit__electronic_contact=""))
        team = Q(team__isnull=False) & (~Q(team__phone="") | _team_has_people())
        return self.filter(unit | team | Q(worker__is_active=True))

    def public(self) -> "ContactRuleQuerySet":
        """What a family is shown without signing in: never a worker, and only whom it can reach."""
        return self.reachable().filter(is_public=True, worker=None).exclude(team__phone="")


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, worker) -> "TeamQuerySet":
        """Everybody in the network knows the teams and how they are called."""
        return self if worker.is_authenticated else self.none()

    def binding(self) -> "TeamQuerySet":
        """Those whose kutsukäytäntö says when their people can be asked to come."""
        return self.filter(Q(calling=TeamCalling.WEEKLY) | Q(notice_days__gt=0))

    def of_municipality(self, code: str) -> "TeamQuerySet":
        """The teams in whose area the municipality is."""
        return self.filter(area__municipalities=code)

    def called_through(self, worker) -> "TeamQuerySet":
        """Teams whose invitations reach the worker: as the coordinator, or as a member asked directly."""
        through_coordinator = Q(calling=TeamCalling.COORDINATOR)
        return self.filter(
            (through_coordinator & Q(coordinator=worker))
            | (~through_coordinator & Q(pk__in=worker.teams.values("pk")))
        )


class DirectoryImportQuerySet(models.QuerySet["DirectoryImport"]):
    def visible_to(self, worker) -> "DirectoryImportQuerySet":
        """The administrator sees every file; a coordinator those of the yhteydenottolista."""
        if not worker.is_authenticated or not worker.is_active:
            return self.none()
        if worker.is_administrator:
            return self
        return self.filter(kind__in=KINDS_OF_COORDINATORS) if worker.is_coordinator else self.none()

    def under_way(self) -> "DirectoryImportQuerySet":
        """Those that somebody waits for."""
        return self.filter(state__in=IMPORTS_UNDER_WAY)

    def without_file(self) -> "DirectoryImportQuerySet":
        """For a page: the bytes of the file stay in the database."""
        return self.defer("content")


# The numbers of the situations that are open to a worker: the upper floor adds its question when it loads.
SITUATIONS_OPENED: "list[Callable[[Worker], models.QuerySet]]" = []


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def open(self) -> "ConsultationQuerySet":
        return self.filter(status__in=OPEN_CONSULTATIONS)

    def with_people(self) -> "ConsultationQuerySet":
        """Everything that a line about a consultation tells, in the same query."""
        return self.select_related(
            "asked_by__unit",
            "picked_up_by__unit",
            "answered_by__unit",
            "consent__worker__unit",
            "consent__unit",
            "consent__team",
        )

    def asked_for(self, worker: "Worker") -> "ConsultationQuerySet":
        """Those of the situations that are open to the worker: of the asker, and of who has the koppi now."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        condition = Q(pk__in=[])
        for opened in SITUATIONS_OPENED:
            condition |= Q(situation_number__in=opened(worker))
        return self.filter(condition)

    def received_by(self, worker: "Worker") -> "ConsultationQuerySet":
        """Those that the family lets this worker answer, and for a while those that they answered.

        What a colleague has picked up is the colleague's alone.
        """
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        now = timezone.now()
        mine = Q(consent__worker=worker) | Q(consent__unit=worker.unit_id)
        mine |= Q(consent__team__in=worker.teams.values("pk"))
        lately = now - timedelta(days=settings.AFTERWARDS_DAYS)
        return self.filter(
            mine,
            Q(status=ConsultationStatus.ASKED)
            | Q(status=ConsultationStatus.PICKED_UP, picked_up_by=worker)
            | Q(
                status__in=[ConsultationStatus.ANSWERED, ConsultationStatus.CLOSED],
                answered_by=worker,
                answered_at__gt=lately,
            ),
            Q(consent__valid_until=None) | Q(consent__valid_until__gt=now),
            consent__withdrawn_at=None,
            consent__given_at__lte=now,
        )

    def visible_to(self, worker: "Worker") -> "ConsultationQuerySet":
        """The asker's side and the receiver's; each sees its own part of it."""
        asked = self.asked_for(worker).order_by().values("pk")
        received = self.received_by(worker).order_by().values("pk")
        return self.filter(Q(pk__in=asked) | Q(pk__in=received))


class TallyQuerySet(models.QuerySet["Tally | NetworkTally | TallyChange"]):
    def visible_to(self, worker: "Worker") -> "TallyQuerySet":
        """Numbers are for the coordinator and the administrator."""
        if worker.is_authenticated and (worker.is_coordinator or worker.is_administrator):
            return self
        return self.none()
