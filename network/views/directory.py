"""The directory of the network, a worker's card, and one's own card."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus import words

from ..forms.directory import DirectoryForm, ProfileForm
from ..models import Worker
from ..requests import WorkerRequest
from ..sorting import by_name, finnish

PAGE_SIZE = 25


def _row(worker: Worker) -> dict:
    return {
        "initials": words.initials(worker.name),
        "name": worker.name,
        "note": ", ".join(
            part for part in (worker.title, str(worker.unit), str(worker.unit.municipality)) if part
        ),
        "url": reverse("worker_detail", args=[worker.pk]),
    }


def directory(request: WorkerRequest) -> HttpResponse:
    """Everybody who works in the network, and a search."""
    form = DirectoryForm(request.GET)
    workers = Worker.objects.visible_to(request.user).active().select_related("unit__municipality")
    narrows = False
    if form.is_valid():
        workers, narrows = form.chosen(workers), form.narrows
    page = Paginator(workers.order_by(*by_name()), PAGE_SIZE).get_page(request.GET.get("page"))
    count = page.paginator.count
    return render(
        request,
        "network/directory.html",
        {
            "form": form,
            "page": page,
            "rows": [_row(worker) for worker in page],
            "narrows": narrows,
            "found": ngettext("%(count)d ihminen", "%(count)d ihmistä", count) % {"count": count},
        },
    )


def _contact(worker: Worker) -> list[dict]:
    """How to reach a worker, and where they belong; what is not known is left out."""
    unit = worker.unit
    place = "\n".join(filter(None, (unit.name, unit.address, str(unit.municipality))))
    rows = [
        {
            "term": _("Puhelin"),
            "text": words.telephone(worker.phone),
            "url": worker.phone and worker.phone.as_rfc3966,
        },
        {"term": _("Sähköposti"), "text": worker.email, "url": f"mailto:{worker.email}"},
        {"term": _("Työpaikka"), "text": place},
        {
            "term": _("Työpaikan puhelin"),
            "text": words.telephone(unit.phone),
            "url": unit.phone and unit.phone.as_rfc3966,
        },
        {"term": _("Auki"), "text": unit.opening_hours},
        {
            "term": _("Organisaatio"),
            "text": f"{unit.organisation}, {unit.organisation.get_sector_display()}",
        },
        {"term": _("Tiimi"), "text": words.listed(worker.teams.all())},
    ]
    return [row for row in rows if row["text"]]


def worker_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One worker's card."""
    worker = get_object_or_404(
        Worker.objects.visible_to(request.user).select_related("unit__municipality", "unit__organisation"),
        pk=pk,
    )
    return render(
        request,
        "network/worker_detail.html",
        {
            "worker": worker,
            "is_me": worker == request.user,
            "lead": f"{worker.title}, {worker.unit}" if worker.title else str(worker.unit),
            "contact": _contact(worker),
            "expertise": list(worker.expertise.order_by(finnish("name"))),
            "breadcrumb": [
                {"label": _("Verkosto"), "url": reverse("directory")},
                {"label": worker.name},
            ],
        },
    )


def profile(request: WorkerRequest) -> HttpResponse:
    """One's own card: what the others see, and what one may change oneself."""
    # A copy: a refused form must not change the name and unit that the page's header shows.
    worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=request.user.pk)
    card = reverse("worker_detail", args=[worker.pk])
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=worker, cancel_url=card)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Korttisi on tallennettu."))
        return redirect(card)
    return render(
        request,
        "network/profile.html",
        {
            "form": form,
            "summary": [
                {"term": _("Nimi"), "text": worker.name},
                {"term": _("Sähköposti"), "text": worker.email},
                {"term": _("Ammattinimike"), "text": worker.title},
                {"term": _("Työpaikka"), "text": str(request.user.unit)},
            ],
        },
    )
