"""The family's own plan, opened by the family's link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from meetings.people import shown_name
from meetings.views.by_link import family_page
from network.models import Family
from network.querysets import RECEIVER_ROWS
from perhekeskus import words

from ..models import Plan
from ..paper import plan_pdf
from ..sheet import sheet_of
from .plans import pdf_response


@require_GET
@family_page(_("Yhteinen suunnitelma"))
def family_plan(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The agreed plan on the family's phone, the same as on their paper."""
    plan = Plan.objects.newest_of(family)
    response = render(
        request,
        "plans/family_plan.html",
        {
            "sheet": sheet_of(plan) if plan is not None else None,
            "copies": _copies(plan, family) if plan is not None else [],
            "pdf_url": reverse("family_plan_pdf", args=[token]),
            "home_url": reverse("family_home", args=[token]),
        },
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


def _copies(plan: Plan, family: Family) -> list[dict[str, str]]:
    """Who has been given this plan, and whether the permission is still in force."""
    given = plan.copies.select_related("consent__family", *[f"consent__{one}" for one in RECEIVER_ROWS])
    return [
        {
            "name": shown_name(copy.consent, family),
            "when": words.day(copy.given_at),
            "ended": words.day(copy.consent.withdrawn_at) if copy.consent.withdrawn_at else "",
        }
        for copy in given
    ]


@require_GET
@family_page(_("Yhteinen suunnitelma, tulostettava"))
def family_plan_pdf(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The same paper again."""
    plan = Plan.objects.newest_of(family)
    if plan is None:
        raise Http404
    response = pdf_response(plan_pdf(plan, language=family.language), "yhteinen-suunnitelma.pdf")
    response["Referrer-Policy"] = "no-referrer"
    return response
