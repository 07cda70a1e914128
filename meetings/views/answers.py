"""Answering an invitation, by the link in the message or signed in. Nothing here says whose matter it is."""

from datetime import timedelta
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.actions.invitations import ask_instead
from network.models import Invitation, Worker
from network.querysets import RECEIVER_ROWS
from network.rules.invitations import why_not_answer
from network.search import found
from network.states import ANSWERS as ANSWER_STATUSES
from network.states import InvitationStatus
from network.whereabouts import phone_of, place_of, title_and_place_of_work, where_to_ask
from perhekeskus import words
from perhekeskus.looks import record_look
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.refusals import Refused

from ..actions.answers import answer
from ..forms.answers import AnswerForm, ColleagueForm, ColleagueSearchForm, InsteadForm, NamedForm
from ..models import Meeting
from ..places import place_inside
from ..rules.contributions import may_write_beforehand
from ..states import MeetingStatus
from .by_link import link_gone

ANSWERED = "vastattu"
SUGGESTED = "ehdotettu"

OWN_ANSWER = {
    InvitationStatus.PENDING: gettext_lazy("Et ole vielä vastannut."),
    InvitationStatus.ACCEPTED: gettext_lazy("Olet vastannut: tulossa."),
    InvitationStatus.TENTATIVE: gettext_lazy("Olet vastannut: ehkä tulossa."),
    InvitationStatus.DECLINED: gettext_lazy("Olet vastannut: en pääse."),
    InvitationStatus.EXPIRED: gettext_lazy("Et vastannut ajoissa."),
}


OWN_ANSWER_OF_MANY = {
    InvitationStatus.PENDING: gettext_lazy("Kukaan teistä ei ole vielä vastannut."),
    InvitationStatus.ACCEPTED: gettext_lazy("Olette vastanneet: joku teistä tulee."),
    InvitationStatus.TENTATIVE: gettext_lazy("Olette vastanneet: ehkä joku teistä tulee."),
    InvitationStatus.DECLINED: gettext_lazy("Olette vastanneet: kukaan ei pääse."),
    InvitationStatus.EXPIRED: gettext_lazy("Kukaan teistä ei vastannut ajoissa."),
}

TITLES = {
    InvitationStatus.ACCEPTED: gettext_lazy("Hienoa, että tulet"),
    InvitationStatus.TENTATIVE: gettext_lazy("Vastasit: ehkä"),
    InvitationStatus.DECLINED: gettext_lazy("Vastasit, ettet pääse"),
}
# The same page opened again: what has been answered, not the invitation anew.
OPENED_AGAIN = {
    InvitationStatus.ACCEPTED: gettext_lazy("Olet tulossa yhteiseen aikaan"),
    InvitationStatus.TENTATIVE: gettext_lazy("Olet ehkä tulossa yhteiseen aikaan"),
    InvitationStatus.DECLINED: gettext_lazy("Olet vastannut, ettet pääse"),
}
OPENED_AGAIN_OF_MANY = {
    InvitationStatus.ACCEPTED: gettext_lazy("Joku teistä on tulossa yhteiseen aikaan"),
    InvitationStatus.TENTATIVE: gettext_lazy("Joku teistä on ehkä tulossa yhteiseen aikaan"),
    InvitationStatus.DECLINED: gettext_lazy("Olette vastanneet, ettei kukaan pääse"),
}
TITLES_OF_MANY = {
    InvitationStatus.ACCEPTED: gettext_lazy("Hienoa, että joku teistä tulee"),
    InvitationStatus.TENTATIVE: gettext_lazy("Vastasitte: ehkä"),
    InvitationStatus.DECLINED: gettext_lazy("Vastasitte, ettei kukaan pääse"),
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
    *[f"consent__{row}" for row in RECEIVER_ROWS],
    "consent__family",
    "coming_worker",
    "instead_worker",
    "link",
    "participation__meeting__convener__unit",
    "participation__meeting__room__unit",
)


def _answer_page(
    request: HttpRequest, invitation: Invitation, template: str, *, signed_in: bool
) -> HttpResponse:
    suggests = request.method == "POST" and bool({"instead", "instead_worker"} & set(request.POST))
    form = _answer_form(request, invitation, signed_in=signed_in, is_bound=not suggests)
    instead = InsteadForm(request.POST if suggests else None, initial={"instead": invitation.instead})
    try:
        if suggests and _is_suggested(request, invitation, instead, signed_in=signed_in):
            return redirect(f"{request.path}?{SUGGESTED}=1")
        if form.is_bound and form.is_valid():
            by = cast(Worker, request.user) if signed_in else None
            answer(invitation=invitation, status=form.status, comer=form.comer, by=by)
            return redirect(f"{request.path}?{ANSWERED}=1")
    except Refused as refused:
        (instead if suggests else form).add_error(None, str(refused))
        invitation.refresh_from_db()
    with transaction.atomic():
        facts = _facts(invitation, request.user if signed_in else None, just_answered=ANSWERED in request.GET)
        if facts["rows"]:
            _record_look(request, invitation, signed_in=signed_in)
    facts |= {"form": form, "form_instead": instead}
    if facts["may_suggest"]:
        facts |= _suggestions(request, invitation, signed_in=signed_in)
    return render(request, template, facts, status=422 if request.method == "POST" else 200)


def _answer_form(
    request: HttpRequest, invitation: Invitation, *, signed_in: bool, is_bound: bool
) -> AnswerForm:
    data = request.POST if request.method == "POST" and is_bound else None
    if not invitation.is_to_many:
        form = AnswerForm(data)
    elif signed_in and request.user.is_authenticated:
        form = ColleagueForm(data, invitation=invitation, worker=request.user)
    else:
        form = NamedForm(data, invitation=invitation)
    form.is_answered = invitation.status in ANSWER_STATUSES
    return form


def _is_suggested(
    request: HttpRequest, invitation: Invitation, form: InsteadForm, *, signed_in: bool
) -> bool:
    """Write down whom to ask instead: one picked from the directory by one who has signed in, or words."""
    key = request.POST.get("instead_worker", "")
    if signed_in and key.isdecimal():
        worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=int(key[:18]))
        ask_instead(invitation=invitation, worker=worker)
        return True
    if form.is_valid():
        ask_instead(invitation=invitation, words=form.cleaned_data["instead"])
        return True
    return False


def _suggestions(request: HttpRequest, invitation: Invitation, *, signed_in: bool) -> dict[str, Any]:
    """What has been suggested, and for one who has signed in a search among colleagues."""
    worker = invitation.instead_worker
    suggested = f"{worker.name}, {worker.title}, {worker.unit.name}" if worker else invitation.instead
    facts: dict[str, Any] = {"suggested": suggested, "just_suggested": SUGGESTED in request.GET}
    if signed_in:
        search = ColleagueSearchForm(request.GET if "q" in request.GET else None)
        words_typed = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
        among = Worker.objects.visible_to(request.user).working_with_families().select_related("unit")
        facts |= {
            "search": search,
            "found": [
                {"pk": one.pk, "name": one.name, "note": f"{one.title}, {one.unit}"}
                for one in (found(among, words_typed)[:8] if words_typed.strip() else [])
            ],
            "searched": bool(words_typed.strip()),
        }
    return facts


def _record_look(request: HttpRequest, invitation: Invitation, *, signed_in: bool) -> None:
    """The family sees who has opened the invitation; by the link it is the one to whom it was sent."""
    record_look(
        family_id=invitation.consent.family_id,
        what=_("Kutsu"),
        worker=request.user if request.user.is_authenticated else None,
        who=invitation.consent.receiver,
        ground=_("perhe kutsui mukaan") if signed_in else _("kutsun linkki"),
    )


def _facts(invitation: Invitation, worker: Any, *, just_answered: bool) -> dict[str, Any]:
    """What the page shows; `worker` is the one who has signed in, None by the link."""
    signed_in = worker is not None
    meeting = _meeting(invitation)
    refused = why_not_answer(invitation)
    if refused is None and (meeting is None or meeting.status == MeetingStatus.CANCELLED):
        refused = _("Kutsu on peruttu. Sinun ei tarvitse tehdä mitään.")
    facts: dict[str, Any] = {
        "event_name": invitation.event_name,
        "is_to_many": invitation.is_to_many,
        "may_suggest": False,
        "suggested": "",
        "just_suggested": False,
        "search": None,
        "found": [],
        "searched": False,
        "refused": str(refused) if refused else "",
        "rows": [],
        "own_title": "",
        "answer_title": "",
        "answer_text": "",
        "next_steps": [],
        "meeting_url": "",
        "contribute_url": "",
    }
    if meeting is None or refused:
        # A door that is closed tells nothing of what is behind it, not even when and where.
        return facts
    # Of many only the one who comes is let in; the others see that an invitation waits, and no more.
    is_let_in = signed_in and (not invitation.is_to_many or invitation.coming_worker_id == worker.pk)
    facts["rows"] = _rows(invitation, meeting, is_let_in=is_let_in)
    facts["meeting_url"] = meeting.get_absolute_url() if is_let_in else ""
    facts["may_suggest"] = invitation.status == InvitationStatus.DECLINED
    if facts["may_suggest"] and may_write_beforehand(invitation.participation, worker):
        page, key = "contribution_by_link", str(invitation.link.token)
        # In the name of many one writes signed in: by the link, the sign-in comes first.
        if signed_in or invitation.is_to_many:
            page, key = "contribution_write", str(invitation.pk)
        facts["contribute_url"] = reverse(page, args=[key])
    if invitation.status != InvitationStatus.PENDING:
        facts |= _answered(invitation, just_answered=just_answered)
    return facts


def _meeting(invitation: Invitation) -> Meeting | None:
    participation = getattr(invitation, "participation", None)
    return participation.meeting if participation is not None else None


def _told_more(invitation: Invitation, *, is_let_in: bool) -> bool:
    """Whether the address of a home and the link of a remote meeting are shown: to one who may still come.

    Of a protected family only to a colleague who is let in and has signed in.
    """
    if invitation.status == InvitationStatus.DECLINED:
        return False
    if invitation.consent.family.address_protected:
        return is_let_in
    # Of many, the one who comes has been told by name.
    return not invitation.is_to_many or bool(invitation.comes)


def _rows(invitation: Invitation, meeting: Meeting, *, is_let_in: bool) -> list[dict[str, str]]:
    convener, consent = meeting.convener, invitation.consent
    who = [convener.name]
    if invitation.is_to_colleague:
        # What and where the convener works can tell why: it is told to colleagues only.
        who.append(title_and_place_of_work(convener, consent.family))
    if phone := phone_of(convener, consent.family):
        who.append(phone)
    place = place_of(invitation)
    if not place:
        # Of a protected family the place is shown to colleagues only, and signed in only.
        place = place_inside(meeting) if is_let_in else where_to_ask(invitation)
    elif _told_more(invitation, is_let_in=is_let_in):
        place = place_inside(meeting)
    rows = [
        {"term": _("Aika"), "text": words.span(invitation.period.lower, invitation.period.upper)},
        {"term": _("Paikka"), "text": place},
        {"term": _("Koolle kutsuu"), "text": "\n".join(who)},
    ]
    if meeting.remote_url and _told_more(invitation, is_let_in=is_let_in):
        rows.append({"term": _("Etäyhteys"), "text": _("Avaa etäyhteys"), "url": meeting.remote_url})
    if invitation.answer_by and invitation.status == InvitationStatus.PENDING:
        rows.append({"term": _("Vastaa viimeistään"), "text": words.moment(invitation.answer_by)})
    if invitation.comes:
        rows.append({"term": _("Teiltä tulee"), "text": invitation.comes})
    if invitation.expectation:
        hoped = _("Mitä teiltä toivotaan") if invitation.is_to_many else _("Mitä sinulta toivotaan")
        rows.append({"term": hoped, "text": invitation.expectation})
    return rows


def _answered(invitation: Invitation, *, just_answered: bool) -> dict[str, Any]:
    titles = TITLES_OF_MANY if invitation.is_to_many else TITLES
    titles_of_before = OPENED_AGAIN_OF_MANY if invitation.is_to_many else OPENED_AGAIN
    status = InvitationStatus(invitation.status)
    steps = [_("Koollekutsuja näkee vastauksesi heti.")]
    if invitation.comes:
        steps.append(_("Myös perhe näkee, kuka teiltä tulee."))
    if invitation.coming_worker_id is not None:
        steps.append(_("Aika on varattu tulijan kalenteriin, ja tulija näkee kutsun kirjautumalla."))
        steps.append(_("Jos valitsit kollegan, kerro siitä hänelle."))
    if status == InvitationStatus.DECLINED:
        if invitation.consent.worker_id is not None:
            steps.append(_("Aika on taas vapaa kalenterissasi."))
    else:
        if invitation.period.lower - timezone.now() > timedelta(days=1):
            steps.append(_("Muistutus tulee edellisenä päivänä."))
        if status == InvitationStatus.TENTATIVE:
            steps.append(_("Vastaa uudelleen, kun tiedät varmasti."))
    return {
        "own_title": "" if just_answered or status not in titles else str(titles_of_before[status]),
        "answer_title": str(titles[status]) if just_answered else "",
        "answer_text": str((OWN_ANSWER_OF_MANY if invitation.is_to_many else OWN_ANSWER)[status]),
        "next_steps": steps if just_answered else [],
    }
