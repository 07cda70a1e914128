"""The family's own word on what came of the plan, on its own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meetings.views.by_link import family_page
from network.models import Family
from perhekeskus.autosave import WrittenMeanwhile
from perhekeskus.refusals import Refused

from ..models import Plan
from ..outcome_rules import why_not_review
from ..reviewed import saved_fields
from ..reviewing import ReviewForm
from ..states import ReviewSide
from .reviews import taken


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Suunnitelman arvio"))
def family_review(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """What is better and what is not, what was done, and what helped, in the family's own words."""
    plan = Plan.objects.newest_of(family)
    side = ReviewSide.FAMILY
    back = redirect("family_plan", token)
    if plan is None:
        return back
    if refused := why_not_review(None, plan, side):
        messages.info(request, str(refused))
        return back
    saved = saved_fields(plan, side, by_family=True)
    form = ReviewForm(request.POST if request.method == "POST" else None, plan=plan, side=side, saved=saved)
    beside: list[dict[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            taken(form, by=None)
        except WrittenMeanwhile as refusal:
            form, beside = form.beside_the_saved(request.POST, saved_fields(plan, side, by_family=True))
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not form.is_giving:
                messages.success(request, _("Luonnos on tallessa. Vain te näette sen."))
                return redirect("family_review", token)
            messages.success(request, _("Kiitos! Arvionne on tallessa, ja työntekijänne näkee sen."))
            return redirect(reverse("family_plan", args=[token]) + "#arvio")
    response = render(
        request,
        "plans/family_review.html",
        {"form": form, "beside": beside, "plan_url": reverse("family_plan", args=[token])},
        status=422 if form.is_bound else 200,
    )
    response["Referrer-Policy"] = "no-referrer"
    return response
