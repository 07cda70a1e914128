"""Agreeing beforehand, page by page: what the meeting is for, its agenda, its setting, who sees to what."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from network.models import Worker
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.printing import layout_asked, pdf_response
from perhekeskus.refusals import Refused

from ..actions import preparing as actions
from ..agenda import why_not_in_time
from ..agenda_paper import agenda_pdf
from ..before import agenda_rows, agreed_rows, minutes_of, preparation_of, setting_rows, topics_agreed
from ..forms.preparing import AgendaForm, AgreementForm, ChecklistForm, SettingForm
from ..forms.renewal import renewed
from ..looks import open_meeting
from ..models import Meeting
from ..querysets import Ground
from ..rules import preparing as rules
from ..waiting import number_of
from .situation_page import allowed_topics


def meeting_prepare(request: WorkerRequest, pk: int) -> HttpResponse:
    """Goal, means, division of work, vetovastuu and the kind of meeting."""
    meeting, _ground = open_meeting(request, pk, _("Yhteisestä ajasta sopiminen etukäteen"))
    if refused := rules.why_not_agree(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = AgreementForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            actions.agree(
                meeting=meeting,
                by=request.user,
                agreement=form.agreement,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tallennettiin."))
            return redirect(meeting)
    return _page(request, meeting, form, _("Mitä sovitaan etukäteen"), _("Kaikki kohdat ovat vapaaehtoisia."))


def meeting_setting(request: WorkerRequest, pk: int) -> HttpResponse:
    """Where, and what is needed there."""
    meeting, _ground = open_meeting(request, pk, _("Yhteisen ajan puitteet"))
    if refused := rules.why_not_agree(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = SettingForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            actions.set_setting(
                meeting=meeting,
                by=request.user,
                setting=form.setting,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Puitteet on tallennettu. Muistilista on yhteisen ajan sivulla."))
            return redirect(meeting)
    return _page(
        request,
        meeting,
        form,
        _("Puitteet"),
        _("Missä tavataan ja mitä tarvitaan, jotta kaikkien on hyvä olla."),
    )


def meeting_agenda_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write the meeting's own agenda."""
    meeting, _ground = open_meeting(request, pk, _("Asialistan kirjoittaminen"))
    if refused := rules.why_not_agenda(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = AgendaForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            actions.write_agenda(
                meeting=meeting,
                by=request.user,
                lines=form.lines,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form = renewed(form, meeting)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asialista on tallennettu."))
            if warning := why_not_in_time(form.lines, minutes_of(meeting)):
                messages.warning(request, warning)
            return redirect("meeting_agenda", meeting.pk)
    lead = _("Aikaa on %(all)s. Kaikki kutsutut näkevät asialistan, joten älä kirjoita siihen nimiä.")
    return _page(
        request,
        meeting,
        form,
        _("Asialistan kirjoittaminen"),
        lead % {"all": words.duration(minutes_of(meeting))},
    )


def _page(request: WorkerRequest, meeting: Meeting, form: Any, title: str, lead: str) -> HttpResponse:
    return render(
        request,
        "meetings/meeting_prepare.html",
        {
            "form": form,
            "meeting": meeting,
            "title": title,
            "lead": lead,
            "situation_title": number_of(meeting.situation),
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
def meeting_agenda(request: WorkerRequest, pk: int) -> HttpResponse:
    """The agenda for those who come, each with the topics that the family lets them know."""
    meeting, ground = open_meeting(request, pk, _("Asialista"))
    may_edit = rules.why_not_agenda(request.user, meeting) is None
    items = list(meeting.agenda.all())
    return render(
        request,
        "meetings/meeting_agenda.html",
        {
            "meeting": meeting,
            "title": _("Asialista"),
            "lead": words.span(meeting.starts_at, meeting.ends_at) if meeting.period else "",
            "situation_title": number_of(meeting.situation),
            "rows": agenda_rows(meeting, _topics_for(request.user, meeting, ground)),
            "warning": why_not_in_time(items, minutes_of(meeting)) if may_edit else "",
            "may_edit": may_edit,
        },
    )


@require_safe
def meeting_agenda_pdf(request: WorkerRequest, pk: int) -> HttpResponse:
    """The agenda on paper, for the table."""
    meeting, ground = open_meeting(request, pk, _("Asialistan tulostaminen"))
    shown = _topics_for(request.user, meeting, ground)
    return pdf_response(agenda_pdf(meeting, shown, layout=layout_asked(request)), "asialista.pdf")


def _topics_for(worker: Worker, meeting: Meeting, ground: Ground) -> set[str]:
    if ground.opens_all:
        return topics_agreed(meeting)
    return {str(row["term"]) for row in allowed_topics(meeting, worker)}


@require_POST
def meeting_checklist(request: WorkerRequest, pk: int) -> HttpResponse:
    """Say who sees to each thing before the meeting, and what is done."""
    meeting, _ground = open_meeting(request, pk, _("Muistilista ennen yhteistä aikaa"))
    if refused := rules.why_not_agree(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    form = checklist_form(meeting, request.POST)
    if form.is_valid():
        try:
            actions.see_to(meeting=meeting, by=request.user, checklist=form.checklist)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Muistilista on tallennettu."))
    else:
        messages.error(request, _("Muistilistaa ei voitu tallentaa. Tarkista se ja yritä uudelleen."))
    return redirect(reverse("meeting_detail", args=[pk]) + "#ennen")


def checklist_form(meeting: Meeting, data: Any = None) -> ChecklistForm:
    """The checklist of the meeting, as a form."""
    return ChecklistForm(data, meeting=meeting, errands=list(meeting.errands.select_related("worker")))


def before_meeting(meeting: Meeting, *, sees_all: bool, with_places: bool, may_edit: bool) -> dict[str, Any]:
    """What the meeting's page says of the time before it; nothing when there is nothing to say."""
    agreed = preparation_of(meeting)
    leading = [{"term": _("Vetovastuu"), "text": str(agreed.leading_unit)}] if agreed.leading_unit else []
    return {
        "agreed": agreed_rows(meeting, with_places=with_places) if sees_all else leading,
        "setting": setting_rows(meeting),
        "prepare_url": reverse("meeting_prepare", args=[meeting.pk]) if may_edit else "",
        "setting_url": reverse("meeting_setting", args=[meeting.pk]) if may_edit else "",
        "agenda_url": reverse("meeting_agenda", args=[meeting.pk]),
        "wishes": agreed.wishes if sees_all else "",
        "form": checklist_form(meeting) if may_edit else None,
        "checklist_url": reverse("meeting_checklist", args=[meeting.pk]),
    }
