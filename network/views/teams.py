"""The perhekeskustiimit: who is in them, how they are called, and keeping them."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import teams as actions
from ..forms.teams import TeamForm, TeamMemberForm
from ..models import Expertise, Team, Worker
from ..querysets import TeamQuerySet
from ..reaching import ways
from ..requests import WorkerRequest
from ..rules.teams import why_not_edit_teams
from ..sorting import by_name, finnish
from ..teams import calling_words
from .contacts import keepers_only


def _whole(teams: TeamQuerySet) -> TeamQuerySet:
    return teams.select_related("area", "coordinator").prefetch_related("times", "area__municipalities")


def team_list(request: WorkerRequest) -> HttpResponse:
    """Every team: where it works and how it is called."""
    teams = _whole(Team.objects.visible_to(request.user)).order_by(finnish("name"), "pk")
    return render(
        request,
        "network/team_list.html",
        {
            "keeps": not why_not_edit_teams(request.user),
            "rows": [
                {
                    "name": team.name,
                    "url": reverse("team_detail", args=[team.pk]),
                    "where": _where(team),
                    "calling": calling_words(team),
                }
                for team in teams
            ],
        },
    )


def _where(team: Team) -> str:
    return words.listed(sorted(map(str, team.area.municipalities.all()), key=words.finnish_sort_key))


def team_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One team: its people and what they know, and how it is called."""
    team = get_object_or_404(_whole(Team.objects.visible_to(request.user)), pk=pk)
    keeps = not why_not_edit_teams(request.user)
    form = TeamMemberForm(request.POST if request.method == "POST" else None, team=team)
    if form.is_bound:
        if not keeps:
            raise Http404
        if form.is_valid():
            with refusals_as_messages(request):
                actions.add_member(team=team, by=request.user, worker=form.cleaned_data["worker"])
                messages.success(request, _("Lisättiin tiimiin."))
            return redirect("team_detail", pk)
    members = (
        team.members.active()
        .select_related("unit__organisation")
        .prefetch_related(Prefetch("expertise", Expertise.objects.order_by(finnish("name"))))
        .order_by(*by_name())
    )
    rows = [_member(one, team) for one in members]
    return render(
        request,
        "network/team_detail.html",
        {
            "team": team,
            "lead": _where(team),
            "calling": calling_words(team),
            "phone": words.telephone(team.phone),
            "dial": team.phone.as_rfc3966 if team.phone else "",
            "ways": ways(request.user, team),
            "members": rows,
            "count": ngettext("%(count)d ihminen", "%(count)d ihmistä", len(rows)) % {"count": len(rows)},
            "keeps": keeps,
            "form": form if keeps else None,
            "breadcrumb": [
                {"label": _("Tiimit"), "url": reverse("team_list")},
                {"label": team.name, "url": ""},
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _member(worker: Worker, team: Team) -> dict[str, Any]:
    return {
        "pk": worker.pk,
        "initials": words.initials(worker.name),
        "name": worker.name,
        "note": f"{worker.title}, {worker.unit}",
        "expertise": words.listed(worker.expertise.all()),
        "url": reverse("worker_detail", args=[worker.pk]),
        "coordinates": worker.pk == team.coordinator_id,
    }


@keepers_only
def team_create(request: WorkerRequest) -> HttpResponse:
    """A new team; its people are added on its own page."""
    form = TeamForm(request.POST if request.method == "POST" else None, cancel_url=reverse("team_list"))
    if form.is_bound and form.is_valid():
        try:
            team = actions.create_team(by=request.user, card=form.card)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Tiimi on lisätty. Lisää seuraavaksi sen jäsenet."))
            return redirect("team_detail", team.pk)
    return _form_page(request, form, _("Uusi tiimi"), [])


@keepers_only
def team_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """What is told of the team and how it is called."""
    team = get_object_or_404(_whole(Team.objects.visible_to(request.user)), pk=pk)
    back = reverse("team_detail", args=[pk])
    form = TeamForm(request.POST if request.method == "POST" else None, team=team, cancel_url=back)
    if form.is_bound and form.is_valid():
        try:
            actions.change_team(
                team=team, by=request.user, card=form.card, seen_version=form.cleaned_data["seen_version"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Tiimin tiedot on tallennettu."))
            return redirect(back)
    return _form_page(request, form, _("Muuta tiimin tietoja"), [{"label": team.name, "url": back}])


def _form_page(
    request: WorkerRequest, form: TeamForm, title: str, above: list[dict[str, str]]
) -> HttpResponse:
    return render(
        request,
        "network/contacts_form.html",
        {
            "form": form,
            "title": title,
            "lead": "",
            "breadcrumb": [
                {"label": _("Tiimit"), "url": reverse("team_list")},
                *above,
                {"label": title, "url": ""},
            ],
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@keepers_only
def team_member_remove(request: WorkerRequest, pk: int, worker: int) -> HttpResponse:
    """Let somebody out of the team."""
    team = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    member: Worker = get_object_or_404(team.members, pk=worker)
    with refusals_as_messages(request):
        actions.remove_member(team=team, by=request.user, worker=member)
        messages.success(request, _("%(name)s ei ole enää tiimissä.") % {"name": member.name})
    return redirect("team_detail", pk)
