"""The administrator's first page, and what all the administrator's pages are made of."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perhekeskus.models import Message
from perhekeskus.refusals import Refused

from ..models import Worker
from ..requests import WorkerRequest
from ..rules.administration import why_not_administer

PAGE_SIZE = 50

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """For everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: WorkerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if why_not_administer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def page_of(request: WorkerRequest, rows: QuerySet) -> Page:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def trail_of(*rows: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: (label, URL name) up to the page itself, whose URL is empty."""
    return [
        {"label": _("Ylläpito"), "url": reverse("administration")},
        *({"label": label, "url": url} for label, url in rows),
    ]


def list_page(request: WorkerRequest, **context: Any) -> HttpResponse:
    context["breadcrumb"] = trail_of((context["title"], ""))
    count = context["page"].paginator.count
    context["caption"] = ngettext("%(count)d rivi", "%(count)d riviä", count) % {"count": count}
    return render(request, "network/administration_list.html", context)


def form_page(
    request: WorkerRequest, form: Any, save: Callable[[], Any], *, done: str, back: str, **context: Any
) -> HttpResponse:
    """Show the form; save and go back when it is accepted. A refusal is shown with what was typed."""
    if form.is_bound and form.is_valid():
        try:
            save()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    return render(
        request, context.pop("template", "network/administration_form.html"), {"form": form, **context}
    )


def sent(request: WorkerRequest) -> Any:
    return request.POST if request.method == "POST" else None


@administrators_only
def administration(request: WorkerRequest) -> HttpResponse:
    """What an administrator takes care of."""
    accounts = Worker.objects.visible_to(request.user).active().count()
    given_up = Message.objects.visible_to(request.user).given_up().count()
    return render(
        request,
        "network/administration.html",
        {
            "accounts": ngettext("%(count)d tunnus käytössä", "%(count)d tunnusta käytössä", accounts)
            % {"count": accounts},
            "given_up": ngettext(
                "%(count)d viesti ei ole mennyt perille", "%(count)d viestiä ei ole mennyt perille", given_up
            )
            % {"count": given_up}
            if given_up
            else _("Kaikki viestit ovat menneet perille."),
        },
    )
