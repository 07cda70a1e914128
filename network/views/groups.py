"""Standing groups: the list, a group's page, its people."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import words
from perhekeskus.refusals import refusals_as_messages

from ..actions import groups as actions
from ..forms.groups import GroupFilterForm, GroupForm
from ..models import Bulletin, Group, GroupMeeting, GroupMembership, Worker
from ..requests import WorkerRequest
from ..rules import groups as rules
from ..sorting import finnish
from ..states import GroupRole
from .group_pages import (
    a_number,
    form_page,
    page_of,
    person,
    picked,
    refused,
    sent,
    trail,
)

EARLIER_MEETINGS = 12
LATEST_BULLETINS = 5
ROLE_ORDER = {GroupRole.CHAIR: 0, GroupRole.SECRETARY: 1, GroupRole.MEMBER: 2}
BECOMES = {
    GroupRole.CHAIR: gettext_lazy("Puheenjohtajaksi"),
    GroupRole.SECRETARY: gettext_lazy("Sihteeriksi"),
    GroupRole.MEMBER: gettext_lazy("Jäseneksi"),
}


def group_list(request: WorkerRequest) -> HttpResponse:
    """One's own groups first, then all of the network's."""
    form = GroupFilterForm(request.GET)
    groups = Group.objects.visible_to(request.user)
    narrows = False
    if form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if value}
        groups, narrows = groups.filter(**asked), bool(asked)
    page = page_of(request, _with_facts(groups).order_by("-is_active", finnish("name"), "pk"))
    mine = _with_facts(Group.objects.visible_to(request.user).with_member(request.user))
    return render(
        request,
        "network/group_list.html",
        {
            "form": form,
            "page": page,
            "rows": [_row(group) for group in page],
            "mine": [_row(group) for group in mine.order_by(finnish("name"), "pk")],
            "narrows": narrows,
            "can_found": rules.why_not_found_group(request.user) is None,
        },
    )


def _with_facts(groups):
    """With the number of people and the time of the next meeting."""
    return groups.select_related("municipality", "unit").annotate(
        people=Count(
            "memberships",
            filter=Q(memberships__until=None, memberships__worker__is_active=True),
            distinct=True,
        ),
        next_at=Min(
            "meetings__period__startswith",
            filter=Q(meetings__cancelled_at=None, meetings__period__endswith__gt=timezone.now()),
        ),
    )


def _row(group) -> dict[str, Any]:
    where = str(group.unit or group.municipality)
    text = f"{_capital(group.get_kind_display())}, {where}"
    if group.next_at:
        text += " · " + _("seuraava kokous %(day)s") % {"day": words.relative_day(group.next_at)}
    return {
        "name": group.name,
        "url": group.get_absolute_url(),
        "text": text,
        "people": group.people,
        "is_active": group.is_active,
    }


def _capital(text: object) -> str:
    return str(text)[:1].upper() + str(text)[1:]


def group_create(request: WorkerRequest) -> HttpResponse:
    """Found a group."""
    back = reverse("group_list")
    if why := rules.why_not_found_group(request.user):
        return refused(request, why, back)
    form = GroupForm(sent(request), cancel_url=back)

    def save() -> str:
        group = actions.save_group(group=Group(), by=request.user, fields=form.cleaned_data)
        return reverse("group_members", args=[group.pk])

    return form_page(
        request,
        form,
        save,
        title=_("Uusi ryhmä"),
        done=_("Ryhmä on perustettu. Lisää nyt sen jäsenet."),
        breadcrumb=trail("group_list", (_("Uusi ryhmä"), "")),
    )


def _group(request: WorkerRequest, pk: int) -> Group:
    groups = Group.objects.visible_to(request.user).select_related("municipality", "unit")
    return get_object_or_404(groups, pk=pk)


def group_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Correct what is told of a group."""
    group = _group(request, pk)
    if why := rules.why_not_keep(request.user, group):
        return refused(request, why, group)
    name, url = group.name, group.get_absolute_url()
    form = GroupForm(sent(request), instance=group, cancel_url=url)

    def save() -> str:
        actions.save_group(group=_group(request, pk), by=request.user, fields=form.cleaned_data)
        return url

    return form_page(
        request,
        form,
        save,
        title=_("Ryhmän tiedot"),
        done=_("Ryhmän tiedot on tallennettu."),
        breadcrumb=trail("group_list", (name, url), (_("Tiedot"), "")),
    )


def _people(group: Group) -> list[GroupMembership]:
    rows = GroupMembership.objects.now().filter(group=group).select_related("worker__unit")
    return sorted(
        rows.order_by(finnish("worker__last_name"), finnish("worker__first_name"), "pk"),
        key=lambda one: ROLE_ORDER[GroupRole(one.role)],
    )


def _member_row(one: GroupMembership) -> dict[str, Any]:
    chip = None if one.role == GroupRole.MEMBER else {"text": one.get_role_display(), "tone": "ok"}
    return person(one.worker, membership=one.pk, chip=chip, role=one.role)


def group_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """Why the group meets, who is in it, when it meets next, what was agreed before."""
    group = _group(request, pk)
    people = _people(group)
    keeps = rules.why_not_keep(request.user, group) is None
    belongs = keeps or any(one.worker_id == request.user.pk for one in people)
    meetings = GroupMeeting.objects.visible_to(request.user).filter(group=group)
    upcoming = list(meetings.upcoming())
    bulletins = Bulletin.objects.visible_to(request.user).filter(group=group).exclude(published_at=None)
    return render(
        request,
        "network/group_detail.html",
        {
            "group": group,
            "lead": f"{_capital(group.get_kind_display())}, {group.unit or group.municipality}",
            "people": [_member_row(one) for one in people],
            "next": upcoming[0] if upcoming else None,
            "later": [_meeting_row(one, belongs=belongs) for one in upcoming[1:]],
            "earlier": [_meeting_row(one, belongs=belongs) for one in meetings.past()[:EARLIER_MEETINGS]],
            "bulletins": [
                {"name": one.title, "url": one.get_absolute_url(), "note": words.day(one.published_at)}
                for one in bulletins[:LATEST_BULLETINS]
                if one.published_at
            ],
            "keeps": keeps,
            "can_plan": keeps and group.is_active,
            "plan_url": reverse("group_meeting_create", args=[pk]),
            "breadcrumb": trail("group_list", (group.name, "")),
        },
    )


def _meeting_row(one: GroupMeeting, *, belongs: bool) -> dict[str, Any]:
    if one.memo_approved_at is not None:
        note = _("muistio")
    elif one.memo and belongs:
        note = _("muistio on luonnos")
    else:
        note = ""
    return {"when": words.day(one.starts_at), "note": note, "url": one.get_absolute_url()}


# --- members -------------------------------------------------------------------------------------


def group_members(request: WorkerRequest, pk: int) -> HttpResponse:
    """Who belongs to the group and in which role; each button is a change of its own."""
    group = _group(request, pk)
    if why := rules.why_not_keep(request.user, group):
        return refused(request, why, group)
    if request.method == "POST":
        with refusals_as_messages(request):
            _change_members(request, group)
        # A chair who has just ended their own term keeps the page no longer.
        if rules.why_not_keep(request.user, group):
            return redirect(group)
        return redirect("group_members", pk)
    people = _people(group)
    return render(
        request,
        "network/group_members.html",
        {
            "group": group,
            "people": [_member_row(one) for one in people],
            "roles": [{"value": role.value, "label": label} for role, label in BECOMES.items()],
            "breadcrumb": trail("group_list", (group.name, group.get_absolute_url()), (_("Jäsenet"), "")),
            **picked(request, [one.worker_id for one in people]),
        },
    )


def _change_members(request: WorkerRequest, group: Group) -> None:
    post = request.POST
    if pk := a_number(post.get("add")):
        worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
        actions.add_member(group=group, worker=worker, by=request.user)
        messages.success(request, _("%(name)s kuuluu nyt ryhmään.") % {"name": worker.name})
        return
    members = GroupMembership.objects.filter(group=group).select_related("group", "worker")
    membership = get_object_or_404(members, pk=a_number(post.get("membership")))
    role = post.get("role", "")
    if role in GroupRole.values:
        actions.change_role(membership=membership, role=GroupRole(role), by=request.user)
    elif role == "end":
        actions.end_membership(membership=membership, by=request.user)
        messages.success(request, _("%(name)s ei enää kuulu ryhmään.") % {"name": membership.worker.name})
