"""What ought to be better in the common work: the list, one matter, and moving it on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import forums as actions
from ..forms.forums import DevelopmentFilterForm, DevelopmentMoveForm, DevelopmentNeedForm
from ..models import AreaForum, DevelopmentNeed, Worker
from ..requests import WorkerRequest
from ..rules import forums as rules
from ..states import DEVELOPMENT_MOVES, DevelopmentState
from .group_pages import a_number, form_page, page_of, picked, sent, trail

TONES = {
    DevelopmentState.OPEN: "wait",
    DevelopmentState.UNDER_WAY: "neutral",
    DevelopmentState.DONE: "ok",
    DevelopmentState.PUT_ASIDE: "no",
}
MOVE_LABELS = {
    DevelopmentState.OPEN: gettext_lazy("Jätetään odottamaan uutta tekijää"),
    DevelopmentState.UNDER_WAY: gettext_lazy("Otetaan uudelleen työn alle"),
    DevelopmentState.DONE: gettext_lazy("Asia on valmis"),
    DevelopmentState.PUT_ASIDE: gettext_lazy("Asia jätetään"),
}


def _chip(need: DevelopmentNeed) -> dict[str, str]:
    return {"text": need.get_state_display(), "tone": TONES[DevelopmentState(need.state)]}


def need_row(need: DevelopmentNeed) -> dict[str, Any]:
    """One matter in a list; `need` knows its municipality and its owner."""
    owner = need.owner.name if need.owner else _("ei vielä tekijää")
    return {
        "name": words.headline(need.text),
        "url": need.get_absolute_url(),
        "text": f"{need.municipality} · {owner}",
        "chip": _chip(need),
    }


def development_need_list(request: WorkerRequest) -> HttpResponse:
    """What is unfinished first, then what has been done or put aside."""
    form = DevelopmentFilterForm(request.GET)
    needs = DevelopmentNeed.objects.visible_to(request.user).with_people()
    if form.is_valid() and form.cleaned_data["municipality"]:
        needs = needs.filter(municipality=form.cleaned_data["municipality"])
    unfinished = needs.unfinished()
    page = page_of(request, needs.exclude(pk__in=unfinished.values("pk")).order_by("-moved_at", "-pk"))
    return render(
        request,
        "network/development_need_list.html",
        {
            "form": form,
            "unfinished": [need_row(one) for one in unfinished.order_by("created_at", "pk")],
            "page": page,
            "finished": [need_row(one) for one in page],
        },
    )


def development_need_create(request: WorkerRequest) -> HttpResponse:
    """Write down something that ought to be better; it may have come up in a forum."""
    forum = None
    if "foorumi" in request.GET:
        forums = AreaForum.objects.visible_to(request.user).select_related("area", "municipality")
        forum = get_object_or_404(forums, pk=a_number(request.GET.get("foorumi")))
    back = forum.get_absolute_url() if forum else reverse("development_need_list")
    here = forum.municipality_id if forum else request.user.unit.municipality_id
    form = DevelopmentNeedForm(sent(request), forum=forum, initial={"municipality": here}, cancel_url=back)

    def save() -> Any:
        need = actions.record_need(by=request.user, forum=forum, **form.cleaned_data)
        return forum or need

    title = _("Uusi kehittämisasia")
    return form_page(
        request,
        form,
        save,
        title=title,
        done=_("Kehittämisasia on kirjattu. Kuka tahansa voi ottaa sen hoitaakseen."),
        breadcrumb=trail("development_need_list", (title, "")),
    )


def development_need_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One matter: whose it is, how far it is, and the next step for whoever may take it."""
    needs = DevelopmentNeed.objects.visible_to(request.user).with_people()
    need, worker = get_object_or_404(needs, pk=pk), request.user
    form = _move_form(request, need)
    if request.method == "POST":
        if "version" not in request.POST:
            with refusals_as_messages(request):
                _take_or_name(request, need)
            return redirect(need)
        if form is not None and form.is_valid():
            try:
                actions.move_need(
                    need=need,
                    by=worker,
                    to=DevelopmentState(form.cleaned_data["to"]),
                    outcome=form.cleaned_data["outcome"],
                    seen_version=form.cleaned_data["version"],
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Asian tila on muutettu."))
                return redirect(need)
        elif form is None:
            return redirect(need)
    return _detail_page(request, need, form)


def _move_form(request: WorkerRequest, need: DevelopmentNeed) -> DevelopmentMoveForm | None:
    """How the matter can go on, for its owner and the coordinators."""
    if not (request.user.is_coordinator or need.owner_id == request.user.pk):
        return None
    moves: list[tuple[str, Any]] = [
        (to.value, MOVE_LABELS[to])
        for to in DevelopmentState
        if to in DEVELOPMENT_MOVES[DevelopmentState(need.state)]
        and (need.owner_id or to != DevelopmentState.UNDER_WAY)
    ]
    data = request.POST if request.method == "POST" and "version" in request.POST else None
    return DevelopmentMoveForm(
        data, moves=moves, initial={"version": need.version}, cancel_url=reverse("development_need_list")
    )


def _take_or_name(request: WorkerRequest, need: DevelopmentNeed) -> None:
    if "take" in request.POST:
        actions.take_need(need=need, by=request.user)
        messages.success(request, _("Asia on nyt sinulla."))
    elif pk := a_number(request.POST.get("owner")):
        owner = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
        actions.name_owner(need=need, by=request.user, owner=owner)
        messages.success(request, _("Asiaa hoitaa nyt %(name)s.") % {"name": owner.name})


def _detail_page(
    request: WorkerRequest, need: DevelopmentNeed, form: DevelopmentMoveForm | None
) -> HttpResponse:
    worker = request.user
    rows = [
        {"term": _("Kunta"), "text": str(need.municipality)},
        {"term": _("Kuka hoitaa"), "text": need.owner.name if need.owner else _("ei vielä kukaan")},
        {
            "term": _("Tila"),
            "text": _("%(state)s, %(day)s")
            % {"state": need.get_state_display(), "day": words.day(need.moved_at)},
        },
        {
            "term": _("Kirjasi"),
            "text": f"{need.created_by.name}, {words.day(need.created_at)}",
        },
    ]
    if need.outcome:
        rows.append({"term": _("Mitä tehtiin tai miksi"), "text": need.outcome})
    names_owner = rules.why_not_name_owner(worker, need, worker) is None
    return render(
        request,
        "network/development_need_detail.html",
        {
            "need": need,
            "rows": rows,
            "form": form,
            "can_take": rules.why_not_take(worker, need) is None,
            "names_owner": names_owner,
            "forum_url": need.forum.get_absolute_url() if need.forum_id and need.forum else "",
            "breadcrumb": trail("development_need_list", (_("Kehittämisasia"), "")),
            **(picked(request, [need.owner_id] if need.owner_id else []) if names_owner else {}),
        },
        status=422 if form is not None and form.is_bound else 200,
    )
