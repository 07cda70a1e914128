"""What was typed too late, for its writer: to send again or to throw away."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..kept import discard, rows
from ..models import KeptForm


@require_http_methods(["GET", "HEAD", "POST"])
def kept_forms(request: HttpRequest) -> HttpResponse:
    """The worker's own kept forms."""
    mine = KeptForm.objects.filter(worker=request.user.pk)
    if request.method == "POST":
        discard(mine, request.POST.get("remove", ""))
        messages.success(request, _("Teksti on poistettu."))
        return redirect("kept_forms")
    return render(
        request,
        "perhekeskus/kept_forms.html",
        {"rows": rows(mine), "minutes": settings.KEPT_FORM_MINUTES},
    )
