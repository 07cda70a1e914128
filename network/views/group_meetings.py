"""A group's meetings: agenda, memo, approving, cancelling."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from perhekeskus import words
from perhekeskus.refusals import refusals_as_messages

from ..actions import groups as actions
from ..forms.groups import GroupMeetingForm, MemoForm
from ..models import Group, GroupMeeting
from ..requests import WorkerRequest
from ..rules import groups as rules
from .group_pages import a_number, form_page, refused, sent, sure_page, trail


def _meeting(request: WorkerRequest, pk: int) -> GroupMeeting:
    meetings = GroupMeeting.objects.visible_to(request.user).select_related("group", "memo_approved_by")
    return get_object_or_404(meetings, pk=pk)


def _trail(meeting: GroupMeeting, *more: tuple[str, str]) -> list[dict[str, str]]:
    when = words.day(meeting.starts_at)
    return trail(
        "group_list",
        (meeting.group.name, meeting.group.get_absolute_url()),
        (when, meeting.get_absolute_url() if more else ""),
        *more,
    )


def group_meeting_create(request: WorkerRequest, pk: int) -> HttpResponse:
    """Call the group together."""
    group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    if why := rules.why_not_plan(request.user, group):
        return refused(request, why, group)
    form = GroupMeetingForm(sent(request), cancel_url=group.get_absolute_url())
    title = _("Uusi kokous")
    return form_page(
        request,
        form,
        lambda: actions.plan_meeting(group=group, by=request.user, **_event(form.cleaned_data)),
        title=title,
        lead=_("Jäsenet saavat tiedon ja kalenterimerkinnän sähköpostiin. Asialista luetaan täällä."),
        done=_("Kokous on kutsuttu koolle. Jäsenille lähtee tieto."),
        breadcrumb=trail("group_list", (group.name, group.get_absolute_url()), (title, "")),
    )


def _event(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("starts_at", "ends_at", "place", "agenda")}


def group_meeting_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One meeting: when and where, what about, what was agreed."""
    meeting, worker = _meeting(request, pk), request.user
    reads = rules.reads_memo(worker, meeting)
    approved = ""
    if meeting.memo_approved_at is not None and meeting.memo_approved_by is not None:
        approved = _("Hyväksytty %(day)s, %(name)s") % {
            "day": words.day(meeting.memo_approved_at),
            "name": meeting.memo_approved_by.name,
        }
    return render(
        request,
        "network/group_meeting_detail.html",
        {
            "meeting": meeting,
            "title": _("Kokous %(day)s") % {"day": words.day(meeting.starts_at)},
            "rows": [
                {"term": _("Ryhmä"), "text": meeting.group.name},
                {"term": _("Aika"), "text": words.span(meeting.starts_at, meeting.ends_at)},
                {"term": _("Paikka"), "text": meeting.place},
            ],
            "is_cancelled": meeting.cancelled_at is not None,
            "memo": meeting.memo if reads else "",
            "approved": approved,
            "can_change": rules.why_not_change(worker, meeting) is None,
            "can_write": rules.why_not_write_memo(worker, meeting) is None,
            "can_approve": rules.why_not_approve(worker, meeting) is None,
            "breadcrumb": _trail(meeting),
        },
    )


def group_meeting_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Another time or place, or another agenda."""
    meeting = _meeting(request, pk)
    if why := rules.why_not_change(request.user, meeting):
        return refused(request, why, meeting)
    form = GroupMeetingForm(sent(request), event=meeting, cancel_url=meeting.get_absolute_url())
    return form_page(
        request,
        form,
        lambda: actions.change_meeting(
            meeting=meeting,
            by=request.user,
            seen_version=form.seen_version,
            **_event(form.cleaned_data),
        ),
        title=_("Muuta kokousta"),
        lead=_("Jos aika tai paikka muuttuu, jäsenet saavat siitä tiedon."),
        done=_("Kokouksen tiedot on tallennettu."),
        breadcrumb=_trail(meeting, (_("Muuta"), "")),
    )


def group_meeting_memo(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down what was agreed."""
    meeting = _meeting(request, pk)
    if why := rules.why_not_write_memo(request.user, meeting):
        return refused(request, why, meeting)
    form = MemoForm(
        sent(request),
        initial={"memo": meeting.memo or meeting.agenda, "version": meeting.version},
        cancel_url=meeting.get_absolute_url(),
    )
    return form_page(
        request,
        form,
        lambda: actions.write_memo(
            meeting=meeting,
            by=request.user,
            memo=form.cleaned_data["memo"],
            seen_version=form.cleaned_data["version"],
        ),
        title=_("Muistio"),
        lead=_(
            "Ryhmän jäsenet näkevät luonnoksen. Hyväksytyn muistion näkevät kaikki verkoston työntekijät."
        ),
        done=_("Muistio on tallennettu."),
        breadcrumb=_trail(meeting, (_("Muistio"), "")),
    )


@require_POST
def group_meeting_approve(request: WorkerRequest, pk: int) -> HttpResponse:
    """The memo is as it should be."""
    meeting = _meeting(request, pk)
    with refusals_as_messages(request):
        actions.approve_memo(
            meeting=meeting, by=request.user, seen_version=a_number(request.POST.get("version"))
        )
        messages.success(request, _("Muistio on hyväksytty. Sen näkevät nyt kaikki verkoston työntekijät."))
    return redirect(meeting)


def group_meeting_cancel(request: WorkerRequest, pk: int) -> HttpResponse:
    """Cancel the meeting, after a second look."""
    meeting = _meeting(request, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.cancel_meeting(meeting=meeting, by=request.user)
            messages.success(request, _("Kokous on peruttu. Jäsenille lähtee siitä tieto."))
        return redirect(meeting.group)
    if why := rules.why_not_change(request.user, meeting):
        return refused(request, why, meeting)
    return sure_page(
        request,
        title=_("Perutaanko kokous?"),
        text=_("%(when)s, %(where)s. Jäsenet saavat tiedon, ja kokous poistuu heidän kalentereistaan.")
        % {"when": words.span(meeting.starts_at, meeting.ends_at), "where": meeting.place},
        button=_("Peru kokous"),
        back=reverse("group_meeting_detail", args=[pk]),
        breadcrumb=_trail(meeting, (_("Peruminen"), "")),
    )
