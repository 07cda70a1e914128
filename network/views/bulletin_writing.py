"""Writing a bulletin page by page: the words, whom it concerns, check and send."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import bulletins as actions
from ..audiences import audience_of
from ..forms.bulletins import MEMBERS, OTHERS, AudienceForm, BulletinForm, UnitsForm
from ..models import Bulletin, Group
from ..requests import WorkerRequest
from ..rules import bulletins as rules
from ..sorting import finnish
from ..states import Sector
from .bulletins import get_bulletin, sender_of
from .group_pages import a_number, form_page, refused, sent, trail


def bulletin_create(request: WorkerRequest) -> HttpResponse:
    """The words of a new bulletin: in the name of a group, or of a coordinator."""
    group = None
    if "ryhma" in request.GET:
        groups = Group.objects.visible_to(request.user)
        group = get_object_or_404(groups, pk=a_number(request.GET.get("ryhma")))
    elif rules.why_not_send(request.user, None):
        return _choose_group(request)
    if why := rules.why_not_send(request.user, group):
        return refused(request, why, group or "bulletin_list")
    back = group.get_absolute_url() if group else reverse("bulletin_list")
    form = BulletinForm(sent(request), group=group, cancel_url=back)

    def save() -> str:
        draft = actions.write(bulletin=Bulletin(group=group), by=request.user, fields=form.words)
        return _after_words(draft)

    return form_page(
        request,
        form,
        save,
        title=_("Uusi tiedote"),
        lead=_("Lähettäjä: %(name)s") % {"name": group.name if group else request.user.name},
        breadcrumb=trail("bulletin_list", (_("Uusi tiedote"), "")),
    )


def _choose_group(request: WorkerRequest) -> HttpResponse:
    """In whose name: one who keeps groups writes for one of them."""
    groups = list(Group.objects.kept_by(request.user).active().order_by(finnish("name")))
    if not groups:
        return refused(request, rules.why_not_send(request.user, None), "bulletin_list")
    return render(
        request,
        "network/bulletin_group.html",
        {
            "rows": [
                {"name": group.name, "url": f"{reverse('bulletin_create')}?ryhma={group.pk}"}
                for group in groups
            ],
            "breadcrumb": trail("bulletin_list", (_("Uusi tiedote"), "")),
        },
    )


def _after_words(draft: Bulletin) -> str:
    """A bulletin for a group's members is ready to be checked; of others it is asked who they are."""
    return reverse("bulletin_check" if draft.is_for_members else "bulletin_audience", args=[draft.pk])


def _draft(request: WorkerRequest, pk: int) -> Bulletin:
    """A bulletin that may still be changed; 404 for those who do not send it."""
    bulletin = get_bulletin(request, pk)
    if rules.why_not_send(request.user, bulletin.group):
        raise Http404
    return bulletin


def _trail(bulletin: Bulletin, label: str) -> list[dict[str, str]]:
    return trail(
        "bulletin_list", (bulletin.title, reverse("bulletin_check", args=[bulletin.pk])), (label, "")
    )


def bulletin_edit(request: WorkerRequest, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    bulletin = _draft(request, pk)
    if why := rules.why_not_edit(request.user, bulletin):
        return refused(request, why, bulletin)
    check = reverse("bulletin_check", args=[pk])
    form = BulletinForm(
        sent(request),
        group=bulletin.group,
        cancel_url=check,
        initial={
            "title": bulletin.title,
            "text": bulletin.text,
            "whom": MEMBERS if bulletin.is_for_members else OTHERS,
            "version": bulletin.version,
        },
    )

    def save() -> str:
        was_for_members = bulletin.is_for_members
        draft = actions.write(
            bulletin=bulletin,
            by=request.user,
            fields=form.words,
            seen_version=form.cleaned_data["version"] or 0,
        )
        return _after_words(draft) if was_for_members != draft.is_for_members else check

    return form_page(
        request, form, save, title=_("Tiedotteen teksti"), breadcrumb=_trail(bulletin, _("Teksti"))
    )


def bulletin_audience(request: WorkerRequest, pk: int) -> HttpResponse:
    """The municipalities and sectors that the bulletin concerns."""
    bulletin = _draft(request, pk)
    if why := rules.why_not_edit(request.user, bulletin):
        return refused(request, why, bulletin)
    check = reverse("bulletin_check", args=[pk])
    form = AudienceForm(
        sent(request),
        cancel_url=check,
        initial={
            "municipalities": list(bulletin.municipalities.values_list("pk", flat=True)),
            "sectors": bulletin.sectors,
            "version": bulletin.version,
        },
    )

    def save() -> str:
        actions.aim(
            bulletin=bulletin,
            by=request.user,
            municipalities=form.cleaned_data["municipalities"],
            sectors=form.cleaned_data["sectors"],
            seen_version=form.cleaned_data["version"],
        )
        return check

    return form_page(
        request,
        form,
        save,
        title=_("Ketä tiedote koskee?"),
        about_work=False,
        breadcrumb=_trail(bulletin, _("Keille")),
    )


def bulletin_units(request: WorkerRequest, pk: int) -> HttpResponse:
    """Only some of the units in those places."""
    bulletin = _draft(request, pk)
    if why := rules.why_not_edit(request.user, bulletin):
        return refused(request, why, bulletin)
    check = reverse("bulletin_check", args=[pk])
    units = list(
        actions.units_within(bulletin)
        .filter(workers__is_active=True)
        .distinct()
        .select_related("municipality")
        .order_by("municipality", "name", "pk")
    )
    form = UnitsForm(
        sent(request),
        units=units,
        cancel_url=check,
        initial={
            "units": list(bulletin.units.values_list("pk", flat=True)),
            "version": bulletin.version,
        },
    )

    def save() -> str:
        chosen = set(form.cleaned_data["units"])
        actions.aim_at_units(
            bulletin=bulletin,
            by=request.user,
            units=[unit for unit in units if unit.pk in chosen],
            seen_version=form.cleaned_data["version"],
        )
        return check

    return form_page(
        request,
        form,
        save,
        title=_("Mitä yksiköitä tiedote koskee?"),
        about_work=False,
        breadcrumb=_trail(bulletin, _("Yksiköt")),
    )


def bulletin_check(request: WorkerRequest, pk: int) -> HttpResponse:
    """The very text, whom it reaches, and the button that sends it."""
    bulletin = _draft(request, pk)
    if bulletin.published_at is not None:
        return redirect(bulletin)
    if request.method == "POST":
        try:
            actions.publish(
                bulletin=bulletin, by=request.user, seen_version=a_number(request.POST.get("version"))
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("bulletin_check", pk)
        messages.success(request, _("Tiedote on lähetetty. Näet täältä, kuka ei ole vielä lukenut sitä."))
        return redirect("bulletin_receipts", pk)
    reach = audience_of(bulletin).count()
    return render(
        request,
        "network/bulletin_check.html",
        {
            "bulletin": bulletin,
            "rows": _check_rows(bulletin),
            "reach": ngettext(
                "Tämä tavoittaa %(count)d työntekijän.", "Tämä tavoittaa %(count)d työntekijää.", reach
            )
            % {"count": reach}
            if reach
            else _("Tämä ei tavoita ketään. Muuta, keille tiedote lähtee."),
            "reaches": bool(reach),
            "breadcrumb": trail("bulletin_list", (_("Tarkista ja lähetä"), "")),
        },
    )


def _check_rows(bulletin: Bulletin) -> list[dict[str, Any]]:
    pk = bulletin.pk
    rows: list[dict[str, Any]] = [
        {"term": _("Lähettäjä"), "text": sender_of(bulletin)},
        {"term": _("Otsikko"), "text": bulletin.title, "change_url": reverse("bulletin_edit", args=[pk])},
    ]
    if bulletin.is_for_members:
        whom = reverse("bulletin_edit", args=[pk])
        return [*rows, {"term": _("Keille"), "text": _("Ryhmän jäsenille"), "change_url": whom}]
    audience = reverse("bulletin_audience", args=[pk])
    places = bulletin.municipalities.order_by(finnish("name_fi"))
    sectors = [str(Sector(one).label) for one in bulletin.sectors]
    units = bulletin.units.order_by(finnish("name"))
    return [
        *rows,
        {
            "term": _("Kunnat"),
            "text": words.listed(places) or _("kaikki kunnat"),
            "change_url": audience,
        },
        {
            "term": _("Toimialat"),
            "text": words.listed(sectors) or _("kaikki toimialat"),
            "change_url": audience,
        },
        {
            "term": _("Yksiköt"),
            "text": words.listed(units) or _("kaikki näiden yksiköt"),
            "change_url": reverse("bulletin_units", args=[pk]),
        },
    ]


@require_POST
def bulletin_discard(request: WorkerRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    bulletin = _draft(request, pk)
    with refusals_as_messages(request):
        actions.discard(bulletin=bulletin, by=request.user)
        messages.success(request, _("Luonnos on poistettu."))
    return redirect("bulletin_list")
