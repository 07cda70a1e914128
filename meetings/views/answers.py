"""Answering an invitation, by the link in the message or signed in. Nothing here says whose matter it is."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.messages import phone_of, place_of, title_and_place_of_work, where_to_ask
from network.models import Invitation
from network.rules.invitations import why_not_answer
from network.states import InvitationStatus
from perhekeskus import words
from perhekeskus.looks import record_look
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused

from ..actions.answers import answer
from ..forms.answers import AnswerForm
from ..models import Meeting
from ..states import MeetingStatus
from .by_link import link_gone

ANSWERED = "vastattu"

OWN_ANSWER = {
    InvitationStatus.PENDING: gettext_lazy("Et ole vielä vastannut."),
    InvitationStatus.ACCEPTED: gettext_lazy("Olet vastannut: tulossa."),
    InvitationStatus.TENTATIVE: gettext_lazy("Olet vastannut: ehkä tulossa."),
    InvitationStatus.DECLINED: gettext_lazy("Olet vastannut: en pääse."),
    InvitationStatus.EXPIRED: gettext_lazy("Et vastannut ajoissa."),
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person's page by the link in the message. Opening it answers nothing."""
    link = AccessLink.objects.opened_by(LinkPurpose.ANSWER, token)
    invitation = (
        Invitation.objects.select_related(*_WITH).filter(link=link).first() if link is not None else None
    )
    if invitation is None:
        return link_gone(request)
    return _answer_page(request, invitation, "meetings/invitation_answer.html", signed_in=False)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for a worker who has signed in, with the way to the meeting."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user).select_related(*_WITH), pk=pk)
    return _answer_page(request, invitation, "meetings/invitation_detail.html", signed_in=True)


_WITH = (
    "consent__worker",
    "consent__close_person",
    "consent__family",
    "participation__meeting__convener__unit",
    "participation__meeting__room__unit",
)


def _answer_page(
    request: HttpRequest, invitation: Invitation, template: str, *, signed_in: bool
) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answer(invitation=invitation, status=form.status)
        except Refused as refused:
            form.add_error(None, str(refused))
            invitation.refresh_from_db()
        else:
            return redirect(f"{request.path}?{ANSWERED}=1")
    with transaction.atomic():
        facts = _facts(invitation, signed_in=signed_in, just_answered=ANSWERED in request.GET)
        if facts["rows"]:
            _record_look(request, invitation, signed_in=signed_in)
    return render(request, template, facts | {"form": form}, status=422 if form.is_bound else 200)


def _record_look(request: HttpRequest, invitation: Invitation, *, signed_in: bool) -> None:
    """The family sees who has opened the invitation; by the link it is the one to whom it was sent."""
    record_look(
        family_id=invitation.consent.family_id,
        what=_("Kutsu"),
        worker=request.user if request.user.is_authenticated else None,
        who=invitation.consent.receiver,
        ground=_("perhe kutsui mukaan") if signed_in else _("kutsun linkki"),
    )


def _facts(invitation: Invitation, *, signed_in: bool, just_answered: bool) -> dict[str, Any]:
    meeting = _meeting(invitation)
    refused = why_not_answer(invitation)
    if refused is None and (meeting is None or meeting.status == MeetingStatus.CANCELLED):
        refused = _("Kutsu on peruttu. Sinun ei tarvitse tehdä mitään.")
    facts: dict[str, Any] = {
        "event_name": invitation.event_name,
        "refused": str(refused) if refused else "",
        "rows": [],
        "answer_title": "",
        "answer_text": "",
        "next_steps": [],
        "meeting_url": "",
    }
    if meeting is None or refused:
        # A door that is closed tells nothing of what is behind it, not even when and where.
        return facts
    facts["rows"] = _rows(invitation, meeting, signed_in=signed_in)
    facts["meeting_url"] = meeting.get_absolute_url()
    if invitation.status != InvitationStatus.PENDING:
        facts |= _answered(invitation, just_answered=just_answered)
    return facts


def _meeting(invitation: Invitation) -> Meeting | None:
    participation = getattr(invitation, "participation", None)
    return participation.meeting if participation is not None else None


def _rows(invitation: Invitation, meeting: Meeting, *, signed_in: bool) -> list[dict[str, str]]:
    convener, consent = meeting.convener, invitation.consent
    who = [convener.name]
    if consent.worker_id is not None:
        # What and where the convener works can tell why: it is told to colleagues only.
        who.append(title_and_place_of_work(convener, consent.family))
    if phone := phone_of(convener, consent.family):
        who.append(phone)
    place = place_of(invitation)
    if not place:
        # Of a protected family the place is shown to colleagues only, and signed in only.
        place = str(meeting.room or "") if signed_in else where_to_ask(invitation)
    rows = [
        {"term": _("Aika"), "text": words.span(invitation.period.lower, invitation.period.upper)},
        {"term": _("Paikka"), "text": place},
        {"term": _("Koolle kutsuu"), "text": "\n".join(who)},
    ]
    if invitation.expectation:
        rows.append({"term": _("Mitä sinulta toivotaan"), "text": invitation.expectation})
    return rows


def _answered(invitation: Invitation, *, just_answered: bool) -> dict[str, Any]:
    titles = {
        InvitationStatus.ACCEPTED: _("Hienoa, että tulet"),
        InvitationStatus.TENTATIVE: _("Vastasit: ehkä"),
        InvitationStatus.DECLINED: _("Vastasit, ettet pääse"),
    }
    status = InvitationStatus(invitation.status)
    steps = [_("Koollekutsuja näkee vastauksesi heti.")]
    if status == InvitationStatus.DECLINED:
        if invitation.consent.worker_id is not None:
            steps.append(_("Aika on taas vapaa kalenterissasi."))
    else:
        if invitation.period.lower - timezone.now() > timedelta(days=1):
            steps.append(_("Saat muistutuksen edellisenä päivänä."))
        if status == InvitationStatus.TENTATIVE:
            steps.append(_("Vastaa uudelleen samasta linkistä, kun tiedät varmasti."))
    return {
        "answer_title": titles[status] if just_answered else "",
        "answer_text": str(OWN_ANSWER[status]),
        "next_steps": steps if just_answered else [],
    }
