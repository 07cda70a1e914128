"""The responsibility of a family from hand to hand: offering it, taking it, taking the offer back."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.waiting import number_of
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.looks import record_look
from perhekeskus.refusals import Refused, refusals_as_messages

from .. import actions, rules_of_handing
from ..forms_of_handing import HandingForm
from ..looks import open_plan
from ..models import Plan, ResponsibilityHandover
from ..states import ToldHow
from .plans import _breadcrumb


@require_http_methods(["GET", "POST"])
def responsibility_offer(request: WorkerRequest, pk: int) -> HttpResponse:
    """Offer the responsibility to another, whom the family has named."""
    plan, opens_all = open_plan(request, pk, _("Vastuun siirtäminen"))
    if not opens_all:
        raise Http404
    if refused := rules_of_handing.why_not_hand(request.user, plan):
        messages.error(request, str(refused))
        return redirect(plan)
    form = HandingForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_bound and form.is_valid():
        try:
            return _offer(request, plan, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "plans/responsibility_offer.html",
        {
            "form": form,
            "now": words.listed(row.worker.name for row in plan.responsible_workers.all()),
            "breadcrumb": _breadcrumb(plan.situation_id, _("Siirrä vastuu"), plan),
        },
        status=422 if form.is_bound else 200,
    )


def _offer(request: WorkerRequest, plan: Plan, form: HandingForm) -> HttpResponse:
    sent = form.cleaned_data
    handing = actions.offer_responsibility(
        plan=plan,
        by=request.user,
        former=sent["former"],
        to=sent["to"],
        why=sent["why"],
        said=actions.FamilySaid(
            sent["told_on"],
            ToldHow(sent["told_how"]),
            sent["given_by"].given_by,
            sent["given_by"].given_with,
        ),
        form_key=sent["form_key"],
    )
    if handing is None:
        done = _("%(name)s on nyt perheen vastuutyöntekijä.")
    else:
        done = _("Vastuuta tarjottiin: %(name)s. Se siirtyy, kun hän ottaa sen.")
    messages.success(request, done % {"name": sent["to"].name})
    return redirect(plan)


@require_http_methods(["GET", "POST"])
def responsibility_answer(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take the responsibility or leave it; nothing of the family is shown before it is taken."""
    handing = get_object_or_404(
        ResponsibilityHandover.objects.visible_to(request.user)
        .filter(to_worker=request.user)
        .select_related(
            "plan__situation__family", "from_worker", "to_worker__unit__organisation", "offered_by", "consent"
        ),
        pk=pk,
    )
    if request.method == "POST":
        return _answered(request, handing)
    refused = rules_of_handing.why_not_answer(request.user, handing)
    if not refused:
        with transaction.atomic():
            record_look(
                worker=request.user,
                family_id=handing.plan.situation.family_id,
                what=_("Tarjottu vastuu"),
                ground=_("vastuuta tarjotaan hänelle"),
            )
    return render(
        request,
        "plans/responsibility_answer.html",
        {
            "title": number_of(handing.plan.situation),
            "giver": handing.offered_by.name if handing.offered_by is not None else "",
            "former": handing.from_worker.name,
            "why": handing.why if not refused else "",
            "refused": refused,
        },
    )


def _answered(request: WorkerRequest, handing: ResponsibilityHandover) -> HttpResponse:
    with refusals_as_messages(request):
        if request.POST.get("answer") == "accept":
            plan = actions.accept_responsibility(handing=handing, by=request.user)
            messages.success(request, _("Olet nyt perheen vastuutyöntekijä. Perhe saa tiedon."))
            return redirect(plan)
        if request.POST.get("answer") == "decline":
            actions.decline_responsibility(handing=handing, by=request.user)
            messages.success(request, _("Et ottanut vastuuta. Se jäi ennalleen."))
    return redirect("home")


@require_POST
def responsibility_withdraw(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take the offer back."""
    handing = get_object_or_404(
        ResponsibilityHandover.objects.visible_to(request.user).select_related("plan"), pk=pk
    )
    plan, opens_all = open_plan(request, handing.plan_id, _("Vastuun siirtäminen"))
    if not opens_all:
        raise Http404
    with refusals_as_messages(request):
        actions.take_back_responsibility(handing=handing, by=request.user)
        messages.success(request, _("Tarjous on peruttu."))
    return redirect(plan)
