"""The copy of one who has no account: a link, a one-time code to the same address, and the plan in force.

Looking sends nothing and opens nothing; before the code nothing is shown but where it would be sent, masked.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.views.by_link import link_gone
from meetings.views.family_door import where_sent
from network.actions.link_codes import why_not_enter
from perhekeskus.door import COPY_DOOR, browser_of, close_door, is_open, open_door
from perhekeskus.kept import give_pages_to_link
from perhekeskus.languages import spoken_on_pages
from perhekeskus.models.outbox import Channel
from perhekeskus.printing import pdf_response
from perhekeskus.refusals import Refused

from .. import actions
from ..copy_forms import CopyCodeForm
from ..copy_letters import language_of
from ..holders import receiver_name
from ..looks import open_copy
from ..models import CopyLink, Plan
from ..paper import copy_pdf
from ..sheet import sheet_of

METHODS = require_http_methods(["GET", "HEAD", "POST"])
# Who of the unit or the team opened the door in this browser.
WHO = "copy_who"


def before_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page by the link alone: view(request, door, token). It shows nothing of the family's."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        door = CopyLink.objects.opened_by(token)
        if door is None or not Plan.objects.shown_by(door).exists():
            return link_gone(request)
        with translation.override(spoken_on_pages(language_of(door.consent))):
            response = view(request, door, token)
        return _private(response)

    return opened


def copy_page(what: str | Promise) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page behind the code: view(request, door, plan, token), each look on record for the family."""

    def decorator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_not_required
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            door = CopyLink.objects.opened_by(token)
            if door is None:
                return link_gone(request)
            if not is_open(request, door.link, COPY_DOOR):
                return redirect("copy_link", token)
            give_pages_to_link(request, door.link)
            found = open_copy(request, token, what, who=request.session.get(WHO, ""))
            if found is None:
                return link_gone(request)
            door, plan = found
            request.leave_url = reverse("copy_leave", args=[token])  # type: ignore[attr-defined]
            with translation.override(spoken_on_pages(language_of(door.consent))):
                response = view(request, door, plan, token)
            return _private(response)

        opened.is_behind_the_door = True  # type: ignore[attr-defined]
        return opened

    return decorator


def _private(response: HttpResponse) -> HttpResponse:
    """Never from a cache and never on a search engine's list, whatever the middleware does."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    return response


@METHODS
@before_door
def copy_link(request: HttpRequest, door: CopyLink, token: str) -> HttpResponse:
    """Where the code would be sent, and the button that sends it."""
    if is_open(request, door.link, COPY_DOOR):
        return redirect("copy_plan", token)
    if request.method == "POST":
        try:
            actions.send_copy_code(door)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("copy_code", token)
    return render(
        request,
        "plans/copy_link.html",
        {"where": _where(door), "enter_url": reverse("copy_code", args=[token])},
    )


@METHODS
@before_door
def copy_code(request: HttpRequest, door: CopyLink, token: str) -> HttpResponse:
    """The code that came; the right one opens the copy in this browser."""
    if is_open(request, door.link, COPY_DOOR):
        return redirect("copy_plan", token)
    form = CopyCodeForm(
        request.POST if request.method == "POST" else None,
        of_many=door.consent.unit_id is not None or door.consent.team_id is not None,
    )
    if form.is_bound and form.is_valid():
        refused = why_not_enter(door.link, form.cleaned_data["code"], browser=browser_of(request))
        if refused is None:
            open_door(request, door.link, COPY_DOOR)
            request.session[WHO] = form.cleaned_data.get("who", "")
            return redirect("copy_plan", token)
        form.add_error("code", str(refused))
    return render(
        request,
        "plans/copy_code.html",
        {
            "form": form,
            "where": _where(door),
            "by_email": door.channel == Channel.EMAIL,
            "again_url": reverse("copy_link", args=[token]),
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
@copy_page(gettext_lazy("Kopio suunnitelmasta"))
def copy_plan(request: HttpRequest, door: CopyLink, plan: Plan, token: str) -> HttpResponse:
    """The plan in force, without who else has it."""
    return render(
        request,
        "plans/copy_plan.html",
        {
            "sheet": sheet_of(plan, is_copy=True),
            "name": _name(request, door),
            "pdf_url": reverse("copy_plan_pdf", args=[token]),
        },
    )


@require_safe
@copy_page(gettext_lazy("Kopio suunnitelmasta, tulostettava"))
def copy_plan_pdf(request: HttpRequest, door: CopyLink, plan: Plan, token: str) -> HttpResponse:
    """The same on paper, with the receiver's name on every page."""
    pdf = copy_pdf(
        plan, language=language_of(door.consent), name=_name(request, door), since=_since(door, plan)
    )
    response = pdf_response(pdf, "kopio-suunnitelmasta.pdf")
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@before_door
def copy_leave(request: HttpRequest, door: CopyLink, token: str) -> HttpResponse:
    """Shut the door in this browser: on somebody else's device the next one finds nothing."""
    close_door(request)
    messages.success(request, _("Kopio on suljettu tällä laitteella."))
    return redirect("copy_link", token)


def _where(door: CopyLink) -> str:
    return where_sent(door.channel, door.recipient)


def _name(request: HttpRequest, door: CopyLink) -> str:
    return receiver_name(door.consent, str(request.session.get(WHO, "")))


def _since(door: CopyLink, plan: Plan) -> datetime:
    """When this version was given to the receiver."""
    given = plan.copies.by_link().filter(consent=door.consent_id).first()
    # The permission may have been replaced by another just now, and carries the copy.
    return given.given_at if given is not None else plan.agreed_at or plan.written_at
