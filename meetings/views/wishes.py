"""Wishing for an earlier time: the convener's press, and the family's on its own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from network.models import Family
from network.requests import WorkerRequest
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import wishes as actions
from ..looks import open_meeting
from .by_link import family_page
from .family import current_situation, open_meeting_of


@require_POST
def meeting_earlier(request: WorkerRequest, pk: int) -> HttpResponse:
    """Look for an earlier time, or look no more."""
    meeting, _ground = open_meeting(request, pk, _("Aikaisemman ajan toivominen"))
    with refusals_as_messages(request):
        if "give_up" in request.POST:
            actions.give_up(meeting=meeting, by=request.user)
            messages.success(request, _("Aikaisempaa aikaa ei enää etsitä."))
        else:
            actions.wish(meeting=meeting, by=request.user)
            messages.success(request, _("Saat tiedon, jos kaikille sopiva aikaisempi aika vapautuu."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Toive aikaisemmasta ajasta"))
def family_earlier(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The family wishes for an earlier time, or does so no more."""
    meeting = open_meeting_of(current_situation(family))
    if meeting is None or request.method != "POST":
        return redirect("family_home", token)
    try:
        if "give_up" in request.POST:
            actions.give_up(meeting=meeting)
            messages.success(request, _("Sovittu aika pysyy. Aikaisempaa ei enää etsitä."))
        else:
            actions.wish(meeting=meeting)
            messages.success(request, _("Kiitos. Jos aikaisempi aika vapautuu, teiltä kysytään, sopiiko se."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("family_home", token)
