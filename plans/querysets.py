"""Questions about many plans, and the only door through which people see them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from meetings.querysets import Ground
from meetings.states import OPEN_STAGES, Decision
from network.querysets import RECEIVER_ROWS
from network.states import ConsentPurpose
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.words import today

from .states import UNDONE, CopyMethod, MeasureStatus, PlanStatus, ReviewSide

if TYPE_CHECKING:
    from meetings.models import Situation
    from network.models import Worker
    from network.querysets import WorkerQuerySet

    from .models import (  # noqa: F401  (mypy reads them in base classes)
        Copy,
        CopyLink,
        Measure,
        NextContact,
        OutcomeReview,
        Plan,
    )


def contact_promised() -> Exists:
    """Whether a contact with the family is promised for today or later: then quiet was agreed on."""
    from .models import NextContact

    return Exists(NextContact.objects.open().filter(plan__situation=OuterRef("pk"), on__gte=today()))


class PlanQuerySet(models.QuerySet["Plan"]):
    def agreed(self) -> "PlanQuerySet":
        return self.filter(status=PlanStatus.AGREED)

    def in_force(self) -> "PlanQuerySet":
        """Agreed on, and the situation has not ended since."""
        return self.agreed().filter(ended_at=None)

    def current(self) -> "PlanQuerySet":
        return self.exclude(status=PlanStatus.SUPERSEDED)

    def newest_of(self, family) -> "Plan | None":
        """The family's newest agreed plan, for the family itself."""
        agreed = self.agreed().with_sheet().filter(situation__family=family)
        return agreed.order_by("-agreed_at", "-pk").first()

    def with_sheet(self) -> "PlanQuerySet":
        """Everything that the plan's sheet shows, in a fixed number of queries."""
        from network.models import WorkerPhoto

        from .models import Measure, Presence, ResponsibleWorker
        from .models.presence import PRESENT

        photo = WorkerPhoto.objects.filter(worker=OuterRef("worker"))
        responsible = ResponsibleWorker.objects.select_related("worker__unit").annotate(
            known_photo=Exists(photo)
        )
        return self.select_related("situation__family__link", "meeting__room__unit").prefetch_related(
            "matters",
            Prefetch("measures", Measure.objects.with_people()),
            Prefetch("presences", Presence.objects.select_related(*PRESENT)),
            "contacts",
            "meeting__rays",
            Prefetch("responsible_workers", responsible.order_by("position")),
        )

    def shown_by(self, copy_link: "CopyLink") -> "PlanQuerySet":
        """The version in force, when the link's receiver has a copy of it by link."""
        from .models import Copy

        given = Copy.objects.filter(plan=OuterRef("pk"), consent=copy_link.consent_id, method=CopyMethod.LINK)
        return self.agreed().filter(Exists(given), situation=copy_link.situation_id)

    def visible_to(self, worker) -> "PlanQuerySet":
        """Plans of the situations opened to the worker, and agreed ones of which they have a copy."""
        from meetings.models import Situation
        from network.models import Consent

        from .models import Copy

        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        permitted = Consent.objects.in_force().filter(purpose=ConsentPurpose.COPY, worker=worker)
        given = Copy.objects.filter(plan=OuterRef("pk"), consent__in=permitted, method=CopyMethod.ACCOUNT)
        return self.filter(
            Q(situation__in=Situation.objects.opened_to(worker))
            | (Exists(given) & Q(status=PlanStatus.AGREED))
        )


class CopyQuerySet(models.QuerySet["Copy"]):
    def permitted(self) -> "CopyQuerySet":
        """Those whose permission is in force."""
        from network.models import Consent

        return self.filter(consent__in=Consent.objects.in_force().filter(purpose=ConsentPurpose.COPY))

    def of_situation(self, situation: "Situation") -> "CopyQuerySet":
        return self.filter(plan__situation=situation)

    def by_link(self) -> "CopyQuerySet":
        return self.filter(method=CopyMethod.LINK)

    def in_account_of(self, worker: "Worker") -> "CopyQuerySet":
        return self.filter(method=CopyMethod.ACCOUNT, consent__worker=worker)

    def with_receivers(self) -> "CopyQuerySet":
        """Each with the one who has it, in the same query."""
        return self.select_related("consent__family", *[f"consent__{one}" for one in RECEIVER_ROWS])


class CopyLinkQuerySet(models.QuerySet["CopyLink"]):
    def with_receivers(self) -> "CopyLinkQuerySet":
        """Each with the one whom it lets in, and the family, in the same query."""
        rows = [f"consent__{one}" for one in RECEIVER_ROWS]
        return self.select_related("link", "consent__family", "consent__close_person__family", *rows)

    def opened_by(self, token: str) -> "CopyLink | None":
        """The link that the token opens, under a permission in force, to an address that is still theirs."""
        from network.messages import addresses_of
        from network.models import Consent

        link = AccessLink.objects.opened_by(LinkPurpose.COPY, token)
        permitted = Consent.objects.in_force().filter(purpose=ConsentPurpose.COPY)
        found = self.with_receivers().filter(link=link, consent__in=permitted).first() if link else None
        # Who has left a team, or whose address was mended, has a link that is nobody's any more.
        if found is None or (found.channel, found.recipient) not in addresses_of(found.consent):
            return None
        return found


class MeasureQuerySet(models.QuerySet["Measure"]):
    def with_people(self) -> "MeasureQuerySet":
        """With who does each and how far it has come, in two queries."""
        return self.select_related("member", "close_person", "worker").prefetch_related("states__marked_by")

    def late(self) -> "MeasureQuerySet":
        """To be done by a day that has passed, neither done nor put aside; of plans in force."""
        from .models import MeasureState

        latest = MeasureState.objects.filter(measure=OuterRef("pk")).order_by("-number")
        return (
            self.filter(by__lt=today(), plan__status=PlanStatus.AGREED, plan__ended_at=None)
            .alias(latest_status=Coalesce(Subquery(latest.values("status")[:1]), Value(MeasureStatus.AGREED)))
            .filter(latest_status__in=UNDONE)
        )


class NextContactQuerySet(models.QuerySet["NextContact"]):
    def open(self) -> "NextContactQuerySet":
        """Promised and not yet done, of the plan that is in force and goes on."""
        return self.filter(
            done_at=None,
            plan__status=PlanStatus.AGREED,
            plan__ended_at=None,
            plan__situation__stage__in=OPEN_STAGES,
        )

    def waiting_for(self, worker) -> "NextContactQuerySet":
        """The open contacts of the plans that the worker is responsible for, in order of their day."""
        if not worker.is_authenticated or not worker.works_with_families:
            return self.none()
        return (
            self.open()
            .filter(_named(worker, OuterRef("plan")) | _stands_in_with_koppi(worker, OuterRef("plan")))
            .select_related("plan__situation")
            .order_by("on", "at", "pk")
        )

    def visible_to(self, worker) -> "NextContactQuerySet":
        """Contacts of the situations opened to the worker."""
        from meetings.models import Situation

        return self.filter(plan__situation__in=Situation.objects.opened_to(worker))


class OutcomeReviewQuerySet(models.QuerySet["OutcomeReview"]):
    def in_force(self) -> "OutcomeReviewQuerySet":
        """Given, and not replaced by a newer one of the same side."""
        return self.filter(given_at__isnull=False, replaced_at=None)

    def with_matters(self) -> "OutcomeReviewQuerySet":
        return self.select_related("written_by").prefetch_related("outcomes__matter")

    def visible_to(self, worker) -> "OutcomeReviewQuerySet":
        """Reviews of the situations opened to the worker; what the family is still writing is its own."""
        from meetings.models import Situation

        return self.filter(plan__situation__in=Situation.objects.opened_to(worker)).exclude(
            by_family=True, given_at=None
        )


def sides_missing(plan: "Plan") -> list[ReviewSide]:
    """From whose side the plan has not been reviewed."""
    given = set(plan.reviews.in_force().values_list("side", flat=True))
    return [side for side in ReviewSide if side not in given]


def nameable(situation: "Situation") -> "WorkerQuerySet":
    """Those whom the family may name: professionals of a public service who were there or are of the team.

    Somebody to whom the family said no is not among them.
    """
    from meetings.models import Participation
    from network.models import Worker

    here = Participation.objects.filter(worker=OuterRef("pk"), meeting__situation=situation)
    invited, refused = here.filter(decision=Decision.YES), here.filter(decision=Decision.NO)
    return (
        Worker.objects.public_professionals()
        .filter(
            Exists(invited)
            | Exists(Participation.objects.filter(meeting__situation=situation).taken_by(OuterRef("pk")))
            | Q(pk=situation.holder_id)
            | Q(pk__in=situation.meetings.values("convener"))
            | (Q(teams__area__municipalities=situation.family.municipality_id) & ~Exists(refused)),
        )
        .distinct()
    )


def able_to_do(situation: "Situation", plan: "Plan | None") -> "WorkerQuerySet":
    """Workers who can be chosen to do a measure: who was there, who can be named, who is chosen already."""
    from meetings.models import Participation
    from network.models import Worker

    of_situation = Participation.objects.filter(meeting__situation=situation)
    there = of_situation.filter(worker=OuterRef("pk"), decision=Decision.YES)
    chosen = plan.measures.values("worker") if plan is not None else []
    return Worker.objects.working_with_families().filter(
        Exists(there)
        | Exists(of_situation.taken_by(OuterRef("pk")))
        | Q(pk__in=nameable(situation).order_by().values("pk"))
        | Q(pk__in=chosen)
    )


def _named(worker: "Worker", plan: OuterRef) -> Exists:
    """Named by the family as the plan's responsible worker, under a permission in force to have the plan.

    One who stands in is not named: what a permission to read the plan opens is the plan.
    """
    from network.models import Consent

    from .models import ResponsibleWorker

    permission = Consent.objects.in_force().filter(
        purpose=ConsentPurpose.COPY, worker=worker, family=OuterRef("plan__situation__family")
    )
    return Exists(
        ResponsibleWorker.objects.filter(Exists(permission), worker=worker, plan=plan, stands_in=False)
    )


def _stands_in_with_koppi(worker: "Worker", plan: OuterRef) -> Exists:
    """Takes care of the family until it has named somebody, and sees all by the koppi."""
    from .models import ResponsibleWorker

    return Exists(
        ResponsibleWorker.objects.filter(
            worker=worker, plan=plan, stands_in=True, plan__situation__holder=worker
        )
    )


def _is_responsible(worker: "Worker") -> Exists:
    # A draft names nobody yet: the door opens when the family has agreed.
    from .models import Plan

    return Exists(Plan.objects.in_force().filter(_named(worker, OuterRef("pk")), situation=OuterRef("pk")))


RESPONSIBLE = Ground("responsible", _("on perheen vastuutyöntekijä"), True, _is_responsible)


def is_agreed(situation: "Situation") -> bool:
    """Whether the situation has a plan in force."""
    return situation.plans.in_force().exists()


def carriers(situation: "Situation") -> "WorkerQuerySet":
    """The responsible workers of the plan in force whom the family lets have it."""
    from network.models import Consent, Worker

    from .models import ResponsibleWorker

    permission = Consent.objects.in_force().filter(
        purpose=ConsentPurpose.COPY, worker=OuterRef("pk"), family=situation.family_id
    )
    named = ResponsibleWorker.objects.in_force().filter(
        worker=OuterRef("pk"), plan__situation=situation, stands_in=False
    )
    workers = Worker.objects.working_with_families().filter(Exists(named), Exists(permission))
    return workers.select_related("unit").order_by("pk")
