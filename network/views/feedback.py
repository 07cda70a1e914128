"""Thanks and peer feedback: one's own, and nobody else's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from perhekeskus import words
from perhekeskus.refusals import Refused

from ..actions import feedback as actions
from ..forms.feedback import PeerFeedbackForm, ReplyForm, ThanksForm
from ..models import PeerFeedback, Thanks, Worker
from ..requests import WorkerRequest
from ..rules.feedback import why_not_reply, why_not_write_to
from .group_pages import form_page, page_of, refused, sent, trail

MOST_LISTED = 50


def thanks_list(request: WorkerRequest) -> HttpResponse:
    """The thanks that one has got and given, and the feedback between oneself and a colleague."""
    worker = request.user
    between = Thanks.objects.visible_to(worker).select_related("from_worker", "to_worker")
    received = page_of(request, between.filter(to_worker=worker))
    feedback = PeerFeedback.objects.visible_to(worker).select_related("from_worker", "to_worker")
    return render(
        request,
        "network/thanks_list.html",
        {
            "page": received,
            "received": [
                {"who": one.from_worker.name, "when": words.day(one.created_at), "text": one.text}
                for one in received
            ],
            "given": [
                {"who": one.to_worker.name, "when": words.day(one.created_at), "text": one.text}
                for one in between.filter(from_worker=worker)[:MOST_LISTED]
            ],
            "feedback": [_feedback_row(one, worker) for one in feedback[:MOST_LISTED]],
        },
    )


def _feedback_row(one: PeerFeedback, me: Worker) -> dict[str, str]:
    if one.from_worker_id == me.pk:
        name, side = one.to_worker.name, _("vastattu") if one.replied_at else _("odottaa vastausta")
        about = _("Annoit palautetta: %(name)s") % {"name": name}
    else:
        name, side = one.from_worker.name, _("vastasit") if one.replied_at else _("voit vastata")
        about = _("Sait palautetta: %(name)s") % {"name": name}
    return {"name": about, "url": one.get_absolute_url(), "text": words.day(one.created_at), "side": side}


def _receiver(request: WorkerRequest, pk: int) -> Worker:
    return get_object_or_404(Worker.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _trail(worker: Worker, label: str) -> list[dict[str, str]]:
    return trail("thanks_list", (worker.name, reverse("worker_detail", args=[worker.pk])), (label, ""))


def thanks_give(request: WorkerRequest, pk: int) -> HttpResponse:
    """Thank a colleague."""
    to = _receiver(request, pk)
    card = reverse("worker_detail", args=[pk])
    if why := why_not_write_to(request.user, to):
        return refused(request, why, card)
    form = ThanksForm(sent(request), cancel_url=card)

    def save() -> str:
        actions.thank(to=to, by=request.user, text=form.cleaned_data["text"])
        return card

    return form_page(
        request,
        form,
        save,
        title=_("Kiitos: %(name)s") % {"name": to.name},
        lead=_("Kiitoksen näette vain te kaksi. Hän saa siitä viestin."),
        done=_("Kiitos on lähetetty."),
        breadcrumb=_trail(to, _("Kiitos")),
        about_work=False,
    )


def peer_feedback_give(request: WorkerRequest, pk: int) -> HttpResponse:
    """Give a colleague feedback."""
    to = _receiver(request, pk)
    card = reverse("worker_detail", args=[pk])
    if why := why_not_write_to(request.user, to):
        return refused(request, why, card)
    form = PeerFeedbackForm(sent(request), cancel_url=card)
    return form_page(
        request,
        form,
        lambda: actions.give(to=to, by=request.user, text=form.cleaned_data["text"]),
        title=_("Palaute: %(name)s") % {"name": to.name},
        lead=_("Palautteen näette vain te kaksi, ei esihenkilö eikä pääkäyttäjä. Hän voi vastata kerran."),
        done=_("Palaute on lähetetty."),
        breadcrumb=_trail(to, _("Palaute")),
        about_work=False,
    )


def peer_feedback_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """The feedback and its reply."""
    between = PeerFeedback.objects.visible_to(request.user).select_related("from_worker", "to_worker")
    feedback = get_object_or_404(between, pk=pk)
    form = None
    if why_not_reply(request.user, feedback) is None:
        form = ReplyForm(sent(request), cancel_url=reverse("thanks_list"))
    if form is not None and form.is_bound and form.is_valid():
        try:
            actions.reply(feedback=feedback, by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vastauksesi on lähetetty."))
            return redirect(feedback)
    return render(
        request,
        "network/peer_feedback_detail.html",
        {
            "feedback": feedback,
            "form": form,
            "is_mine": feedback.from_worker_id == request.user.pk,
            "breadcrumb": trail("thanks_list", (_("Palaute"), "")),
        },
        status=422 if form is not None and form.is_bound else 200,
    )
