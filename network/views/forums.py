"""Area forums and rounds: planning, inviting, answering, recording."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import forums as actions
from ..areas import missing_in_words
from ..audiences import invited_to, municipalities_of
from ..forms.bulletins import UnitsForm
from ..forms.forums import ForumForm, ForumRecordForm
from ..gathering_letters import forum_letter
from ..models import AreaForum, DevelopmentNeed, ForumParticipation, Unit
from ..requests import WorkerRequest
from ..rules import forums as rules
from ..sorting import finnish
from ..states import ForumAnswer, Sector
from .development import need_row
from .group_pages import (
    a_number,
    form_page,
    page_of,
    person,
    refused,
    sent,
    sure_page,
    trail,
)

MOST_PEOPLE = 100
ANSWERS = (
    (ForumAnswer.COMING, gettext_lazy("Tulen"), "button"),
    (ForumAnswer.MAYBE, gettext_lazy("Ehkä tulen"), "button button-quiet"),
    (ForumAnswer.NOT_COMING, gettext_lazy("En pääse"), "button button-quiet"),
)
TONES = {ForumAnswer.COMING: "ok", ForumAnswer.MAYBE: "wait", ForumAnswer.NOT_COMING: "no"}


def name_of(forum: AreaForum) -> str:
    kind = str(forum.get_kind_display())
    return f"{kind[:1].upper()}{kind[1:]}, {forum.where}"


def _row(forum: AreaForum) -> dict[str, Any]:
    if forum.cancelled_at is not None:
        side = _("peruttu")
    elif forum.held_at is not None:
        side = _("pidetty")
    else:
        side = "" if forum.invited_at else _("kutsut lähettämättä")
    return {
        "name": name_of(forum),
        "url": forum.get_absolute_url(),
        "text": f"{words.span(forum.starts_at, forum.ends_at)} · {forum.place}",
        "side": side,
    }


def forum_list(request: WorkerRequest) -> HttpResponse:
    """What is ahead, what has been, and for a coordinator the areas that have been without for too long."""
    forums = AreaForum.objects.visible_to(request.user).select_related("area", "municipality")
    ahead = forums.ahead()
    page = page_of(request, forums.exclude(pk__in=ahead.values("pk")).order_by("-period", "-pk"))
    arranges = rules.why_not_arrange(request.user) is None
    return render(
        request,
        "network/forum_list.html",
        {
            "ahead": [_row(one) for one in ahead.order_by("period", "pk")],
            "page": page,
            "earlier": [_row(one) for one in page],
            "arranges": arranges,
            "missing": missing_in_words() if arranges else "",
        },
    )


def _forum(request: WorkerRequest, pk: int) -> AreaForum:
    forums = AreaForum.objects.visible_to(request.user).select_related("area", "municipality", "held_by")
    return get_object_or_404(forums, pk=pk)


def _arranged(request: WorkerRequest, pk: int) -> AreaForum:
    """A forum on a page for those who arrange it; for the others there is no such page."""
    if rules.why_not_arrange(request.user):
        raise Http404
    return _forum(request, pk)


def _trail(forum: AreaForum, *more: tuple[str, str]) -> list[dict[str, str]]:
    url = forum.get_absolute_url() if more else ""
    return trail("forum_list", (name_of(forum), url), *more)


def forum_create(request: WorkerRequest) -> HttpResponse:
    """Prepare a forum; nobody is invited yet."""
    if why := rules.why_not_arrange(request.user):
        return refused(request, why, "forum_list")
    form = ForumForm(sent(request), cancel_url=reverse("forum_list"))

    def save() -> str:
        forum = actions.save_forum(forum=AreaForum(), by=request.user, fields=form.facts)
        return reverse("forum_check", args=[forum.pk])

    title = _("Uusi foorumi tai kierros")
    return form_page(request, form, save, title=title, breadcrumb=trail("forum_list", (title, "")))


def forum_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Change a forum; those who were invited are told of another time or place."""
    forum = _arranged(request, pk)
    if why := rules.why_not_change(request.user, forum):
        return refused(request, why, forum)
    back = forum.get_absolute_url() if forum.invited_at else reverse("forum_check", args=[pk])
    form = ForumForm(sent(request), event=forum, cancel_url=back)

    def save() -> str:
        actions.save_forum(forum=forum, by=request.user, fields=form.facts, seen_version=form.seen_version)
        return back

    return form_page(
        request,
        form,
        save,
        title=_("Muuta foorumia"),
        done=_("Muutokset on tallennettu."),
        breadcrumb=_trail(forum, (_("Muuta"), "")),
    )


def forum_units(request: WorkerRequest, pk: int) -> HttpResponse:
    """Only some of the units: the day-care centres or schools of a round."""
    forum = _arranged(request, pk)
    if why := rules.why_not_change(request.user, forum):
        return refused(request, why, forum)
    check = reverse("forum_check", args=[pk])
    units = Unit.objects.filter(municipality__in=municipalities_of(forum), workers__is_active=True)
    if forum.sectors:
        units = units.filter(organisation__sector__in=forum.sectors)
    listed = list(units.distinct().select_related("municipality").order_by("municipality", "name", "pk"))
    form = UnitsForm(
        sent(request),
        units=listed,
        cancel_url=check,
        initial={"units": list(forum.units.values_list("pk", flat=True)), "version": forum.version},
    )

    def save() -> str:
        chosen = set(form.cleaned_data["units"])
        actions.choose_units(
            forum=forum,
            by=request.user,
            units=[unit for unit in listed if unit.pk in chosen],
            seen_version=form.cleaned_data["version"],
        )
        return check

    return form_page(
        request,
        form,
        save,
        title=_("Mihin yksiköihin mennään?"),
        about_work=False,
        breadcrumb=_trail(forum, (_("Yksiköt"), "")),
    )


def forum_check(request: WorkerRequest, pk: int) -> HttpResponse:
    """Whom the invitation reaches, its very text, and the button that sends it."""
    forum = _arranged(request, pk)
    if request.method == "POST":
        try:
            actions.invite(forum=forum, by=request.user, seen_version=a_number(request.POST.get("version")))
        except Refused as why_not:
            messages.error(request, str(why_not))
            return redirect("forum_check", pk)
        messages.success(request, _("Kutsut lähtevät. Vastaukset näet tältä sivulta."))
        return redirect(forum)
    people = invited_to(forum)
    reach = people.exclude(forum_participations__forum=forum).count()
    if why := rules.why_not_invite(request.user, forum, people.count()):
        refusal = str(why)
    else:
        refusal = "" if reach else _("Kaikki, joita tämä koskee, on jo kutsuttu.")
    return render(
        request,
        "network/forum_check.html",
        {
            "forum": forum,
            "rows": _check_rows(forum),
            "letter": forum_letter(forum),
            "reach": ngettext("Kutsun saa %(count)d työntekijä.", "Kutsun saa %(count)d työntekijää.", reach)
            % {"count": reach},
            "refusal": refusal,
            "breadcrumb": _trail(forum, (_("Tarkista ja lähetä"), "")),
        },
    )


def _check_rows(forum: AreaForum) -> list[dict[str, Any]]:
    edit = reverse("forum_edit", args=[forum.pk])
    sectors = words.listed(str(Sector(one).label) for one in forum.sectors)
    units = words.listed(forum.units.order_by(finnish("name")))
    return [
        {"term": _("Mikä"), "text": name_of(forum), "change_url": edit},
        {"term": _("Aika"), "text": words.span(forum.starts_at, forum.ends_at), "change_url": edit},
        {"term": _("Paikka"), "text": forum.place, "change_url": edit},
        {"term": _("Teemat"), "text": forum.themes, "change_url": edit},
        {"term": _("Toimialat"), "text": sectors or _("kaikki toimialat"), "change_url": edit},
        {
            "term": _("Yksiköt"),
            "text": units or _("kaikki näiden yksiköt"),
            "change_url": reverse("forum_units", args=[forum.pk]),
        },
    ]


def forum_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """When, where, about what, who comes; afterwards what was talked about and what came of it."""
    forum, worker = _forum(request, pk), request.user
    rows = ForumParticipation.objects.filter(forum=forum)
    mine = rows.filter(worker=worker).first()
    held = forum.held_at is not None
    coming = rows.filter(answer__in=[ForumAnswer.COMING, ForumAnswer.MAYBE])
    there = rows.filter(came=True) if held else coming
    people = there.select_related("worker__unit").order_by(
        "answer", finnish("worker__last_name"), finnish("worker__first_name"), "pk"
    )
    needs = DevelopmentNeed.objects.visible_to(worker).filter(forum=forum).with_people()
    return render(
        request,
        "network/forum_detail.html",
        {
            "forum": forum,
            "title": name_of(forum),
            "lead": words.span(forum.starts_at, forum.ends_at),
            "held": held,
            "is_cancelled": forum.cancelled_at is not None,
            "people": [person(one.worker, chip=None if held else _chip(one)) for one in people[:MOST_PEOPLE]],
            "how_many": _how_many(rows, held=held),
            "more": max(0, there.count() - MOST_PEOPLE),
            "answers": [
                {
                    "value": value.value,
                    "label": label,
                    "css": css,
                    "chosen": mine is not None and mine.answer == value,
                }
                for value, label, css in ANSWERS
            ]
            if rules.why_not_answer(worker, forum) is None
            else [],
            "my_answer": mine.get_answer_display() if mine and mine.answer != ForumAnswer.PENDING else "",
            "needs": [need_row(one) for one in needs],
            "arranges": rules.why_not_arrange(worker) is None,
            "can_change": rules.why_not_change(worker, forum) is None,
            "can_record": rules.why_not_record(worker, forum) is None,
            "can_cancel": rules.why_not_cancel(worker, forum) is None,
            "breadcrumb": _trail(forum),
        },
    )


def _chip(one: ForumParticipation) -> dict[str, str]:
    return {"text": one.get_answer_display(), "tone": TONES[ForumAnswer(one.answer)]}


def _how_many(rows: QuerySet[ForumParticipation], *, held: bool) -> str:
    """14 tulossa, 11 ehkä; afterwards: 12 tuli."""
    if held:
        return _("%(count)d tuli") % {"count": rows.filter(came=True).count()}
    coming = rows.filter(answer=ForumAnswer.COMING).count()
    maybe = rows.filter(answer=ForumAnswer.MAYBE).count()
    if not maybe:
        return _("%(count)d tulossa") % {"count": coming}
    return _("%(count)d tulossa, %(maybe)d ehkä") % {"count": coming, "maybe": maybe}


@require_POST
def forum_answer(request: WorkerRequest, pk: int) -> HttpResponse:
    """One's own answer."""
    forum = _forum(request, pk)
    says = request.POST.get("answer", "")
    if says in {value.value for value, _label, _css in ANSWERS}:
        with refusals_as_messages(request):
            actions.answer(forum=forum, by=request.user, says=ForumAnswer(says))
            messages.success(request, _("Vastauksesi on kirjattu. Voit muuttaa sitä täällä."))
    return redirect(forum)


def forum_record(request: WorkerRequest, pk: int) -> HttpResponse:
    """The forum was held: who came and what was talked about."""
    forum = _arranged(request, pk)
    if why := rules.why_not_record(request.user, forum):
        return refused(request, why, forum)
    form = ForumRecordForm(sent(request), forum=forum, cancel_url=forum.get_absolute_url())
    return form_page(
        request,
        form,
        lambda: actions.record(
            forum=forum,
            by=request.user,
            came=form.cleaned_data.get("came", []),
            notes=form.cleaned_data["notes"],
            seen_version=form.cleaned_data["version"],
        ),
        title=_("Kirjaa foorumi"),
        done=_("Foorumi on kirjattu. Kirjaa vielä, mikä kaipaa kehittämistä."),
        breadcrumb=_trail(forum, (_("Kirjaaminen"), "")),
    )


def forum_cancel(request: WorkerRequest, pk: int) -> HttpResponse:
    """Cancel the forum, after a second look."""
    forum = _arranged(request, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.cancel(forum=forum, by=request.user)
            messages.success(request, _("Foorumi on peruttu. Kutsutuille lähtee siitä tieto."))
        return redirect("forum_list")
    if why := rules.why_not_cancel(request.user, forum):
        return refused(request, why, forum)
    return sure_page(
        request,
        title=_("Perutaanko foorumi?"),
        text=_("%(name)s, %(when)s. Kutsutut saavat tiedon.")
        % {"name": name_of(forum), "when": words.span(forum.starts_at, forum.ends_at)},
        button=_("Peru foorumi"),
        back=forum.get_absolute_url(),
        breadcrumb=_trail(forum, (_("Peruminen"), "")),
    )
