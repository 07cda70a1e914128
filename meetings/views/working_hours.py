"""A worker's own working week: common times are looked for only inside it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.requests import WorkerRequest

from ..actions.working_hours import set_working_hours
from ..forms.working_hours import WorkingHoursForm


def working_hours(request: WorkerRequest) -> HttpResponse:
    """One's own working hours."""
    back = reverse("profile")
    form = WorkingHoursForm(
        request.POST if request.method == "POST" else None,
        hours=request.user.working_hours.all(),
        cancel_url=back,
    )
    if form.is_bound and form.is_valid():
        set_working_hours(by=request.user, week=form.week)
        messages.success(request, _("Työaikasi on tallennettu."))
        return redirect(back)
    return render(
        request,
        "meetings/working_hours.html",
        {
            "form": form,
            "breadcrumb": [{"label": _("Oma kortti"), "url": back}, {"label": _("Työajat"), "url": ""}],
        },
    )
