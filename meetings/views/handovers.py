"""The koppi from hand to hand."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import replace_url

from network.models import Unit
from network.requests import WorkerRequest
from network.whereabouts import title_and_place_of_work
from perhekeskus.looks import record_look
from perhekeskus.refusals import Refused, refusals_as_messages
from perhekeskus.searching import asks_part, found_in_words

from ..actions import handovers as actions
from ..consulting import away_now, code_of, note_of
from ..forms.handovers import HandoverForm, ReceiverSearchForm
from ..looks import open_situation
from ..models import Handover, Situation
from ..receiving import receiver_of, receivers_found
from ..rules import handovers as rules
from ..waiting import number_of


def handover_offer(request: WorkerRequest, pk: int) -> HttpResponse:
    """Offer the koppi to somebody else, or to a unit: first to whom, then what is said to them."""
    situation, _ground = open_situation(request, pk, _("Kopin siirtäminen"))
    if refused := rules.why_not_offer(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    data = request.POST if request.method == "POST" else request.GET
    to = receiver_of(data.get("to", ""))
    if to is None:
        return _choose(request, situation)
    if refused := rules.why_not_receive(to, situation):
        messages.error(request, str(refused))
        return redirect("handover_offer", situation.pk)
    form = HandoverForm(request.POST or None, initial={"to": code_of(to)})
    if request.method == "POST" and form.is_valid():
        try:
            handover = actions.offer(
                situation=situation, by=request.user, to=to, note=form.cleaned_data["note"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Koppia tarjottiin: %(name)s. Koppi on sinulla, kunnes joku ottaa sen.")
                % {"name": handover.receiver_name},
            )
            return redirect(situation)
    return render(
        request,
        "meetings/handover_offer.html",
        {
            "form": form,
            "situation": situation,
            "title": number_of(situation),
            "to": str(to),
            "to_note": note_of(to),
            "away": away_now(to),
            "is_unit": isinstance(to, Unit),
        },
        status=422 if form.is_bound else 200,
    )


def _choose(request: WorkerRequest, situation: Situation) -> HttpResponse:
    """Look for the receiver by a few letters; only what is found while one types."""
    form = ReceiverSearchForm(request.GET if "q" in request.GET else None, situation=situation)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    rows = receivers_found(text, situation)
    facts = {"rows": rows, "looked": bool(text.strip()), "found": found_in_words(len(rows))}
    if asks_part(request):
        response = render(request, "meetings/_receiver_results.html", facts | {"is_part": True})
        return replace_url(response, f"?{urlencode({'q': text})}")
    return render(
        request,
        "meetings/handover_choose.html",
        facts | {"form": form, "situation": situation, "title": number_of(situation), "is_part": False},
    )


def handover_answer(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take the koppi or leave it; nothing of the family is shown before it is taken."""
    handover = get_object_or_404(
        Handover.objects.visible_to(request.user).select_related(
            "situation__family", "from_worker__unit", "offered_by__unit", "to_unit", "caught_by"
        ),
        pk=pk,
    )
    if request.method == "POST":
        return _answered(request, handover)
    refused = rules.why_not_answer(request.user, handover)
    if not refused:
        with transaction.atomic():
            record_look(
                worker=request.user,
                family_id=handover.situation.family_id,
                what=_("Tarjottu koppi"),
                ground=_("koppia tarjotaan hänelle")
                if handover.to_unit_id is None
                else _("koppia tarjotaan hänen yksikölleen"),
            )
    giver = handover.offered_by or handover.from_worker
    return render(
        request,
        "meetings/handover_answer.html",
        {
            "handover": handover,
            "title": number_of(handover.situation),
            "is_open": not refused,
            "giver": giver.name,
            "giver_work": title_and_place_of_work(giver, handover.situation.family),
            "is_for_another": handover.offered_by is not None,
            "unit": str(handover.to_unit) if handover.to_unit else "",
            # What the offerer wrote is for deciding: once it is answered, nobody needs to read it.
            "note": handover.note if not refused else "",
            "refused": refused,
        },
    )


def _answered(request: WorkerRequest, handover: Handover) -> HttpResponse:
    with refusals_as_messages(request):
        if request.POST.get("answer") == "accept":
            situation = actions.accept(handover=handover, by=request.user)
            messages.success(request, _("Koppi on nyt sinulla."))
            return redirect(situation)
        if request.POST.get("answer") == "decline":
            actions.decline(handover=handover, by=request.user)
            messages.success(request, _("Et ottanut koppia. Se jäi tarjoajalle."))
    return redirect("home")


@require_POST
def handover_withdraw(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take the offer back."""
    handover = get_object_or_404(Handover.objects.offered_by(request.user), pk=pk)
    with refusals_as_messages(request):
        actions.withdraw_offer(handover=handover, by=request.user)
        messages.success(request, _("Tarjous on peruttu."))
    if handover.situation.holder_id != request.user.pk:
        return redirect("supervised_unit")
    return redirect(handover.situation)
