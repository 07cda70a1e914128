"""What stands in many families' way, and what ought to be better: one list for the management's report."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.words import finnish_sort_key

from ...dashboard.development import (
    ANSWERED,
    COUNTED,
    DONE,
    KINDS,
    PUT_ASIDE,
    STATES,
    UNDER_WAY,
    WAITING,
    Matter,
    chosen,
    list_of,
    matters,
    numbers_of,
)
from ...dashboard.ranges import month_words
from ...forms.development import DevelopmentFilterForm
from .frame import dashboard_page, let_in
from .tables import shown_table

TONES = {WAITING: "wait", UNDER_WAY: "neutral", ANSWERED: "ok", DONE: "ok", PUT_ASIDE: "no"}


def _row(one: Matter) -> dict[str, Any]:
    return {
        "where": one.where,
        "title": words.headline(one.text),
        "url": one.url,
        "about": " · ".join(str(part) for part in (KINDS[one.kind], one.theme) if part),
        "owner": one.owner or _("ei vielä kukaan"),
        "state": {"text": STATES[one.state], "tone": TONES[one.state]},
        "recorded": month_words(one.recorded),
        "since": _("%(month)s alkaen") % {"month": month_words(one.since)},
    }


@require_safe
def development_page(request: WorkerRequest) -> HttpResponse:
    """Structural grievances and development needs: what, where, whose, how far, since when."""
    let_in(request)
    found = matters(request.user)
    names = sorted({one.municipality for one in found}, key=finnish_sort_key)
    form = DevelopmentFilterForm(request.GET, municipalities=names)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    listed = chosen(found, asked.get("tila", ""), asked.get("kunta", ""))
    still_open = sum(one.is_open for one in found)
    waiting = sum(one.state == WAITING for one in found)
    return dashboard_page(
        request,
        "meetings/dashboard/development_page.html",
        {
            "filter": form,
            "rows": [_row(one) for one in listed],
            "table": shown_table(list_of(listed), urlencode(asked)),
            "numbers": shown_table(numbers_of(found)),
            "is_empty": not found,
        },
        title=_("Kehittäminen"),
        lead=_("%(open)s %(waiting)s")
        % {
            "open": ngettext("Avoinna on %(count)d asia.", "Avoinna on %(count)d asiaa.", still_open)
            % {"count": still_open},
            "waiting": ngettext(
                "Niistä %(count)d odottaa tekijää.", "Niistä %(count)d odottaa tekijää.", waiting
            )
            % {"count": waiting},
        },
        counted=COUNTED,
    )
