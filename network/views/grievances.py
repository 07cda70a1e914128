"""Structural grievances: the list, one of them, and handling it until it has an answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import grievances as actions
from ..forms.grievances import GrievanceFilterForm, GrievanceForm, GrievanceMoveForm
from ..models import StructuralGrievance, Worker
from ..requests import WorkerRequest
from ..rules import grievances as rules
from ..states import GRIEVANCE_MOVES, GrievanceState, GrievanceTheme
from .group_pages import a_number, form_page, page_of, picked, sent, trail

TONES = {
    GrievanceState.RECORDED: "wait",
    GrievanceState.UNDER_WAY: "neutral",
    GrievanceState.ANSWERED: "ok",
    GrievanceState.DONE: "ok",
    GrievanceState.PUT_ASIDE: "no",
}
MOVE_LABELS = {
    GrievanceState.RECORDED: gettext_lazy("Jätetään odottamaan, kunnes joku ottaa sen hoitaakseen"),
    GrievanceState.UNDER_WAY: gettext_lazy("Otetaan uudelleen käsittelyyn"),
    GrievanceState.ANSWERED: gettext_lazy("Vastaus on annettu, seuranta jatkuu"),
    GrievanceState.DONE: gettext_lazy("Asia on korjattu"),
    GrievanceState.PUT_ASIDE: gettext_lazy("Epäkohta jätetään sikseen"),
}


def _row(grievance: StructuralGrievance) -> dict[str, Any]:
    owner = grievance.owner.name if grievance.owner else _("kukaan ei vielä hoida")
    return {
        "name": words.headline(grievance.text),
        "url": grievance.get_absolute_url(),
        "text": f"{grievance.municipality} · {grievance.get_theme_display()} · {owner}",
        "chip": {
            "text": grievance.get_state_display(),
            "tone": TONES[GrievanceState(grievance.state)],
        },
    }


@require_safe
def grievance_list(request: WorkerRequest) -> HttpResponse:
    """For the coordinators all of them, the unfinished first; for the others those that have an answer."""
    form = GrievanceFilterForm(request.GET)
    found = StructuralGrievance.objects.visible_to(request.user).with_people()
    if form.is_valid():
        for name in ("municipality", "theme"):
            if wanted := form.cleaned_data[name]:
                found = found.filter(**{name: wanted})
    unfinished = found.unfinished()
    page = page_of(request, found.exclude(pk__in=unfinished.values("pk")))
    return render(
        request,
        "network/grievance_list.html",
        {
            "form": form,
            "keeps": request.user.is_coordinator,
            "unfinished": [_row(one) for one in unfinished.order_by("recorded_month", "pk")],
            "page": page,
            "finished": [_row(one) for one in page],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grievance_create(request: WorkerRequest) -> HttpResponse:
    """Write down what stands in many families' way."""
    here = request.user.unit.municipality_id
    form = GrievanceForm(sent(request), initial={"municipality": here}, cancel_url=reverse("grievance_list"))

    def save() -> Any:
        actions.record(
            by=request.user,
            municipality=form.cleaned_data["municipality"],
            theme=GrievanceTheme(form.cleaned_data["theme"]),
            text=form.cleaned_data["text"],
            form_key=form.cleaned_data["form_key"],
        )
        return reverse("grievance_list")

    title = _("Uusi epäkohta")
    return form_page(
        request,
        form,
        save,
        title=title,
        lead=_("Epäkohta ei liity yhteenkään perheeseen. Kirjaajaa ja päivää ei tallenneta."),
        done=_(
            "Epäkohta on kirjattu. Koordinaattori etsii, kuka vie sitä eteenpäin, ja vastaus näkyy"
            " tällä sivulla."
        ),
        breadcrumb=trail("grievance_list", (title, "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grievance_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One grievance: whose it is, the answer, and the next step for whoever handles it."""
    found = StructuralGrievance.objects.visible_to(request.user).with_people()
    grievance = get_object_or_404(found, pk=pk)
    form = _move_form(request, grievance)
    if request.method == "POST":
        if "version" not in request.POST:
            with refusals_as_messages(request):
                _take_or_name(request, grievance)
            return redirect(_onward(request, grievance))
        if form is None:
            return redirect(_onward(request, grievance))
        if form.is_valid():
            try:
                actions.move(
                    grievance=grievance,
                    by=request.user,
                    to=GrievanceState(form.cleaned_data["to"]),
                    answer=form.cleaned_data["answer"],
                    outcome=form.cleaned_data["outcome"],
                    seen_version=form.cleaned_data["version"],
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Tallennettu."))
                return redirect(_onward(request, grievance))
    return _detail_page(request, grievance, form)


def _onward(request: WorkerRequest, grievance: StructuralGrievance) -> str:
    """Back to it, or to the list when it is somebody else's now."""
    if StructuralGrievance.objects.visible_to(request.user).filter(pk=grievance.pk).exists():
        return grievance.get_absolute_url()
    return reverse("grievance_list")


def _move_form(request: WorkerRequest, grievance: StructuralGrievance) -> GrievanceMoveForm | None:
    if rules.why_not_handle(request.user, grievance):
        return None
    moves: list[tuple[str, Any]] = [
        (to.value, MOVE_LABELS[to])
        for to in GrievanceState
        if to in GRIEVANCE_MOVES[GrievanceState(grievance.state)]
        and (grievance.owner_id or to in {GrievanceState.RECORDED, GrievanceState.PUT_ASIDE})
    ]
    data = request.POST if request.method == "POST" and "version" in request.POST else None
    return GrievanceMoveForm(
        data,
        moves=moves,
        initial={
            "version": grievance.version,
            "answer": grievance.answer,
            "outcome": grievance.outcome,
        },
        cancel_url=reverse("grievance_list"),
    )


def _take_or_name(request: WorkerRequest, grievance: StructuralGrievance) -> None:
    if "take" in request.POST:
        actions.name_owner(grievance=grievance, by=request.user, owner=request.user)
        messages.success(request, _("Epäkohta on nyt sinulla."))
    elif pk := a_number(request.POST.get("owner")):
        owner = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
        actions.name_owner(grievance=grievance, by=request.user, owner=owner)
        messages.success(request, _("Epäkohtaa hoitaa nyt %(name)s.") % {"name": owner.name})


def _detail_page(
    request: WorkerRequest, grievance: StructuralGrievance, form: GrievanceMoveForm | None
) -> HttpResponse:
    worker = request.user
    rows = [
        {"term": _("Kunta"), "text": str(grievance.municipality)},
        {"term": _("Aihe"), "text": grievance.get_theme_display()},
        {"term": _("Kirjattu"), "text": date_format(grievance.recorded_month, "F Y")},
        {"term": _("Kuka hoitaa"), "text": grievance.owner.name if grievance.owner else _("ei vielä kukaan")},
        {"term": _("Tila"), "text": str(grievance.get_state_display())},
    ]
    if grievance.outcome:
        rows.append({"term": _("Mitä tehtiin tai miksi"), "text": grievance.outcome})
    names_owner = rules.why_not_name_owner(worker, grievance, worker) is None
    return render(
        request,
        "network/grievance_detail.html",
        {
            "grievance": grievance,
            "rows": rows,
            "form": form,
            "steps": [
                {"term": words.day(step.at), "text": f"{step.get_state_display()}, {step.by.name}"}
                for step in grievance.steps.select_related("by")
            ]
            if form is not None
            else [],
            "can_take": names_owner and grievance.owner_id != worker.pk,
            "names_owner": names_owner,
            "breadcrumb": trail("grievance_list", (_("Epäkohta"), "")),
            **(picked(request, [grievance.owner_id] if grievance.owner_id else []) if names_owner else {}),
        },
        status=422 if form is not None and form.is_bound else 200,
    )
