"""The family's people as the one with the koppi keeps them: members, and who gives the permissions."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.requests import WorkerRequest
from network.rules.consents import why_not_remove
from network.states import MemberRole
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import families as actions
from ..forms.families import GiversForm, MemberForm
from ..looks import open_situation
from ..models import Situation
from ..rules import situations as rules
from ..waiting import number_of


@require_http_methods(["GET", "HEAD", "POST"])
def situation_family(request: WorkerRequest, pk: int) -> HttpResponse:
    """Children and guardians, and from whom a permission is asked."""
    situation, _ground = open_situation(request, pk, _("Perheen jäsenet ja luvan antajat"))
    if refused := rules.why_not_edit_family(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    data = request.POST if request.method == "POST" else None
    if data is not None and data.get("remove", "").isdecimal():
        return _remove(request, situation, int(data["remove"][:18]))
    if data is None and request.GET.get("poista", "").isdecimal():
        return _ask_before_removing(request, situation, int(request.GET["poista"][:18]))
    givers = GiversForm(data if data and "asked" in data else None, family=situation.family)
    member = MemberForm(data if data is not None and not givers.is_bound else None)
    if givers.is_bound and givers.is_valid():
        try:
            actions.set_givers(situation=situation, by=request.user, **givers.chosen)
        except Refused as refusal:
            givers.add_error("asked", str(refusal))
        else:
            messages.success(request, _("Tallennettu, keneltä lupa kysytään."))
            return redirect("situation_family", situation.pk)
    elif member.is_bound and member.is_valid():
        with refusals_as_messages(request):
            actions.add_member(situation=situation, by=request.user, member=member.new_member)
            messages.success(
                request, _("Perheenjäsen on lisätty: %(name)s.") % {"name": member.cleaned_data["first_name"]}
            )
        return redirect("situation_family", situation.pk)
    prefetch_related_objects([situation.family], "members", "consents")
    return render(
        request,
        "meetings/situation_family.html",
        {
            "situation": situation,
            "title": number_of(situation),
            "givers": givers,
            "member": member,
            "rows": [
                {
                    "pk": one.pk,
                    "initials": words.initials(one.first_name),
                    "name": one.first_name,
                    "note": str(one.get_role_display())
                    + (f", {one.birth_year}" if one.role == MemberRole.CHILD else ""),
                    "can_remove": why_not_remove(one) is None,
                }
                for one in situation.family.members.all()
            ],
        },
        status=422 if givers.is_bound or member.is_bound else 200,
    )


def _ask_before_removing(request: WorkerRequest, situation: Situation, pk: int) -> HttpResponse:
    member = get_object_or_404(situation.family.members, pk=pk)
    if refused := why_not_remove(member):
        messages.error(request, str(refused))
        return redirect("situation_family", situation.pk)
    return render(
        request,
        "meetings/situation_member_remove.html",
        {
            "situation": situation,
            "title": number_of(situation),
            "pk": member.pk,
            "name": member.first_name,
            "role": str(member.get_role_display()),
        },
    )


def _remove(request: WorkerRequest, situation: Situation, pk: int) -> HttpResponse:
    member = situation.family.members.filter(pk=pk).first()
    if member is None:
        # A second press of the same button, or one in another tab: it is done already.
        messages.info(request, _("Perheenjäsen on jo poistettu."))
        return redirect("situation_family", situation.pk)
    with refusals_as_messages(request):
        actions.remove_member(situation=situation, by=request.user, member=member)
        messages.success(request, _("Perheenjäsen on poistettu: %(name)s.") % {"name": member.first_name})
    return redirect("situation_family", situation.pk)
