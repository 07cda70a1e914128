"""Pages of a situation: the list, the situation itself, raising the matter, the talk, the end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.models import Consultation, Worker
from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages, require

from ..actions import situations as actions
from ..forms.situations import (
    ChildFormSet,
    ClosePersonForm,
    EndForm,
    FamilyForm,
    GuardianFormSet,
)
from ..incoming import family_of_contact
from ..looks import looks_of_others, open_consultation, open_contact, open_situation
from ..models import Contact, Situation
from ..rules import situations as rules
from ..rules.contacts import why_not_work_on
from ..states import Ending, Stage
from ..waiting import next_step, number_of, with_step_alone
from .situation_page import situation_facts


def situation_list(request: WorkerRequest) -> HttpResponse:
    """Every situation that the worker may see: a number, a stage and a next step, nothing of the family."""
    shown = request.GET.get("nayta", "")
    situations = Situation.objects.visible_to(request.user)
    if shown == "omat":
        situations = situations.held_by(request.user)
    situations = situations.filter(
        Q(stage__in=[Stage.EVERYDAY, Stage.ENDED])
        if shown == "paattyneet"
        else ~Q(stage__in=[Stage.EVERYDAY, Stage.ENDED])
    )
    page = Paginator(
        with_step_alone(situations.select_related("holder")).order_by("-stage_since", "-pk"), 25
    ).get_page(request.GET.get("page"))
    seen = [situation.pk for situation in page]
    opened = set(Situation.objects.opened_to(request.user).filter(pk__in=seen).values_list("pk", flat=True))
    return render(
        request,
        "meetings/situation_list.html",
        {
            "rows": [_list_row(situation, request.user, situation.pk in opened) for situation in page],
            "page": page,
            "filters": [
                {"label": label, "url": f"?nayta={key}" if key else "?", "current": shown == key}
                for key, label in (
                    ("", _("Avoimet")),
                    ("omat", _("Minun kopissani")),
                    ("paattyneet", _("Päättyneet")),
                )
            ],
        },
    )


def _list_row(situation: Situation, worker: Worker, is_opened: bool) -> dict[str, object]:
    if not is_opened:
        return {
            "when": "",
            "title": number_of(situation),
            "text": _("perhe kutsui sinut mukaan"),
            "action_label": _("Avaa"),
            "action_url": situation.get_absolute_url(),
        }
    holder = _("koppi on sinulla") if situation.holder_id == worker.pk else situation.holder.name
    return {
        "when": words.short_day(situation.stage_since),
        "title": number_of(situation),
        "chip": {"text": situation.get_stage_display(), "tone": "ok" if situation.is_open else "neutral"},
        "text": f"{next_step(situation).title} · {holder}"
        if situation.is_open
        else str(situation.get_ending_display()),
        "action_label": _("Avaa"),
        "action_url": situation.get_absolute_url(),
    }


def situation_raise(request: WorkerRequest) -> HttpResponse:
    """Ota puheeksi: a new situation with its family."""
    with refusals_as_messages(request):
        require(rules.why_not_raise(request.user))
        return _situation_raise(request)
    return redirect("home")


def _situation_raise(request: WorkerRequest) -> HttpResponse:
    data = request.POST.copy() if request.method == "POST" else None
    more = request.POST.get("more", "")
    if data is not None and more in {"children", "guardians"}:
        data[f"{more}-TOTAL_FORMS"] = str(_count(data.get(f"{more}-TOTAL_FORMS")) + 1)
    contact = _contact_of(request)
    if contact is not None and request.method != "POST":
        require(why_not_work_on(request.user, contact))
    advice = _advice_of(request) if contact is None else None
    if advice is not None and request.method != "POST":
        require(rules.why_not_raise_of_advice(request.user, advice))
    form = FamilyForm(
        data,
        worker=request.user,
        of_advice=advice is not None,
        initial=family_of_contact(contact) if contact is not None else {},
    )
    children = ChildFormSet(data, prefix="children")
    guardians = GuardianFormSet(data, prefix="guardians")
    if data is not None and not more and all([form.is_valid(), children.is_valid(), guardians.is_valid()]):
        members = [one.member() for one in [*children.forms, *guardians.forms]]
        if not any(one.member() for one in children.forms):
            child = children.forms[0] if children.forms else form
            child.add_error(
                "first_name" if child is not form else None, _("Kirjoita ainakin yhden lapsen etunimi.")
            )
        else:
            try:
                situation = actions.raise_matter(
                    by=request.user,
                    family=form.save(commit=False),
                    members=[member for member in members if member is not None],
                    way_in=form.cleaned_data["way_in"],
                    form_key=form.cleaned_data["form_key"],
                    contact=contact,
                    consultation=advice,
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("conversation_record", situation.pk)
    has_errors = data is not None and not more
    return render(
        request,
        "meetings/situation_raise.html",
        {
            "form": form,
            "children": children,
            "guardians": guardians,
            "has_errors": has_errors,
            "contact": contact,
        },
        status=422 if has_errors else 200,
    )


def _contact_of(request: WorkerRequest) -> Contact | None:
    """The family's contact from which the matter is raised, when there is one that this worker sees."""
    number = request.GET.get("yhteydenotto", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    return open_contact(request, int(number), _("Tilanteen avaaminen yhteydenotosta"))


def _advice_of(request: WorkerRequest) -> Consultation | None:
    """The question of a colleague's from which the matter is raised, when this worker has answered it."""
    number = request.GET.get("neuvo", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    return open_consultation(request, int(number))[0]


def _count(text: str | None) -> int:
    return min(int(text), 20) if text and text.isdecimal() and len(text) < 4 else 1


def situation_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """The situation: where we are, who has the koppi, what happens next."""
    situation, ground = open_situation(request, pk, _("Perheen tilanne"))
    return render(request, "meetings/situation_detail.html", situation_facts(situation, ground, request.user))


def situation_close_people(request: WorkerRequest, pk: int) -> HttpResponse:
    """The people close to the family."""
    situation, _ground = open_situation(request, pk, _("Perheen läheiset"))
    refused = rules.why_not_edit_family(request.user, situation)
    if refused:
        messages.error(request, str(refused))
        return redirect(situation)
    form = ClosePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.add_close_person(situation=situation, by=request.user, person=form.save(commit=False))
            messages.success(request, _("Läheinen on lisätty."))
        return redirect("situation_close_people", situation.pk)
    return render(
        request,
        "meetings/situation_close_people.html",
        {
            "form": form,
            "situation": situation,
            "people": [
                {"initials": words.initials(one.name), "name": one.name, "note": one.relation}
                for one in situation.family.close_people.all()
            ],
            "title": number_of(situation),
        },
        status=422 if form.is_bound else 200,
    )


def situation_end(request: WorkerRequest, pk: int) -> HttpResponse:
    """End a situation otherwise than by everyday life that runs."""
    situation, _ground = open_situation(request, pk, _("Tilanteen merkitseminen päättyneeksi"))
    if refused := rules.why_not_end(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    form = EndForm(request.POST or None, situation=situation)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.end(situation=situation, by=request.user, ending=Ending(form.cleaned_data["ending"]))
            messages.success(
                request, _("Tilanne on merkitty päättyneeksi. Voit avata sen tarvittaessa uudelleen.")
            )
        return redirect(situation)
    return render(
        request,
        "meetings/situation_end.html",
        {
            "form": form,
            "situation": situation,
            "title": number_of(situation),
            "everyday": _(
                "Kun arki sujuu, merkitse tilanne päättyneeksi suunnitelman sivulla. Sitä ennen perhe ja"
                " työntekijät arvioivat, mitä suunnitelmasta oli hyötyä."
            )
            if situation.stage == Stage.PLAN
            else str(rules.why_not_end_as(situation, Ending.EVERYDAY)),
        },
        status=422 if form.is_bound else 200,
    )


def situation_link_renew(request: WorkerRequest, pk: int) -> HttpResponse:
    """Change the family's own link, after a second look."""
    situation, _ground = open_situation(request, pk, _("Perheen linkin vaihtaminen"))
    if refused := rules.why_not_edit_family(request.user, situation):
        messages.error(request, str(refused))
        return redirect(situation)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.renew_family_link(situation=situation, by=request.user)
            done = _("Vanha linkki ei enää avaudu. Perhe saa uuden seuraavassa viestissä ja suunnitelmassa.")
            messages.success(request, done)
        return redirect(situation)
    return render(
        request,
        "meetings/situation_link_renew.html",
        {"situation": situation, "title": number_of(situation)},
    )


@require_POST
def situation_reopen(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take an ended situation up again."""
    situation, _ground = open_situation(request, pk, _("Tilanteen avaaminen uudelleen"))
    with refusals_as_messages(request):
        actions.reopen(situation=situation, by=request.user)
        messages.success(
            request, _("Tilanne on avattu uudelleen. Kirjaa keskustelu, jossa sovitte jatkosta.")
        )
    return redirect(situation)


def situation_looks(request: WorkerRequest, pk: int) -> HttpResponse:
    """Who has looked at the family's matters: the same list as the family sees."""
    situation, ground = open_situation(request, pk, _("Kuka on katsonut"))
    if not ground.opens_all:
        return redirect(situation)
    looks = Paginator(looks_of_others(situation.family), 50)
    page = looks.get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/situation_looks.html",
        {
            "situation": situation,
            "title": number_of(situation),
            "page": page,
            "head": [
                {"text": text} for text in (_("Milloin"), _("Kuka"), _("Mistä"), _("Mitä"), _("Peruste"))
            ],
            "rows": [
                {
                    "cells": [
                        {"text": text}
                        for text in (
                            words.moment(look.at),
                            look.who,
                            look.organisation,
                            look.what,
                            look.ground,
                        )
                    ]
                }
                for look in page
            ],
        },
    )
