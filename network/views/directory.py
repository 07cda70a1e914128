"""The directory of the network."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from perhekeskus import words

from ..forms.directory import DirectoryForm
from ..models import Worker
from ..requests import WorkerRequest
from ..sorting import by_name

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
