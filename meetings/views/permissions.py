"""The family's permissions as those who take care of its matters see them: all, a new one, one taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.models import ClosePerson, Consent, OutsideProfessional, Team, Unit, Worker
from network.models.directory_texts import TextSource
from network.requests import WorkerRequest
from network.search import search
from network.states import ConsentMethod, ConsentPurpose
from perhekeskus import words
from perhekeskus.refusals import Refused, refusals_as_messages

from ..actions import permissions as actions
from ..forms.permissions import PermissionForm, ReceiverSearchForm
from ..looks import open_meeting, open_situation
from ..models import Meeting, Situation
from ..people import name_for_worker, places_opened_to, sees_places
from ..rules.permissions import why_not_give
from ..waiting import number_of

METHODS = require_http_methods(["GET", "HEAD", "POST"])
Receiver = Worker | Unit | Team | OutsideProfessional | ClosePerson
MOST_FOUND = 15


@METHODS
def situation_permissions(request: WorkerRequest, pk: int) -> HttpResponse:
    """Every permission of the family, in force and gone; and the way to write down a new one."""
    situation, ground = open_situation(request, pk, _("Perheen luvat"))
    if not ground.opens_all:
        return redirect(situation)
    consents = list(
        situation.family.consents.with_receivers()
        .select_related("given_by", "given_with", "recorded_by", "withdrawn_recorded_by")
        .order_by("-given_at", "-pk")
    )
    with_places = sees_places(situation.family, ground)

    def name_of(one: Consent) -> str:
        return name_for_worker(one, situation.family, with_places=with_places)

    return render(
        request,
        "meetings/situation_permissions.html",
        {
            "situation": situation,
            "title": number_of(situation),
            "in_force": [_row(one, name_of(one)) for one in consents if one.is_in_force],
            "gone": [_row(one, name_of(one)) for one in consents if not one.is_in_force],
            "why_not": why_not_give(request.user, situation),
        },
    )


@METHODS
def situation_permission_give(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write a permission down: first to whom, then the rest."""
    situation, ground = open_situation(request, pk, _("Luvan kirjaaminen"))
    if not ground.opens_all:
        return redirect(situation)
    if refused := why_not_give(request.user, situation):
        messages.error(request, str(refused))
        return redirect("situation_permissions", situation.pk)
    context: dict[str, Any] = {"situation": situation, "title": number_of(situation)}
    chosen = request.GET.get("saaja", "")
    if not chosen:
        form = ReceiverSearchForm(request.GET if "haku" in request.GET else None)
        text = form.cleaned_data["haku"] if form.is_bound and form.is_valid() else ""
        context |= {"search": form, "asked": bool(text), "groups": _groups(request.user, situation, text)}
        return render(request, "meetings/situation_permission_receiver.html", context)
    receiver = _receiver(request.user, situation, chosen)
    permission = PermissionForm(request.POST if request.method == "POST" else None, situation=situation)
    if permission.is_bound and permission.is_valid():
        said = permission.cleaned_data
        try:
            actions.give(
                situation=situation,
                by=request.user,
                to=receiver,
                purpose=ConsentPurpose(said["purpose"]),
                topics=said["all_topics"],
                valid_until=said["until"],
                method=ConsentMethod(said["method"]),
                given_by=said["given_by"].given_by,
                given_with=said["given_by"].given_with,
            )
        except Refused as refusal:
            permission.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lupa on kirjattu: %(name)s.") % {"name": receiver})
            return redirect("situation_permissions", situation.pk)
    context |= {"form": permission, "lead": ", ".join(filter(None, (str(receiver), _note(receiver))))}
    status = 422 if permission.is_bound else 200
    return render(request, "meetings/situation_permission_give.html", context, status=status)


@METHODS
def permission_withdraw(request: WorkerRequest, pk: int) -> HttpResponse:
    """Write down that the family takes a permission back, after a second look."""
    opened = Situation.objects.opened_to(request.user)
    consent = get_object_or_404(
        Consent.objects.in_force().filter(family__situations__in=opened).distinct(), pk=pk
    )
    what = _("Luvan peruminen")
    participation = (
        consent.participations.filter(meeting__situation__in=opened).order_by("-meeting", "-pk").first()
    )
    back: Meeting | Situation
    if participation is not None:
        back, _ground = open_meeting(request, participation.meeting_id, what)
        situation = back.situation
    else:
        # Only an invitation is permitted for a meeting.
        newest = opened.filter(family=consent.family_id).order_by("-opened_at", "-pk")[0]
        situation, _ground = open_situation(request, newest.pk, what)
        back = situation
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.withdraw(consent=consent, by=request.user)
            messages.success(request, _withdrawn()[ConsentPurpose(consent.purpose)])
        # Who was let in by this very permission sees the family's matters no more.
        return redirect(back if opened.filter(pk=situation.pk).exists() else "home")
    return render(
        request,
        "meetings/permission_withdraw.html",
        {
            "situation": situation,
            "back_url": back.get_absolute_url(),
            "receiver": name_for_worker(
                consent, situation.family, with_places=places_opened_to(request.user, situation)
            ),
            "consequence": _consequence()[ConsentPurpose(consent.purpose)],
            "title": number_of(situation),
        },
    )


def _consequence() -> dict[ConsentPurpose, str]:
    return {
        ConsentPurpose.INVITE: _(
            "Hänen kutsunsa perutaan heti, muistutukset loppuvat, eikä hän näe enää perheen asioita."
        ),
        ConsentPurpose.COPY: _(
            "Hän ei enää näe suunnitelmaa, eikä hän ole perheen vastuutyöntekijä. Muistutukset hänelle"
            " loppuvat. Jo annettua paperia emme voi ottaa takaisin."
        ),
        ConsentPurpose.CONSULT: _("Häneltä ei saa enää kysyä neuvoa perheen asioista."),
        ConsentPurpose.INFORM: _("Hänelle ei enää kerrota perheen asioista."),
    }


def _withdrawn() -> dict[ConsentPurpose, str]:
    return {
        ConsentPurpose.INVITE: _("Lupa on peruttu. Kutsu perutaan heti, ja muistutukset loppuvat."),
        ConsentPurpose.COPY: _("Lupa on peruttu. Hän ei enää näe suunnitelmaa."),
        ConsentPurpose.CONSULT: _("Lupa on peruttu. Häneltä ei saa enää kysyä neuvoa."),
        ConsentPurpose.INFORM: _("Lupa on peruttu. Hänelle ei enää kerrota perheen asioista."),
    }


def _row(consent: Consent, name: str) -> dict[str, Any]:
    givers = words.listed(
        one.first_name for one in (consent.given_by, consent.given_with) if one is not None
    ) or _("perhe")
    given = _("Antoi %(who)s %(day)s, %(method)s.") % {
        "who": givers,
        "day": words.day(consent.given_at),
        "method": consent.get_method_display(),
    }
    lines = [given]
    if consent.minor_alone is not None:
        lines.append(_("Nuori päätti yksin, huoltajalta ei kysytty."))
    if consent.recorded_by is not None:
        lines.append(_("Kirjasi %(name)s.") % {"name": consent.recorded_by.name})
    if consent.valid_until is not None:
        lines.append(_("Voimassa enintään %(day)s.") % {"day": words.day(consent.valid_until)})
    if consent.withdrawn_at is not None:
        recorder = consent.withdrawn_recorded_by
        by = recorder.name if recorder is not None else _("perhe omalla sivullaan")
        lines.append(
            _("Peruttu tai korvattu %(when)s, kirjasi %(name)s.")
            % {"when": words.moment(consent.withdrawn_at), "name": by}
        )
    return {
        "pk": consent.pk,
        "name": name,
        "purpose": str(consent.get_purpose_display()),
        "topics": words.listed(consent.topics),
        "lines": lines,
        "url": reverse("permission_withdraw", args=[consent.pk]),
    }


# --- to whom --------------------------------------------------------------------------------------


def _receivers(worker: Worker, situation: Situation) -> dict[str, Any]:
    """Whom this worker can write down as a receiver of this family's permission, by kind."""
    return {
        "worker": Worker.objects.visible_to(worker).working_with_families().select_related("unit"),
        "unit": Unit.objects.visible_to(worker).select_related("organisation"),
        "team": Team.objects.visible_to(worker),
        "outside_professional": OutsideProfessional.objects.visible_to(worker),
        "close_person": situation.family.close_people.all(),
    }


def _receiver(worker: Worker, situation: Situation, chosen: str) -> Receiver:
    kind, _dash, key = chosen.rpartition("-")
    rows = _receivers(worker, situation).get(kind)
    if rows is None or not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    found: Receiver = get_object_or_404(rows, pk=int(key))
    return found


def _groups(worker: Worker, situation: Situation, text: str) -> list[dict[str, Any]]:
    """The close people at once; the others when they are looked for."""
    rows = _receivers(worker, situation)
    close = [_choice("close_person", one) for one in rows["close_person"]]
    groups = [{"title": _("Perheen läheiset"), "rows": close}]
    if text:
        kinds = {TextSource.WORKER: "worker", TextSource.UNIT: "unit", TextSource.TEAM: "team"}
        among = {source.value: rows[kind] for source, kind in kinds.items()}
        found = search(text, among, near=True, most=MOST_FOUND).matches
        for source, kind in kinds.items():
            keys = [match.pk for match in found if match.kind == source]
            by_key = rows[kind].in_bulk(keys)
            choices = [_choice(kind, by_key[key]) for key in keys]
            groups.append({"title": _TITLES[kind](), "rows": choices})
        outside = rows["outside_professional"].filter(name__icontains=text)[:MOST_FOUND]
        groups.append(
            {
                "title": _("Ammattilaiset verkoston ulkopuolelta"),
                "rows": [_choice("outside_professional", one) for one in outside],
            }
        )
    return [group for group in groups if group["rows"]]


_TITLES = {
    "worker": lambda: _("Työntekijät"),
    "unit": lambda: _("Yksiköt"),
    "team": lambda: _("Tiimit"),
}


def _choice(kind: str, one: Receiver) -> dict[str, str]:
    return {
        "initials": words.initials(one),
        "name": str(one),
        "note": _note(one),
        "query": f"?saaja={kind}-{one.pk}",
    }


def _note(one: Receiver) -> str:
    match one:
        case Worker():
            return f"{one.title}, {one.unit}"
        case Unit():
            return str(one.organisation)
        case OutsideProfessional():
            return one.organisation
        case ClosePerson():
            return one.relation
    return ""
