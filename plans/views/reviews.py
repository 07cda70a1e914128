"""Pages of a worker on what came of the plan: each side's review, the follow-up, and the end."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from meetings.looks import look_on_situation
from network.models import Worker
from network.requests import WorkerRequest
from perhekeskus.autosave import Change, WrittenMeanwhile, answer, saves_itself
from perhekeskus.refusals import Refused

from .. import actions, rules
from .. import outcome_rules as outcomes
from ..closing import SLUGS, review_rows
from ..looks import open_plan
from ..models import NextContact, Plan
from ..outcomes import outcome_of
from ..reviewed import saved_fields
from ..reviewing import CloseForm, ReviewForm
from ..states import ReviewSide

OUTCOME = gettext_lazy("Suunnitelman arvio")
SIDES = {slug: side for side, slug in SLUGS.items()}


def _opened(request: WorkerRequest, pk: int, what: Any = OUTCOME) -> Plan:
    plan, opens_all = open_plan(request, pk, what)
    if not opens_all:
        raise Http404
    return plan


def _trail(plan: Plan, last: str) -> list[dict[str, str]]:
    return [
        {"label": _("Tilanteet"), "url": reverse("situation_list")},
        {"label": str(plan.situation_id), "url": plan.situation.get_absolute_url()},
        {"label": _("Yhteinen suunnitelma"), "url": plan.get_absolute_url()},
        {"label": last, "url": ""},
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: WorkerRequest, pk: int, side: str) -> HttpResponse:
    """Write a side's review; the family's together with the family."""
    if side not in SIDES:
        raise Http404
    plan, of = _opened(request, pk), SIDES[side]
    if refused := outcomes.why_not_review(request.user, plan, of):
        messages.error(request, str(refused))
        return redirect(plan)
    if request.method == "POST" and request.POST.get("do") == "not_wanted" and of == ReviewSide.FAMILY:
        return _not_wanted(request, plan)
    form = _form(plan, of, request.POST if request.method == "POST" else None)
    beside: list[dict[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            taken(form, by=request.user)
        except WrittenMeanwhile as refusal:
            form, beside = form.beside_the_saved(request.POST, saved_fields(plan, of, by_family=False))
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not form.is_giving:
                messages.success(request, _("Luonnos on tallennettu."))
                return redirect("plan_review", pk, side)
            messages.success(request, _("Arvio on annettu. Se näkyy myös perheelle."))
            return redirect(f"{plan.get_absolute_url()}#arvio")
    is_family = of == ReviewSide.FAMILY
    title = _("Perheen arvio") if is_family else _("Työntekijöiden arvio")
    return render(
        request,
        "plans/plan_review.html",
        {
            "form": form,
            "title": title,
            "lead": _(
                "Kirjoittakaa yhdessä, perheen omin sanoin. Perhe voi antaa arvion myös omalla sivullaan."
            )
            if is_family
            else _("Arvio näkyy perheelle heidän oman arvionsa rinnalla. Ne saavat olla erilaiset."),
            "beside": beside,
            "can_be_left": is_family,
            "breadcrumb": _trail(plan, title),
        },
        status=422 if form.is_bound else 200,
    )


def _form(plan: Plan, side: ReviewSide, data: QueryDict | None = None) -> ReviewForm:
    return ReviewForm(
        data,
        plan=plan,
        side=side,
        saved=saved_fields(plan, side, by_family=False),
        save_url=reverse("plan_review_save", args=[plan.pk, SLUGS[side]]),
    )


def taken(form: ReviewForm, *, by: Worker | None) -> None:
    """What the form's button says is done with the review."""
    act = actions.give_review if form.is_giving else actions.write_review
    act(plan=form.plan, side=form.side, by=by, changes=form.changes)


def _not_wanted(request: WorkerRequest, plan: Plan) -> HttpResponse:
    try:
        actions.note_not_wanted(plan=plan, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Kirjasimme, ettei perhe halua arvioida. Perhe voi muuttaa mieltään."))
    return redirect(f"{plan.get_absolute_url()}#arvio")


class ReviewSheet:
    """A worker's draft as the fields that save themselves know it."""

    def __init__(self, plan: Plan, side: ReviewSide, by: Worker) -> None:
        self.plan, self.side, self.by = plan, side, by
        self.key = f"review:{plan.pk}:{side}"
        self.form = _form(plan, side)

    def clean(self, name: str, value: str) -> str:
        return self.form.clean_one(name, value)

    def saved(self) -> Mapping[str, str]:
        return self.form.saved

    def save(self, changes: Mapping[str, Change]) -> Mapping[str, str]:
        return actions.save_review_fields(plan=self.plan, side=self.side, by=self.by, changes=changes)


@require_POST
@saves_itself
def plan_review_save(request: WorkerRequest, pk: int, side: str) -> JsonResponse:
    """Single fields while they are written, and what the others have written meanwhile."""
    if side not in SIDES:
        raise Http404
    found = Plan.objects.visible_to(request.user).select_related("situation__family")
    plan = get_object_or_404(found, pk=pk)
    _situation, ground = look_on_situation(request, plan.situation_id, OUTCOME)
    if not ground.opens_all:
        raise Http404
    if refused := outcomes.why_not_review(request.user, plan, SIDES[side]):
        return JsonResponse({"closed": str(refused)}, status=409)
    return answer(request, ReviewSheet(plan, SIDES[side], request.user))


@require_POST
def plan_follow_up(request: WorkerRequest, pk: int) -> HttpResponse:
    """Begin to prepare a follow-up with the same people, about what is left."""
    plan = _opened(request, pk, _("Seurantatapaamisen sopiminen"))
    try:
        meeting = actions.convene_follow_up(plan=plan, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(plan)
    messages.success(
        request,
        _(
            "Seurantatapaaminen on valmisteilla. Suunnitelma ja sovitut yhteydenotot jatkuvat ennallaan."
            " Perhe päättää, keitä kutsutaan ja mistä puhutaan."
        ),
    )
    return redirect("meeting_people", meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_close(request: WorkerRequest, pk: int) -> HttpResponse:
    """See the family off to everyday life: both sides' reviews first, then how it is now."""
    plan = _opened(request, pk, _("Tilanteen merkitseminen päättyneeksi"))
    situation = plan.situation
    if not situation.is_open and request.method == "POST":
        # The same press twice.
        return redirect(situation)
    if refused := rules.why_not_finish(request.user, situation):
        messages.error(request, str(refused))
        return redirect(plan)
    contact = next((one for one in plan.contacts.all() if one.done_at is None), None)
    missing = outcomes.why_not_everyday(situation)
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        is_ready=not missing,
        initial={"outcome": contact.outcome if contact is not None else ""},
    )
    if form.is_bound and form.is_valid() and (done := _close(request, plan, form, contact)):
        return done
    return render(
        request,
        "plans/plan_close.html",
        {
            "form": form,
            "rows": review_rows(plan, outcome_of(plan, with_whom_to_ask=False)),
            "missing": missing,
            "back_url": plan.get_absolute_url(),
            "breadcrumb": _trail(plan, _("Merkitse tilanne päättyneeksi")),
        },
        status=422 if form.is_bound else 200,
    )


def _close(
    request: WorkerRequest, plan: Plan, form: CloseForm, contact: NextContact | None
) -> HttpResponse | None:
    said = form.cleaned_data["outcome"]
    try:
        if contact is not None and not form.is_ready:
            actions.keep_outcome(contact=contact, by=request.user, outcome=said)
            messages.success(request, _("Teksti on tallessa. Tilanne päättyy vasta, kun arviot on annettu."))
            return redirect("plan_close", plan.pk)
        actions.finish(situation=plan.situation, by=request.user, outcome=said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Hienoa! Perheen arki sujuu, ja tilanne on päättynyt."))
    # Of what has ended, only the one who has the koppi still reads.
    return redirect(plan if Plan.objects.visible_to(request.user).filter(pk=plan.pk).exists() else "home")
