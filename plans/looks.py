"""Opening a plan: what may be seen, and the look on record, in one transaction."""

from django.db import transaction
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings.models import Situation
from network.requests import WorkerRequest
from perhekeskus.looks import record_look

from .models import NextContact, Plan


@transaction.atomic
def open_plan(request: WorkerRequest, pk: int, what: str | Promise) -> tuple[Plan, bool]:
    """The plan, and whether its situation is opened in full; 404 for those who may not know of it."""
    plan = Plan.objects.visible_to(request.user).with_sheet().filter(pk=pk).first()
    if plan is None:
        raise Http404
    ground = Situation.objects.filter(pk=plan.situation_id).ground_for(request.user)
    opens_all = ground is not None and ground.opens_all
    words = ground.words if ground is not None and opens_all else _("perhe antoi hänelle suunnitelman")
    record_look(worker=request.user, family_id=plan.situation.family_id, what=what, ground=words)
    return plan, opens_all


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
