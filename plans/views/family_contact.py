"""The family asks its responsible worker to be in touch, on its own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meetings.views.by_link import family_page
from meetings.views.family import current_situation
from network.models import Family
from perhekeskus.refusals import Refused

from .. import actions, rules_of_requests
from ..carrying import who_carries
from ..forms_of_handing import AskContactForm
from ..models import ContactRequest
from ..requests import received_words


@require_http_methods(["GET", "HEAD", "POST"])
@family_page(gettext_lazy("Yhteydenottopyyntö"))
def family_contact(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """One press, and words if the family wants; the clock begins."""
    situation = current_situation(family)
    if situation is None:
        return redirect("family_home", token)
    waiting = ContactRequest.objects.open().filter(situation=situation).first()
    if request.method == "POST" and "give_up" in request.POST:
        actions.take_back_request(situation=situation)
        messages.success(request, _("Pyyntönne on peruttu."))
        return redirect("family_home", token)
    form = AskContactForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.ask_contact(
                situation=situation,
                words=form.cleaned_data["words"],
                form_key=form.cleaned_data["form_key"],
            )
        except Refused as refused:
            messages.info(request, str(refused))
        return redirect("family_contact", token)
    plan = situation.plans.in_force().prefetch_related("responsible_workers__worker__unit").first()
    return render(
        request,
        "plans/family_contact.html",
        {
            "form": form,
            "received": received_words(waiting) if waiting is not None else "",
            "words": waiting.words if waiting is not None else "",
            "refused": rules_of_requests.why_not_ask(situation) if waiting is None else "",
            "people": who_carries(plan, family) if plan is not None else [],
            "home_url": reverse("family_home", args=[token]),
        },
        status=422 if form.is_bound else 200,
    )
