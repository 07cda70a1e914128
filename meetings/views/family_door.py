"""The door of the family's own pages: a code is asked for, typed, and the page is left.

Looking sends nothing and opens nothing; before the code nothing is shown but where it would be sent, masked.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.actions.family_codes import send_code
from network.actions.link_codes import why_not_enter
from network.models import Family
from network.rules.families import why_not_code
from perhekeskus.door import browser_of, close_door, is_open, open_door
from perhekeskus.models.outbox import Channel
from perhekeskus.refusals import Refused

from ..forms.family_door import CodeForm
from .by_link import by_family_link

METHODS = require_http_methods(["GET", "HEAD", "POST"])
# Marks the browser that asked, so that a second press there is told from a stranger's.
ASKED = "family_asked"


@METHODS
@by_family_link
def family_code(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Where the code would be sent, and the button that sends it."""
    assert family.link is not None
    target = _target(request, token)
    if is_open(request, family.link):
        return redirect(target or reverse("family_home", args=[token]))
    why_not = why_not_code(family)
    if request.method == "POST" and not why_not:
        try:
            send_code(family)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            request.session[ASKED] = family.link.pk
        return redirect(_with_target("family_code_enter", token, target))
    return render(
        request,
        "meetings/family_code.html",
        {
            "why_not": why_not,
            "where": where_sent(*family.code_address),
            "was_away": bool(target),
            "is_kept": target == reverse("family_kept", args=[token]),
            "target": target,
            "enter_url": _with_target("family_code_enter", token, target),
        },
    )


@METHODS
@by_family_link
def family_code_enter(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The code that came; the right one opens the family's pages in this browser."""
    assert family.link is not None
    target = _target(request, token)
    inside = target or reverse("family_home", args=[token])
    if is_open(request, family.link):
        return redirect(inside)
    if why_not_code(family):
        return redirect("family_code", token)
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"target": target})
    if form.is_bound and form.is_valid():
        refused = why_not_enter(family.link, form.cleaned_data["code"], browser=browser_of(request))
        if refused is None:
            open_door(request, family.link)
            return redirect(inside)
        form.add_error("code", str(refused))
    return render(
        request,
        "meetings/family_code_enter.html",
        {
            "form": form,
            "where": where_sent(*family.code_address),
            "by_email": family.code_address[0] == Channel.EMAIL,
            "again_url": reverse("family_code", args=[token]),
            "target": target,
        },
        status=422 if form.is_bound else 200,
    )


@METHODS
@by_family_link
def family_leave(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Leave the family's pages: on somebody else's device the next one finds nothing."""
    if request.method == "POST":
        close_door(request)
        messages.success(request, _("Oma sivunne on suljettu."))
        return redirect("family_code", token)
    return render(request, "meetings/family_leave.html", {"home_url": reverse("family_home", args=[token])})


def where_sent(channel: str, address: str) -> str:
    """The address by its ends only: its owner knows it, and nobody learns it."""
    if not address:
        return ""
    if channel == Channel.SMS:
        return _("Koodi lähtee tekstiviestinä puhelinnumeroon, jonka lopussa on %(end)s.") % {
            "end": address[-2:]
        }
    name, _at, domain = address.partition("@")
    masked = f"{name[:1]}…@{domain[:1]}….{domain.rpartition('.')[2]}"
    return _("Koodi lähtee sähköpostiosoitteeseen %(address)s.") % {"address": masked}


def _target(request: HttpRequest, token: str) -> str:
    """The page of the same family that was asked for, empty when it is none."""
    target = request.POST.get("target") or request.GET.get("sivu") or ""
    is_own = target.startswith(reverse("family_home", args=[token])) and ".." not in target
    return target if is_own and url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def _with_target(name: str, token: str, target: str) -> str:
    url = reverse(name, args=[token])
    return f"{url}?{urlencode({'sivu': target})}" if target else url
