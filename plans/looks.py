"""Opening a plan: what may be seen, and the look on record, in one transaction."""

from django.db import transaction
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings.models import Situation
from network.requests import WorkerRequest
from perhekeskus.looks import record_look

from .models import NextContact, Plan
from .sheet import family_link


@transaction.atomic
def open_plan(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Plan, bool]:
    """The plan, and whether its situation is opened in full; 404 for those who may not know of it."""
    plan, opens_all, ground = _found(request, pk)
    record_look(worker=request.user, family_id=plan.situation.family_id, what=what, ground=ground)
    return plan, opens_all


@transaction.atomic
def open_paper(request: WorkerRequest, pk: int) -> tuple[Plan, bool]:
    """The plan to be printed, and whether its paper has the code to the family's own page.

    Who prints the code could open that page: a paper with it is another look than one without.
    """
    plan, opens_all, ground = _found(request, pk)
    with_link = opens_all and bool(family_link(plan))
    what = _("Paperi, jossa on perheen linkki") if with_link else _("Yhteinen suunnitelma, tulostettava")
    record_look(worker=request.user, family_id=plan.situation.family_id, what=what, ground=ground)
    return plan, with_link


def _found(request: WorkerRequest, pk: int) -> tuple[Plan, bool, str | Promise]:
    plan = Plan.objects.visible_to(request.user).with_sheet().filter(pk=pk).first()
    if plan is None:
        raise Http404
    ground = Situation.objects.filter(pk=plan.situation_id).ground_for(request.user)
    if ground is not None and ground.opens_all:
        return plan, True, ground.words
    return plan, False, _("perhe antoi hänelle suunnitelman")


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
