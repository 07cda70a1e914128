"""The families' contacts for those who answer them: the list by age, one contact, and what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import contacts as actions
from ..answer_clock import age_in_words, latest_in_words
from ..calls import draft_rows
from ..forms.incoming import AnswerForm, ContactResultForm
from ..incoming import contact_row, in_order, numbers
from ..looks import open_contact
from ..models import Contact
from ..rules import contacts as rules
from ..states import OPEN_CONTACTS, ContactResult, ContactStatus

METHODS = require_http_methods(["GET", "HEAD", "POST"])
MOST_SHOWN = 100
PAGE_SIZE = 25


def incoming_list(request: WorkerRequest) -> HttpResponse:
    """Those that nobody has answered, the longest waiting first; numbers for those who see no families."""
    worker, now = request.user, timezone.now()
    context: dict[str, object] = {"numbers": None, "head": [], "call_label": "", "call_url": ""}
    if not worker.works_with_families or worker.is_supervisor:
        context["numbers"] = numbers(None if not worker.works_with_families else [worker.unit_id])
        context["head"] = [
            {"text": _("Missä")},
            {"text": _("Odottaa"), "number": True},
            {"text": _("Myöhässä"), "number": True},
            {"text": _("Vanhin on odottanut"), "number": True},
        ]
    seen = Contact.objects.visible_to(worker)
    # A supervisor who answers no families reads the numbers alone.
    if worker.works_with_families and (worker.is_guidance or not worker.is_supervisor or seen.exists()):
        shows_ended = request.GET.get("nayta") == "kasitellyt"
        if shows_ended:
            ended = seen.exclude(status__in=OPEN_CONTACTS).select_related("picked_up_by", "municipality")
            page = Paginator(ended.order_by("-received_at", "-pk"), PAGE_SIZE).get_page(
                request.GET.get("page")
            )
            rows, answered = [contact_row(one, worker, now) for one in page], []
        else:
            page = None
            waiting = list(in_order(seen.open())[:MOST_SHOWN])
            rows = [contact_row(one, worker, now) for one in waiting if one.is_unanswered]
            answered = [contact_row(one, worker, now) for one in waiting if not one.is_unanswered]
        context |= {
            "rows": rows,
            "answered": answered,
            "drafts": [] if shows_ended else draft_rows(worker),
            "call_url": reverse("call_start" if worker.is_guidance else "call_outreach"),
            "call_label": _("Puhelu tuli") if worker.is_guidance else _("Kohtasin perheen"),
            "page": page,
            "filters": [
                {"label": _("Avoimet"), "url": "?", "current": not shows_ended},
                {"label": _("Käsitellyt"), "url": "?nayta=kasitellyt", "current": shows_ended},
            ],
        }
    return render(request, "meetings/incoming_list.html", context)


@METHODS
def incoming_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """What the family wrote, how it wants to be answered, and the next step."""
    contact = open_contact(request, pk, _("Yhteydenotto"))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.answer(
                contact=contact,
                by=request.user,
                text=form.cleaned_data["text"],
                form_key=form.cleaned_data["form_key"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Vastaus on lähetetty. Perhe lukee sen omalla koodillaan."))
            return redirect(contact)
    return _page(request, contact, answer=form)


def _page(
    request: WorkerRequest,
    contact: Contact,
    *,
    answer: AnswerForm | None = None,
    result: ContactResultForm | None = None,
) -> HttpResponse:
    worker, now = request.user, timezone.now()
    works = not rules.why_not_work_on(worker, contact)
    is_bad = any(form is not None and form.is_bound for form in (answer, result))
    taker = contact.picked_up_by
    return render(
        request,
        "meetings/incoming_detail.html",
        {
            "contact": contact,
            "title": _("Yhteydenotto %(number)s") % {"number": contact.pk},
            "lead": _lead(contact),
            "facts": _facts(contact),
            "dial": contact.phone.as_rfc3966 if contact.phone else "",
            "waited": age_in_words(contact.waits_since, now) if contact.is_unanswered else "",
            "is_late": contact.is_unanswered and contact.answer_by <= now,
            "thread": [
                {
                    "who": one.by.name if one.by is not None else _("perhe"),
                    "when": words.moment(one.at),
                    "text": one.text,
                }
                for one in contact.messages.select_related("by")
            ],
            "can_pick_up": not rules.why_not_pick_up(worker, contact) and taker is None,
            "can_take_over": not rules.why_not_pick_up(worker, contact)
            and taker is not None
            and taker.pk != worker.pk,
            "taker": taker,
            "can_let_go": not rules.why_not_let_go(worker, contact),
            "works": works,
            "is_unanswered": contact.is_unanswered,
            "answer": (answer or AnswerForm()) if works and contact.code_hash else None,
            "result": (result or ContactResultForm()) if works else None,
            "close_url": reverse("incoming_close", args=[contact.pk]),
            "raise_url": f"{reverse('situation_raise')}?yhteydenotto={contact.pk}" if works else "",
            "situation": contact.situation if _sees_situation(request, contact) else None,
        },
        status=422 if is_bad else 200,
    )


def _sees_situation(request: WorkerRequest, contact: Contact) -> bool:
    from ..models import Situation

    number = contact.situation_id
    return number is not None and Situation.objects.visible_to(request.user).filter(pk=number).exists()


def _lead(contact: Contact) -> str:
    if contact.status == ContactStatus.CLOSED:
        return str(contact.get_result_display()).capitalize()
    return str(contact.get_status_display()).capitalize()


def _facts(contact: Contact) -> list[dict[str, str]]:
    """How to answer the family; what is not told is left out. Of a withdrawn one, that it came and went."""
    came = (_("Tuli"), f"{words.moment(contact.received_at)}, {contact.get_way_display()}")
    if contact.status == ContactStatus.WITHDRAWN:
        withdrawn = contact.withdrawn_at()
        return [
            {"term": str(term), "text": str(text)}
            for term, text in (
                (_("Kunta"), contact.municipality),
                came,
                (_("Peruttiin"), words.moment(withdrawn) if withdrawn else ""),
            )
            if text
        ]
    rows = [
        (_("Miten vastataan"), contact.get_reach_display() if contact.written_by_id is None else ""),
        (_("Puhelin"), words.telephone(contact.phone)),
        (_("Sähköposti"), contact.email),
        (_("Milloin tavoittaa"), contact.when_to_reach),
        (_("Nimi"), contact.name),
        (_("Lasten iät"), contact.children_ages),
        (_("Kunta"), str(contact.municipality)),
        (_("Kieli"), contact.get_language_display()),
        (_("Tulkki"), contact.interpreter),
        came,
        (_("Kirjasi"), contact.written_by.name if contact.written_by is not None else ""),
        (_("Vastattava viimeistään"), latest_in_words(contact.answer_by) if contact.is_unanswered else ""),
    ]
    return [{"term": str(term), "text": str(text)} for term, text in rows if text]


@require_POST
def incoming_pick_up(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take it; from a colleague only when one has seen whose it is."""
    contact = open_contact(request, pk, _("Yhteydenoton ottaminen"))
    seen = request.POST.get("instead_of", "")
    with refusals_as_messages(request):
        actions.pick_up(
            contact=contact,
            by=request.user,
            instead_of=int(seen) if seen.isdecimal() and len(seen) < 18 else None,
        )
        messages.success(request, _("Yhteydenotto on nyt sinulla. Vastaa perheelle niin kuin se toivoo."))
    return redirect(contact)


@require_POST
def incoming_let_go(request: WorkerRequest, pk: int) -> HttpResponse:
    """Leave it to the others."""
    contact = open_contact(request, pk, _("Yhteydenoton jättäminen muille"))
    with refusals_as_messages(request):
        actions.let_go(contact=contact, by=request.user)
        messages.success(request, _("Yhteydenotto odottaa taas vastaajaa."))
    return redirect("incoming_list")


@require_POST
def incoming_reached(request: WorkerRequest, pk: int) -> HttpResponse:
    """The family answered the telephone."""
    contact = open_contact(request, pk, _("Puhelun kirjaaminen"))
    with refusals_as_messages(request):
        actions.reached_by_phone(contact=contact, by=request.user)
        messages.success(request, _("Kirjattu: tavoitit perheen puhelimella."))
    return redirect(contact)


@METHODS
def incoming_close(request: WorkerRequest, pk: int) -> HttpResponse:
    """What came of it."""
    contact = open_contact(request, pk, _("Yhteydenoton käsittely"))
    if request.method != "POST":
        return redirect(contact)
    form = ContactResultForm(request.POST)
    if form.is_valid():
        try:
            actions.close(contact=contact, by=request.user, result=ContactResult(form.cleaned_data["result"]))
        except Refused as refused:
            form.add_error("result", str(refused))
        else:
            messages.success(request, _("Yhteydenotto on käsitelty."))
            return redirect("incoming_list")
    return _page(request, contact, result=form)
