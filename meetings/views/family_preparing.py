"""The family's page before the meeting: what is done there, its wishes, and what others wrote to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family
from perhekeskus.forms import clean_text
from perhekeskus.refusals import Refused

from ..actions.contributions import decide_on_contribution
from ..actions.preparing import wish
from ..before import agenda_rows, preparation_of, setting_rows, told_to_family, topics_agreed
from ..forms.preparing import WishForm
from ..models import Contribution, Meeting
from ..states import MeetingStatus
from .by_link import family_page
from .contributions import contribution_rows, pressed
from .family import current_situation, open_meeting_of


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Tapaamiseen valmistautuminen"))
def family_prepare(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """What is done at the meeting, what the family hopes of it, and its word on what others wrote."""
    meeting = open_meeting_of(current_situation(family))
    if meeting is None or meeting.status == MeetingStatus.DRAFT:
        messages.info(request, _("Nyt ei ole tapaamista, johon valmistautua."))
        return redirect("family_home", token)
    is_wish = request.method == "POST" and "words" in request.POST
    agreed = preparation_of(meeting)
    form = WishForm(request.POST if is_wish else None, initial={"words": agreed.wishes})
    try:
        if is_wish and form.is_valid():
            wish(meeting=meeting, words=form.cleaned_data["words"])
            messages.success(request, _("Toiveenne on tallennettu. Koollekutsuja näkee ne heti."))
            return redirect("family_prepare", token)
        if request.method == "POST" and not is_wish:
            _decide(request, meeting)
            return redirect(reverse("family_prepare", args=[token]) + "#etukateen")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("family_prepare", token)
    return render(
        request,
        "meetings/family_prepare.html",
        {
            "asked": agreed.family_asked,
            "rows": told_to_family(meeting),
            "agenda": agenda_rows(meeting, topics_agreed(meeting)),
            "setting": setting_rows(meeting),
            "contributions": contribution_rows(meeting, Contribution.objects.readable(), for_family=True),
            "form": form,
            "home_url": reverse("family_home", args=[token]),
        },
        status=422 if form.is_bound else 200,
    )


def _decide(request: HttpRequest, meeting: Meeting) -> None:
    chosen, may_be_read = pressed(request)
    one = Contribution.objects.readable().filter(participation__meeting=meeting, pk=chosen).first()
    if one is None:
        raise Refused(_("Tekstiä ei enää ole."))
    # A browser sends a line feed as two characters.
    seen = clean_text(request.POST.get("seen", ""))
    decide_on_contribution(contribution=one, may_be_read=may_be_read, seen_text=seen)
    messages.success(request, _("Päätöksenne on tallennettu. Voitte muuttaa sitä milloin vain."))
