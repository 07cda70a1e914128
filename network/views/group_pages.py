"""What the pages of groups, bulletins, forums and feedback share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from perhekeskus import words
from perhekeskus.refusals import Refused

from ..directory import found
from ..forms.groups import PickForm
from ..models import Worker
from ..requests import WorkerRequest
from ..sorting import by_name

PAGE_SIZE = 25
MOST_FOUND = 20

SECTIONS = (
    ("group_list", _("Ryhmät")),
    ("bulletin_list", _("Tiedotteet")),
    ("forum_list", _("Foorumit")),
    ("development_need_list", _("Kehittämisasiat")),
    ("grievance_list", _("Epäkohdat")),
    ("thanks_list", _("Kiitokset ja palaute")),
)


def trail(section: str, *rows: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: from the section by (label, URL) to the page itself, whose URL is empty."""
    label = dict(SECTIONS)[section]
    return [
        {"label": str(label), "url": reverse(section)},
        *({"label": label, "url": url} for label, url in rows),
    ]


def sent(request: WorkerRequest) -> Any:
    """What the form gets: the answers of a POST, nothing of a look."""
    return request.POST if request.method == "POST" else None


def page_of(request: WorkerRequest, rows: QuerySet | list, size: int = PAGE_SIZE) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def form_page(
    request: WorkerRequest,
    form: Any,
    save: Callable[[], Any],
    *,
    title: str,
    breadcrumb: list[dict[str, str]],
    done: str = "",
    lead: str = "",
    about_work: bool = True,
) -> HttpResponse:
    """Show the form; save and go where `save` says. A refusal stands beside what was typed."""
    if form.is_bound and form.is_valid():
        try:
            to = save()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if done:
                messages.success(request, done)
            return redirect(to)
    return render(
        request,
        "network/group_form.html",
        {"form": form, "title": title, "lead": lead, "breadcrumb": breadcrumb, "about_work": about_work},
        status=422 if form.is_bound else 200,
    )


def sure_page(
    request: WorkerRequest,
    *,
    title: str,
    text: str,
    button: str,
    back: str,
    breadcrumb: list[dict[str, str]],
) -> HttpResponse:
    """A second look before something that others are told of."""
    return render(
        request,
        "network/group_sure.html",
        {"title": title, "text": text, "button": button, "back": back, "breadcrumb": breadcrumb},
    )


def refused(request: WorkerRequest, why: object, to: Any) -> HttpResponse:
    """Back to the page that can be seen, with the sentence."""
    messages.error(request, str(why))
    return redirect(to)


def person(worker: Worker, **more: Any) -> dict[str, Any]:
    """A worker in a list of people."""
    return {
        "pk": worker.pk,
        "initials": words.initials(worker.name),
        "name": worker.name,
        "note": ", ".join(part for part in (worker.title, str(worker.unit)) if part),
        "url": reverse("worker_detail", args=[worker.pk]),
        "chip": None,
    } | more


def picked(request: WorkerRequest, leave_out: QuerySet | list[int]) -> dict[str, Any]:
    """The search for one worker, and those who were found."""
    form = PickForm(request.GET if "text" in request.GET else None)
    text = form.cleaned_data["text"] if form.is_bound and form.is_valid() else ""
    rows: list[Worker] = []
    if text.strip():
        workers = Worker.objects.visible_to(request.user).active().exclude(pk__in=leave_out)
        rows = list(found(workers, text).select_related("unit").order_by(*by_name())[:MOST_FOUND])
    return {"search": form, "searched": text.strip(), "found": [person(worker) for worker in rows]}


def a_number(text: str | None) -> int:
    """A key that a button sent; 0, which nothing has, when it is none."""
    return int(text[:18]) if text and text.isascii() and text.isdecimal() else 0
