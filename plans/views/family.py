"""The family's own plan, opened by the family's link."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from meetings.people import shown_name
from meetings.rules.addresses import why_not_have_address
from meetings.views.by_link import family_page
from network.models import Family
from perhekeskus import words
from perhekeskus.printing import language_asked, layout_asked, pdf_response

from ..carrying import told_to_family
from ..holders import Holder, holders_of, how
from ..models import Plan
from ..outcome_rules import why_not_review
from ..outcomes import outcome_of
from ..paper import layout_of, plan_pdf
from ..printing import choices
from ..sheet import sheet_of
from ..states import ReviewSide
from .changes import told_changes
from .measures import measures_now


@require_GET
@family_page(_("Yhteinen suunnitelma"))
def family_plan(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The agreed plan on the family's phone, the same as on their paper."""
    plan = Plan.objects.newest_of(family)
    response = render(
        request,
        "plans/family_plan.html",
        {
            "sheet": sheet_of(plan, with_holders=False) if plan is not None else None,
            "copies": _copies(plan, family, token) if plan is not None else [],
            "outcome": outcome_of(plan) if plan is not None else None,
            "letter_url": reverse("family_outcome_pdf", args=[token]),
            "review_url": reverse("family_review", args=[token])
            if plan is not None and not why_not_review(None, plan, ReviewSide.FAMILY)
            else "",
            "now": measures_now(plan) if plan is not None else None,
            "changes": told_changes(plan) if plan is not None else None,
            "carried": told_to_family(plan) if plan is not None and plan.is_in_force else None,
            "contact_url": reverse("family_contact", args=[token]),
            "pdf_url": reverse("family_plan_pdf", args=[token]),
            "choices": choices(family, reverse("family_plan_pdf", args=[token])),
            "has_address": bool(family.postal_address),
            "address_url": "" if why_not_have_address(family) else reverse("family_address", args=[token]),
            "home_url": reverse("family_home", args=[token]),
        },
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


def _copies(plan: Plan, family: Family, token: str) -> list[dict[str, Any]]:
    """Who has been given this plan and how, and the way to take a permission back."""
    return [
        {
            "name": shown_name(one.consent, family),
            "copies": [capfirst(how(copy)) for copy in one.copies],
            "url": _withdraw_url(token, one),
            "ended": words.day(one.ended_at) if one.ended_at else "",
            "withdrawn": one.consent.withdrawn_at is not None,
            "has_paper": one.has_paper,
        }
        for one in holders_of(plan)
    ]


def _withdraw_url(token: str, one: Holder) -> str:
    return reverse("family_permission_withdraw", args=[token, one.consent.pk]) if one.in_force else ""


@require_GET
@family_page(_("Yhteinen suunnitelma, tulostettava"))
def family_plan_pdf(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """The same paper again."""
    plan = Plan.objects.newest_of(family)
    if plan is None:
        raise Http404
    pdf = plan_pdf(
        plan,
        language=language_asked(request, family.language),
        layout=layout_asked(request, layout_of(family)),
    )
    response = pdf_response(pdf, "yhteinen-suunnitelma.pdf")
    response["Referrer-Policy"] = "no-referrer"
    return response
