"""Pages of the shared plan: writing it, agreeing on it, reading and printing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings.looks import look_on_situation, open_situation
from meetings.models import Situation
from meetings.views.record import stay_signed_in
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.autosave import WrittenMeanwhile, answer, mark, saves_itself
from perhekeskus.printing import language_asked, layout_asked, pdf_response
from perhekeskus.refusals import Refused

from .. import actions, drafting, rules
from ..advice import many_matters
from ..carrying import responsibility_facts
from ..closing import closing_facts
from ..forms import AgreeForm
from ..looks import open_paper, open_plan
from ..models import Plan
from ..page import PlanPage, PlanSheet
from ..paper import copy_pdf, layout_of
from ..paper import plan_pdf as print_plan
from ..presence import suggested, who_could_be_there
from ..printing import address_url
from ..printing import choices as print_choices
from ..promise_clock import advice_on
from ..requests import asked_facts
from ..sheet import sheet_of
from ..states import PlanStatus
from ..when import contact_words
from .changes import told_changes
from .copies import copies_of
from .measures import measures_now

PLAN = gettext_lazy("Yhteinen suunnitelma")


def _breadcrumb(situation_id: int, last: str, plan: Plan | None = None) -> list[dict[str, str]]:
    rows = [
        {"label": _("Tilanteet"), "url": reverse("situation_list")},
        {"label": str(situation_id), "url": reverse("situation_detail", args=[situation_id])},
    ]
    if plan is not None:
        rows.append({"label": str(PLAN), "url": plan.get_absolute_url()})
    return [*rows, {"label": last, "url": ""}]


@require_http_methods(["GET", "POST"])
def plan_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write the draft. An agreed plan opens to be read first; `?uusi=1` begins its next version."""
    situation, ground = open_situation(request, pk, PLAN)
    if not ground.opens_all:
        raise Http404
    newest = (
        Plan.objects.visible_to(request.user)
        .with_sheet()
        .filter(situation=situation)
        .order_by("-version")
        .first()
    )
    refused = rules.why_not_write_plan(request.user, situation)
    is_to_read = refused or (
        newest is not None and newest.status != PlanStatus.DRAFT and "uusi" not in request.GET
    )
    if newest is not None and request.method == "GET" and is_to_read:
        return redirect(newest)
    if refused:
        messages.error(request, str(refused))
        return redirect("situation_detail", situation.pk)
    if request.method == "GET":
        return _edit_page(request, PlanPage(situation, newest))
    more = request.POST.get("more", "")
    page = PlanPage(situation, newest, request.POST, more=more if more in {"matter", "measure"} else "")
    if page.more or not page.is_valid():
        return _edit_page(request, page)
    return _save(request, page)


def _save(request: WorkerRequest, page: PlanPage) -> HttpResponse:
    try:
        plan = drafting.save_page(
            situation=page.situation, by=request.user, version=page.version, changes=page.changes()
        )
    except (WrittenMeanwhile, actions.PlanChanged) as changed:
        newest = Plan.objects.visible_to(request.user).with_sheet().filter(situation=page.situation)
        saved = newest.order_by("-version").first()
        page = page.beside_the_saved(request.POST, saved)
        page.refuse(str(changed))
        return _edit_page(request, page, saved=saved)
    except Refused as refused:
        page.refuse(str(refused))
        return _edit_page(request, page)
    if request.POST.get("next") == "check":
        return redirect("plan_agree", plan.pk)
    messages.success(request, _("Luonnos on tallennettu."))
    return redirect("plan_edit", page.situation.pk)


@require_POST
@saves_itself
def plan_save(request: WorkerRequest, pk: int, version: int) -> JsonResponse:
    """Single fields while they are written, and what the others have written meanwhile."""
    situation, ground = look_on_situation(request, pk, PLAN)
    if not ground.opens_all:
        raise Http404
    if refused := rules.why_not_write_plan(request.user, situation):
        return JsonResponse({"closed": str(refused)}, status=409)
    if (meeting := rules.latest_held(situation)) is not None:
        stay_signed_in(request, meeting)
    return answer(request, PlanSheet(situation, request, version))


def _edit_page(request: WorkerRequest, page: PlanPage, saved: Plan | None = None) -> HttpResponse:
    situation = page.situation
    return render(
        request,
        "plans/plan_edit.html",
        {
            "page": page,
            "unwritten": mark(""),
            "has_errors": any(part.is_bound and not part.is_valid() for part in page.parts),
            "breadcrumb": _breadcrumb(situation.pk, str(PLAN)),
            "protected": situation.family.address_protected,
            "next_version": page.plan is not None and page.plan.status == PlanStatus.AGREED,
            "many": many_matters(page.count_of_matters),
            "here": _people_here(situation),
            "saved": sheet_of(saved) if saved is not None else None,
            "saved_by": saved.written_by.name if saved is not None else "",
        },
    )


def _people_here(situation: Situation) -> list[str]:
    """Those who were there, to be picked as the ones who do something."""
    names = [member.first_name for member in situation.family.members.all()]
    names += [person.name for person in situation.family.close_people.all()]
    held = rules.latest_held(situation)
    if held is not None:
        people = held.participations.professionals().filter(decision="yes").select_related("worker")
        names += [f"{one.worker.name}, {one.worker.title}" for one in people if one.worker is not None]
        names.append(f"{held.convener.name}, {held.convener.title}")
    return list(dict.fromkeys(names))


@require_http_methods(["GET", "POST"])
def plan_agree(request: WorkerRequest, pk: int) -> HttpResponse:
    """Look the whole plan through together, and agree on it."""
    plan, opens_all = open_plan(request, pk, PLAN)
    if not opens_all:
        raise Http404
    if plan.status != PlanStatus.DRAFT:
        if request.method == "POST":
            messages.info(request, _("Suunnitelma on jo sovittu."))
        return redirect(plan)
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        people=who_could_be_there(plan, request.user),
        suggested=suggested(plan, request.user),
    )
    sentence = rules.why_not_write_plan(request.user, plan.situation)
    missing = [sentence] if sentence else rules.missing(plan)
    if form.is_bound and not missing and form.is_valid():
        return _agree(request, plan, form)
    return render(
        request,
        "plans/plan_agree.html",
        {
            "plan": plan,
            "sheet": sheet_of(plan),
            "missing": missing,
            "form": form,
            "changes": told_changes(plan),
            "many": many_matters(len(plan.matters.all())),
            "next_steps": _after_agreeing(plan) if not missing else [],
            "breadcrumb": _breadcrumb(plan.situation_id, _("Tarkista ja sovi"), plan),
            "edit_url": reverse("plan_edit", args=[plan.situation_id]),
        },
        status=422 if form.is_bound else 200,
    )


def _agree(request: WorkerRequest, plan: Plan, form: AgreeForm) -> HttpResponse:
    seen = form.cleaned_data["seen_edition"]
    try:
        plan = actions.agree(
            plan=plan,
            by=request.user,
            given_by=form.cleaned_data["given_by"].given_by,
            given_with=form.cleaned_data["given_by"].given_with,
            present=form.cleaned_data["present"],
            seen_edition=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
        )
    except actions.PlanChanged as changed:
        if changed.plan is not None and changed.plan.status == PlanStatus.AGREED:
            messages.info(request, _("Suunnitelma on jo sovittu."))
            return redirect(changed.plan)
        messages.error(
            request, _("Suunnitelmaa on muutettu sen jälkeen, kun avasit sivun. Tarkista se vielä.")
        )
        return redirect("plan_agree", plan.pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("plan_agree", plan.pk)
    messages.success(request, _("Suunnitelma on sovittu. Tulosta se perheelle mukaan."))
    return redirect(plan)


def _after_agreeing(plan: Plan) -> list[str]:
    names = words.listed(row.worker.name for row in plan.responsible_workers.all())
    contact = next(contact for contact in plan.contacts.all() if contact.done_at is None)
    steps = [
        _("Kirjataan perheen lupa nähdä suunnitelma ja pitää yhteyttä perheeseen: %(names)s.")
        % {"names": names},
        _("Yhteydenoton aamuna %(day)s lähtee muistutus: %(names)s.")
        % {"names": plan.responsible_workers.all()[0].worker.name, "day": words.day(contact.on)},
        _("Perhe näkee suunnitelman omalla sivullaan, ja voit tulostaa sen perheelle mukaan."),
    ]
    if advice := advice_on(contact.on):
        steps.append(advice)
    if plan.version > 1:
        steps.append(_("Tämä versio korvaa aiemmin sovitun suunnitelman."))
    if left_out := rules.left_out(plan):
        steps.append(
            _("Suunnitelma ja perheen asiat eivät enää näy entiselle vastuutyöntekijälle: %(names)s.")
            % {"names": words.listed(worker.name for worker in left_out)}
        )
    return steps


@require_GET
def plan_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """The plan as the family has it on paper."""
    plan, opens_all = open_plan(request, pk, PLAN)
    pdf_url = reverse("plan_pdf", args=[plan.pk])
    return render(
        request,
        "plans/plan_detail.html",
        {
            "plan": plan,
            "sheet": sheet_of(plan, with_holders=False, is_copy=not opens_all),
            "status": _status(plan),
            "breadcrumb": _breadcrumb(plan.situation_id, str(PLAN)) if opens_all else [],
            "pdf_url": pdf_url,
            "print_label": _("Tulosta perheelle") if opens_all else _("Tulosta"),
            "choices": print_choices(plan.situation.family, pdf_url) if opens_all else [],
            "address_url": address_url(plan.situation, request.user),
            "edit_url": _edit_url(plan)
            if opens_all and not rules.why_not_write_plan(request.user, plan.situation)
            else "",
            "contact": _open_contact(plan) if opens_all else None,
            "talks": _talks(plan) if opens_all else [],
            "versions": _other_versions(plan) if opens_all else [],
            "changes": told_changes(plan) if opens_all else None,
            "asked": asked_facts(plan) if opens_all else None,
            "responsibility": responsibility_facts(plan, request.user) if opens_all else None,
            "export_url": reverse("plan_export", args=[plan.pk])
            if opens_all and plan.status != PlanStatus.DRAFT
            else "",
            "copies": copies_of(plan, request.user) if opens_all else None,
            "closing": closing_facts(plan, request.user) if opens_all else None,
            "now": measures_now(plan, request.user) if opens_all else None,
            "unpermitted": words.listed(rules.without_permission(plan)) if opens_all else "",
        },
    )


def _status(plan: Plan) -> dict[str, str]:
    tones = {PlanStatus.DRAFT: "wait", PlanStatus.AGREED: "ok", PlanStatus.SUPERSEDED: "no"}
    return {"text": str(plan.get_status_display()), "tone": tones[PlanStatus(plan.status)]}


def _edit_url(plan: Plan) -> str:
    url = reverse("plan_edit", args=[plan.situation_id])
    return url if plan.status == PlanStatus.DRAFT else f"{url}?uusi=1"


def _open_contact(plan: Plan) -> dict[str, Any] | None:
    if not plan.is_in_force or not plan.situation.is_open:
        return None
    contact = next((one for one in plan.contacts.all() if one.done_at is None), None)
    if contact is None:
        return None
    return {
        "title": _("Seuraava yhteydenotto: %(day)s") % {"day": contact_words(contact)},
        "late": words.days_late(contact.on),
        "url": reverse("contact_record", args=[contact.pk]),
    }


def _talks(plan: Plan) -> list[dict[str, str]]:
    """The contacts that were kept, the newest first."""
    done = [contact for contact in plan.contacts.all() if contact.done_at is not None]
    return [
        {
            "when": words.day(contact.done_at),
            "title": str(contact.get_way_display()).capitalize(),
            "text": contact.outcome,
        }
        for contact in reversed(done)
        if contact.done_at is not None
    ]


def _other_versions(plan: Plan) -> list[dict[str, str]]:
    others = plan.situation.plans.exclude(pk=plan.pk).order_by("-version")
    return [
        {
            "label": _("Versio %(version)s, %(status)s %(day)s")
            % {
                "version": other.version,
                "status": other.get_status_display(),
                "day": words.day(other.agreed_at or other.written_at),
            },
            "url": other.get_absolute_url(),
        }
        for other in others
    ]


@require_GET
def plan_pdf(request: WorkerRequest, pk: int) -> HttpResponse:
    """The plan on paper. Those who print it for the family get the code to its own page, and its door page.

    Who has a copy only gets their own, with their name on it.
    """
    plan, for_family = open_paper(request, pk)
    family = plan.situation.family
    language = language_asked(request, family.language)
    if for_family:
        pdf = print_plan(plan, language=language, layout=layout_asked(request, layout_of(family)))
    else:
        since = plan.copies.in_account_of(request.user).latest("given_at").given_at
        layout = layout_asked(request)
        pdf = copy_pdf(plan, language=language, layout=layout, name=request.user.name, since=since)
    return pdf_response(pdf, f"yhteinen-suunnitelma-{plan.situation_id}-{plan.version}.pdf")
