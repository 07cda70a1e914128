"""How the shared time was: three short questions, asked of the family and of those who were there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from network.models import Family, Worker
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.languages import spoken_on_pages
from perhekeskus.models import AccessLink
from perhekeskus.models.links import LinkPurpose
from perhekeskus.printing import layout_asked, pdf_response
from perhekeskus.refusals import Refused

from ..actions import feedback as actions
from ..feedback_paper import feedback_pdf
from ..forms.feedback import FeedbackForm
from ..looks import open_meeting
from ..models import FeedbackAnswer, FeedbackReceipt, Meeting
from ..rules import feedback as rules
from ..states import FeedbackSide, MeetingStatus
from ..waiting import number_of
from .by_link import family_page, link_gone

THANKS = "kiitos"
LINK_PAGE = "meetings/feedback_link.html"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_link(request: HttpRequest, token: str) -> HttpResponse:
    """The questions by a link that opens nothing else. It shows a day, and nothing of whose matter it was."""
    link = AccessLink.objects.opened_by(LinkPurpose.FEEDBACK, token)
    receipt = _receipts().filter(link=link).first() if link is not None else None
    if receipt is None:
        return link_gone(request)
    family = receipt.meeting.situation.family
    language = spoken_on_pages(family.language) if receipt.side == FeedbackSide.FAMILY else "fi"
    with translation.override(language):
        response = _questions(request, receipt, LINK_PAGE)
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


@family_page(gettext_lazy("Palaute tapaamisesta"))
@require_http_methods(["GET", "HEAD", "POST"])
def family_feedback(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The same questions on the family's own page."""
    home = reverse("family_home", args=[token])
    receipts = _receipts().of_family().filter(meeting__situation__family=family)
    receipt = receipts.order_by("-meeting__period", "-pk").first()
    if receipt is None:
        return redirect(home)
    return _questions(request, receipt, LINK_PAGE, home_url=home)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_feedback(request: WorkerRequest, pk: int) -> HttpResponse:
    """A worker's own questions of a meeting where they were."""
    receipt = _receipts().visible_to(request.user).filter(meeting=pk).first()
    if receipt is None:
        raise Http404
    return _questions(request, receipt, "meetings/meeting_feedback.html")


def feedback_of(meeting: Meeting, worker: Worker) -> dict[str, Any]:
    """What the meeting's page says of feedback: is one asked, what may the holder read."""
    if meeting.status != MeetingStatus.HELD:
        return {"asked_feedback": False, "can_enter_feedback": False, "family_words": ""}
    words_of_family = FeedbackAnswer.objects.visible_to(worker).filter(meeting=meeting).first()
    return {
        "asked_feedback": FeedbackReceipt.objects.visible_to(worker)
        .waiting()
        .filter(meeting=meeting)
        .exists(),
        "can_enter_feedback": rules.why_not_enter(worker, meeting) is None,
        "family_words": words_of_family.words if words_of_family is not None else "",
    }


def _receipts() -> Any:
    return FeedbackReceipt.objects.select_related("meeting__situation__family")


def _questions(
    request: HttpRequest, receipt: FeedbackReceipt, template: str, *, home_url: str = ""
) -> HttpResponse:
    form, refused = None, rules.why_not_answer(receipt)
    if not refused:
        form = FeedbackForm(request.POST if request.method == "POST" else None, receipt=receipt)
        if form.is_bound and form.is_valid():
            try:
                actions.answer(receipt=receipt, said=form.said)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(f"{request.path}?{THANKS}=1")
    is_family = receipt.side == FeedbackSide.FAMILY
    return render(
        request,
        template,
        {
            "form": form,
            "title": _("Miten tapaaminen meni?") if is_family else _("Miten yhteinen työ sujui?"),
            "day": words.day(receipt.meeting.starts_at),
            "is_family": is_family,
            "thanked": THANKS in request.GET and receipt.is_answered,
            "refused": refused,
            "home_url": home_url,
        },
        status=422 if form is not None and form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_feedback_family(request: WorkerRequest, pk: int) -> HttpResponse:
    """What the family answers on the spot, or has answered on paper."""
    meeting, _ground = open_meeting(request, pk, _("Perheen palautteen kirjaaminen"))
    if refused := rules.why_not_enter(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    receipt = _receipts().of_family().get(meeting=meeting)
    form = FeedbackForm(request.POST if request.method == "POST" else None, receipt=receipt)
    form.submit_label = _("Tallenna vastaukset")
    if form.is_bound and form.is_valid():
        try:
            actions.enter(meeting=meeting, by=request.user, said=form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perheen palaute on tallennettu."))
            return redirect(meeting)
    return render(
        request,
        "meetings/meeting_feedback_family.html",
        {
            "form": form,
            "meeting": meeting,
            "title": number_of(meeting.situation),
            "day": words.day(meeting.starts_at),
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
def meeting_feedback_paper(request: WorkerRequest, pk: int) -> HttpResponse:
    """The family's questions on paper; what it says is written in by a worker."""
    meeting, _ground = open_meeting(request, pk, _("Palautelomakkeen tulostaminen"))
    if refused := rules.why_not_enter(request.user, meeting):
        messages.error(request, str(refused))
        return redirect(meeting)
    return pdf_response(feedback_pdf(meeting, layout=layout_asked(request)), "palaute.pdf")
