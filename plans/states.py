"""Statuses of a plan and the places of its measures."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanStatus(TextChoices):
    DRAFT = "draft", _("luonnos")
    AGREED = "agreed", _("sovittu")
    SUPERSEDED = "superseded", _("korvattu uudemmalla")


PLAN_MOVES: dict[PlanStatus, set[PlanStatus]] = {
    PlanStatus.DRAFT: {PlanStatus.AGREED},
    PlanStatus.AGREED: {PlanStatus.SUPERSEDED},
    PlanStatus.SUPERSEDED: set(),
}


class MeasurePlace(TextChoices):
    HOME = "home", _("Kotona")
    CHILD_ENVIRONMENT = "child_environment", _("Lapsen arjen ympäristössä")
    ELSEWHERE = "elsewhere", _("Muualla")


class ContactWay(TextChoices):
    PHONE = "phone", _("soitto")
    SMS = "sms", _("tekstiviesti")
    EMAIL = "email", _("sähköposti")
    VISIT = "visit", _("tapaaminen")


class MeasureStatus(TextChoices):
    """How far a measure of the agreed plan has come."""

    AGREED = "agreed", _("sovittu")
    GOING_ON = "going_on", _("meneillään")
    DONE = "done", _("tehty")
    PUT_ASIDE = "put_aside", _("jätetty sikseen")


# What is done or put aside by mistake, or is taken up again, goes on.
MEASURE_MOVES: dict[MeasureStatus, set[MeasureStatus]] = {
    MeasureStatus.AGREED: {MeasureStatus.GOING_ON, MeasureStatus.DONE, MeasureStatus.PUT_ASIDE},
    MeasureStatus.GOING_ON: {MeasureStatus.AGREED, MeasureStatus.DONE, MeasureStatus.PUT_ASIDE},
    MeasureStatus.DONE: {MeasureStatus.GOING_ON},
    MeasureStatus.PUT_ASIDE: {MeasureStatus.AGREED, MeasureStatus.GOING_ON},
}
# What is neither done nor put aside can be late.
UNDONE = frozenset({MeasureStatus.AGREED, MeasureStatus.GOING_ON})


class ReviewSide(TextChoices):
    """From whose side it is reviewed what came of the plan; the two stand side by side."""

    FAMILY = "family", _("perhe")
    WORKERS = "workers", _("työntekijät")


class OutcomeChange(TextChoices):
    """How it is with a matter now. No score: nothing is added up of these about a family."""

    BETTER = "better", _("paremmin")
    SAME = "same", _("ennallaan")
    WORSE = "worse", _("huonommin")


class CopyMethod(TextChoices):
    """How somebody has the plan: the one thing that closes by itself is never the paper."""

    ACCOUNT = "account", _("omalla tunnuksella")
    LINK = "link", _("linkillä")
    PRINTED = "printed", _("paperilla")


class HandingStatus(TextChoices):
    """How the responsibility of a family goes from one worker to another."""

    OFFERED = "offered", _("odottaa vastausta")
    ACCEPTED = "accepted", _("otettu")
    DECLINED = "declined", _("ei otettu")
    WITHDRAWN = "withdrawn", _("peruttu")
    RETURNED = "returned", _("palasi tarjoajalle")
    # Nobody was asked: the former one left, or the family took the permission back.
    PASSED = "passed", _("siirtyi toistaiseksi")


HANDING_MOVES: dict[HandingStatus, set[HandingStatus]] = {
    HandingStatus.OFFERED: {
        HandingStatus.ACCEPTED,
        HandingStatus.DECLINED,
        HandingStatus.WITHDRAWN,
        HandingStatus.RETURNED,
    },
    HandingStatus.ACCEPTED: set(),
    HandingStatus.DECLINED: set(),
    HandingStatus.WITHDRAWN: set(),
    HandingStatus.RETURNED: set(),
    HandingStatus.PASSED: set(),
}


class HandingCause(TextChoices):
    HANDED = "handed", _("vastuu siirrettiin")
    LEFT = "left", _("vastuutyöntekijä lähti")
    PERMISSION = "permission", _("perhe perui luvan")
    KOPPI = "koppi", _("koppi siirtyi")


class ToldHow(TextChoices):
    """How the family was told who would be its responsible worker next."""

    TOGETHER = "together", _("tavattiin")
    PHONE = "phone", _("soitettiin")
