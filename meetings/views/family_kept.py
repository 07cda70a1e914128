"""What the family typed on a page that had closed, kept for it until the code was given again."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from network.models import Family
from perhekeskus.kept import discard, rows
from perhekeskus.models import KeptForm

from .by_link import family_page


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Oma tallessa oleva teksti"))
def family_kept(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The forms that were sent too late by this link."""
    ours = KeptForm.objects.filter(link=family.link)
    if request.method == "POST":
        discard(ours, request.POST.get("remove", ""))
        messages.success(request, _("Teksti on poistettu."))
        return redirect("family_kept", token)
    return render(
        request,
        "meetings/family_kept.html",
        {
            "rows": rows(ours),
            "minutes": settings.KEPT_FORM_MINUTES,
            "home_url": reverse("family_home", args=[token]),
        },
    )
