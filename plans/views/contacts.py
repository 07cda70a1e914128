"""The promised contact: what came of it, and when the next one is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.models import Family
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused

from .. import actions, rules
from ..forms import ContactForm
from ..looks import open_contact
from ..models import NextContact
from ..outcome_rules import why_not_everyday
from ..progress import late_measures
from ..promise_clock import advice_on
from ..requests import asked_facts
from ..when import contact_words


@require_http_methods(["GET", "POST"])
def contact_record(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down a contact, and promise the next one or see the family off to everyday life."""
    contact = open_contact(request, pk, _("Sovittu yhteydenotto"))
    plan = contact.plan
    refused = rules.why_not_record_contact(request.user, contact)
    # A second press of the same text loses nothing; another text on an old page is kept for its writer.
    pressed_twice = (
        contact.done_by_id == request.user.pk and request.POST.get("outcome", "").strip() == contact.outcome
    )
    if refused and (request.method == "GET" or pressed_twice):
        messages.error(request, str(refused))
        return redirect(plan)
    data = request.POST if request.method == "POST" else None
    form = ContactForm(data, contact=contact, back=plan.get_absolute_url())
    if data is not None and form.is_valid():
        try:
            return _record(request, contact, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    situation = plan.situation
    return render(
        request,
        "plans/contact_record.html",
        {
            "form": form,
            "situation": situation,
            "promised": contact_words(contact),
            "late": words.days_late(contact.on),
            "late_measures": late_measures(plan),
            "measures_url": reverse("plan_measures", args=[plan.pk]),
            "rows": _reach(situation.family),
            "asked": asked_facts(plan),
            "breadcrumb": [
                {"label": _("Tilanteet"), "url": reverse("situation_list")},
                {"label": str(situation.pk), "url": situation.get_absolute_url()},
                {"label": _("Yhteinen suunnitelma"), "url": plan.get_absolute_url()},
                {"label": _("Yhteydenotto"), "url": ""},
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _record(request: WorkerRequest, contact: NextContact, form: ContactForm) -> HttpResponse:
    sent = form.cleaned_data
    if sent["going"] == ContactForm.EVERYDAY:
        if refused := why_not_everyday(contact.plan.situation):
            actions.keep_outcome(contact=contact, by=request.user, outcome=sent["outcome"])
            messages.info(request, f"{refused} {_('Tekstisi on tallessa.')}")
            return redirect("plan_close", contact.plan_id)
        situation = actions.finish(situation=contact.plan.situation, by=request.user, outcome=sent["outcome"])
        messages.success(request, _("Hienoa! Perheen arki sujuu, ja tilanne on päättynyt."))
        return redirect(situation if situation.holder_id == request.user.pk else "home")
    promise = sent["promise"]
    following = actions.record_contact(
        contact=contact,
        by=request.user,
        outcome=sent["outcome"],
        next_on=promise.on,
        next_at=promise.at,
        next_way=promise.way,
    )
    messages.success(
        request,
        _("Yhteydenotto on kirjattu. Seuraava: %(when)s. Saat siitä muistutuksen samana aamuna.")
        % {"when": contact_words(following)},
    )
    if advice := advice_on(following.on):
        messages.warning(request, advice)
    return redirect(contact.plan)


def _reach(family: Family) -> list[dict[str, str]]:
    """How the family is reached, for the one who has promised to."""
    guardians = [member.first_name for member in family.members.all() if member.role == "guardian"]
    rows = [
        {"term": _("Huoltajat"), "text": words.listed(guardians)},
        {"term": _("Puhelin"), "text": words.telephone(family.phone)},
        {"term": _("Sähköposti"), "text": family.email},
        {"term": _("Viestit"), "text": str(family.get_contact_channel_display())},
    ]
    if family.needs_interpreter:
        rows.append({"term": _("Tulkki"), "text": family.other_language or _("tarvitaan")})
    return [row for row in rows if row["text"]]
