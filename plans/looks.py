"""Opening a plan: what may be seen, and the look on record, in one transaction."""

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings.models import Situation
from meetings.people import shown_name
from network.requests import WorkerRequest
from perhekeskus.locks import lock
from perhekeskus.looks import record_look

from .models import CopyLink, NextContact, Plan
from .sheet import family_link
from .states import PlanStatus


@transaction.atomic
def open_plan(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Plan, bool]:
    """The plan, and whether its situation is opened in full; 404 for those who may not know of it."""
    plan, opens_all, ground = _found(request, pk)
    record_look(worker=request.user, family_id=plan.situation.family_id, what=what, ground=ground)
    return plan, opens_all


@transaction.atomic
def open_paper(request: WorkerRequest, pk: int) -> tuple[Plan, bool]:
    """The plan to be printed, and whether it is printed for the family.

    Who prints the code to the family's own page could open it: a paper with it is another look than one
    without.
    """
    plan, opens_all, ground = _found(request, pk)
    with_link = opens_all and bool(family_link(plan))
    what = _("Paperi, jossa on perheen linkki") if with_link else _("Yhteinen suunnitelma, tulostettava")
    record_look(worker=request.user, family_id=plan.situation.family_id, what=what, ground=ground)
    return plan, opens_all


def _found(request: WorkerRequest, pk: int) -> tuple[Plan, bool, str | Promise]:
    ground = Situation.objects.filter(plans=pk).ground_for(request.user)
    if ground is not None and ground.opens_all:
        return Plan.objects.with_sheet().get(pk=pk), True, ground.words
    plan = Plan.objects.visible_to(request.user).with_sheet().filter(pk=pk).first()
    if plan is None:
        raise Http404
    return plan, False, _("perhe antoi hänelle suunnitelman")


@transaction.atomic
def open_export(request: WorkerRequest, pk: int) -> Plan:
    """The plan to be taken out as a file: for those to whom the whole situation is opened, nobody else."""
    plan, opens_all, ground = _found(request, pk)
    if not opens_all:
        raise Http404
    if plan.status != PlanStatus.DRAFT:
        what = _("Vei suunnitelman tiedostona")
        record_look(worker=request.user, family_id=plan.situation.family_id, what=what, ground=ground)
    return plan


@transaction.atomic
def open_copy(
    request: HttpRequest, token: str, what: str | Promise, *, who: str = ""
) -> tuple[CopyLink, Plan] | None:
    """The link of a copy and the plan that it shows now, with the look on record; None when nothing.

    The permission's row is locked, so a withdrawal comes before the look or after it: never in between.
    """
    door = CopyLink.objects.opened_by(token)
    if door is None:
        return None
    lock(door.consent)
    door = CopyLink.objects.opened_by(token)
    plan = Plan.objects.shown_by(door).with_sheet().first() if door is not None else None
    if door is None or plan is None:
        return None
    family = door.consent.family
    name = shown_name(door.consent, family)
    record_look(
        worker=request.user if request.user.is_authenticated else None,
        who=f"{who}, {name}" if who else name,
        family_id=family.pk,
        what=what,
        ground=_("kopion linkki, perhe antoi luvan"),
    )
    return door, plan


@transaction.atomic
def open_contact(request: WorkerRequest, pk: int, what: str | Promise) -> NextContact:
    """A promised contact of a plan that the worker takes care of."""
    contact = (
        NextContact.objects.visible_to(request.user)
        .select_related("plan__situation__family")
        .filter(pk=pk)
        .first()
    )
    if contact is None:
        raise Http404
    ground = Situation.objects.filter(pk=contact.plan.situation_id).ground_for(request.user)
    if ground is None:
        raise Http404
    family_id = contact.plan.situation.family_id
    record_look(worker=request.user, family_id=family_id, what=what, ground=ground.words)
    return contact
