"""One phone number: writing while listening. Also a family that was met somewhere on the way."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages, require

from ..actions import calls as actions
from ..actions.calls import Outcome
from ..calls import draft_rows, found_by_number
from ..forms.calls import CallForm, typed_so_far
from ..models import CallDraft
from ..rules.calls import why_not_write_call
from ..states import WayIn

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def call_start(request: WorkerRequest) -> HttpResponse:
    """A new call."""
    return _start(request, WayIn.PHONE)


@require_safe
def call_outreach(request: WorkerRequest) -> HttpResponse:
    """A family that was met outside the office."""
    return _start(request, WayIn.OUTREACH)


def _start(request: WorkerRequest, way: WayIn) -> HttpResponse:
    with refusals_as_messages(request):
        require(why_not_write_call(request.user, way))
        form = CallForm(worker=request.user, way=way, draft=None)
        return _page(request, form, uuid.uuid4(), way, drafts=draft_rows(request.user))
    return redirect("home")


def _page(
    request: WorkerRequest,
    form: CallForm,
    key: uuid.UUID,
    way: WayIn,
    *,
    draft: CallDraft | None = None,
    drafts: list[dict[str, object]] | None = None,
    status: int = 200,
) -> HttpResponse:
    phone = str(form["phone"].value() or "")
    return render(
        request,
        "meetings/call.html",
        {
            "form": form,
            "title": _("Puhelu") if way == WayIn.PHONE else _("Kohtaaminen"),
            "way": way.value,
            "action_url": reverse("call_edit", args=[key]),
            "save_url": reverse("call_save", args=[key]),
            "search_url": reverse("call_search"),
            "found": found_by_number(phone, request.user),
            "version": draft.version if draft is not None else 0,
            "saved": _saved_words(draft) if draft is not None else "",
            "drafts": drafts or [],
            "has_draft": draft is not None,
        },
        status=status,
    )


def _saved_words(draft: CallDraft) -> str:
    return _("Tallessa klo %(clock)s") % {"clock": words.clock(draft.saved_at)}


def _kept_words(draft: CallDraft) -> str:
    return _("Kirjaus on tallessa. Jos et jatka sitä, se poistuu %(gone)s.") % {
        "gone": words.moment(draft.kept_until)
    }


def _way(request: WorkerRequest) -> WayIn:
    """Of the two that this page knows."""
    return WayIn.OUTREACH if request.POST.get("way") == WayIn.OUTREACH else WayIn.PHONE


@METHODS
def call_edit(request: WorkerRequest, key: uuid.UUID) -> HttpResponse:
    """Go on with one's own, or finish it."""
    draft = CallDraft.objects.visible_to(request.user).filter(form_key=key).first()
    if request.method != "POST":
        if draft is None:
            raise Http404
        way = WayIn(draft.way)
        return _page(request, CallForm(worker=request.user, way=way, draft=draft), key, way, draft=draft)
    if draft is None and CallDraft.objects.is_of_another(request.user, key):
        raise Http404
    way = WayIn(draft.way) if draft is not None else _way(request)
    pressed = request.POST.get("finish", "")
    if pressed == "discard":
        actions.discard(by=request.user, form_key=key)
        messages.success(request, _("Keskeneräinen kirjaus on poistettu."))
        return redirect("incoming_list")
    form = CallForm(request.POST, worker=request.user, way=way, draft=draft)
    if pressed not in list(Outcome):
        return _kept(request, form, key, way, later=pressed == "later")
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            contact = actions.finish(
                by=request.user, form_key=key, way=way, facts=facts, outcome=Outcome(pressed)
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _finished(request, contact.pk, Outcome(pressed))
    return _page(request, form, key, way, draft=draft, status=422)


def _kept(request: WorkerRequest, form: CallForm, key: uuid.UUID, way: WayIn, *, later: bool) -> HttpResponse:
    """Saved by a press: without JavaScript, or to go on later. A search by the number saves too."""
    try:
        draft = actions.save_draft(
            by=request.user,
            form_key=key,
            way=way,
            typed=typed_so_far(request.POST),
            seen_version=_number(request.POST.get("seen_version")),
        )
    except Refused as refused:
        form.is_valid()
        form.add_error(None, str(refused))
        return _page(request, form, key, way, status=422)
    if draft is None:
        return redirect("incoming_list")
    if later:
        messages.success(request, _kept_words(draft))
        return redirect("incoming_list")
    return redirect("call_edit", key)


def _finished(request: WorkerRequest, pk: int, outcome: Outcome) -> HttpResponse:
    if outcome == Outcome.SITUATION:
        return redirect(f"{reverse('situation_raise')}?yhteydenotto={pk}")
    said = {
        Outcome.GUIDANCE: _("Kirjattu. Perhe sai neuvon puhelun aikana."),
        Outcome.MINE: _("Kirjattu. Asia on nyt sinulla."),
        Outcome.UNIT: _("Kirjattu. Asia odottaa vastaajaa ohjaus- ja neuvontapalvelussa."),
    }
    messages.success(request, said[outcome])
    if outcome == Outcome.MINE:
        return redirect("incoming_detail", pk)
    return redirect("incoming_list" if request.user.is_guidance else "home")


@require_POST
def call_save(request: WorkerRequest, key: uuid.UUID) -> HttpResponse:
    """What the page saves by itself while one writes, and when one leaves it."""
    try:
        draft = actions.save_draft(
            by=request.user,
            form_key=key,
            way=_way(request),
            typed=typed_so_far(request.POST),
            seen_version=_number(request.POST.get("seen_version")),
        )
    except Refused as refused:
        return render(request, "meetings/_call_saved.html", {"problem": str(refused)})
    response = render(
        request,
        "meetings/_call_saved.html",
        {"saved": _saved_words(draft) if draft is not None else "", "version": draft.version if draft else 0},
    )
    if draft is not None:
        # A reload, or the tab opened again, comes back to what was written.
        response["HX-Replace-Url"] = reverse("call_edit", args=[key])
    return response


@require_POST
def call_search(request: WorkerRequest) -> HttpResponse:
    """Who is calling. By POST: a telephone number stands in no address and no log."""
    found = found_by_number(request.POST.get("phone", "")[:40], request.user)
    return render(request, "meetings/_call_found.html", {"found": found})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0
