"""The family's own page: where we are, what waits for us, who knows of our matters, who has looked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from network.models import Consent, Family, Invitation
from network.states import ConsentPurpose
from network.whereabouts import title_and_place_of_work
from perhekeskus import words
from perhekeskus.models import AccessLog

from ..agreed import has_agreed_plan
from ..family_cards import cards_of
from ..looks import looks_of_others, own_looks
from ..models import Contribution, FeedbackReceipt, Meeting, Situation
from ..offered import live_times
from ..people import OF_PURPOSE, shown_name, shown_work
from ..places import place_for_family
from ..polled import family_voice
from ..rules.meetings import awaits_family
from ..states import OPEN_MEETINGS, OPEN_STAGES, UPCOMING, MeetingStatus, Stage
from ..time_changes import earlier_wish, waiting_change
from .by_link import family_page
from .koppi import offered_to_family
from .situation_page import stage_line

WHERE_WE_ARE = {
    Stage.RAISED: gettext_lazy("Olette puhuneet työntekijän kanssa. Mitään ei tapahdu ilman teitä."),
    Stage.CONVENING: gettext_lazy(
        "Yhteistä aikaa valmistellaan. Te päätätte, keitä kutsutaan ja mistä puhutaan."
    ),
    Stage.SHARED_TIME: gettext_lazy("Kutsut yhteiseen aikaan on lähetetty niille, joille annoitte luvan."),
    Stage.PLAN: gettext_lazy("Teillä on yhteinen suunnitelma. Jokainen tekee sen, mitä lupasi."),
    Stage.EVERYDAY: gettext_lazy("Arkenne sujuu. Voitte ottaa yhteyttä milloin vain."),
    Stage.ENDED: gettext_lazy(
        "Asianne hoitaminen on päättynyt tältä erää. Voitte ottaa yhteyttä milloin vain."
    ),
}


@require_safe
@family_page(gettext_lazy("Perheen oma sivu"))
def family_home(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Where we are and what waits for us."""
    situation = current_situation(family)
    meeting = open_meeting_of(situation)
    return render(
        request,
        "meetings/family_home.html",
        {
            "where": _where_we_are(situation, meeting) if situation else "",
            "stages": stage_line(situation) if situation and situation.stage in _LINE else [],
            "waits": _waits(meeting, token),
            "times_url": reverse("family_times", args=[token])
            if meeting is not None and live_times(meeting)
            else "",
            "change_url": reverse("family_reschedule", args=[token]) if waiting_change(meeting) else "",
            "earlier": earlier_wish(meeting),
            "earlier_url": reverse("family_earlier", args=[token]),
            "poll_url": reverse("family_poll", args=[token]) if family_voice(meeting) else "",
            "feedback_url": reverse("family_feedback", args=[token]) if _is_asked_how_it_was(family) else "",
            "time": _time(meeting, family),
            "written": meeting is not None and _is_written_to(meeting),
            "prepare_url": reverse("family_prepare", args=[token])
            if meeting is not None and meeting.status != MeetingStatus.DRAFT
            else "",
            "plan_url": _plan_url(situation, token),
            "cards": cards_of(situation, token),
            "holder": _holder(situation),
            "koppi_offered": offered_to_family(situation, family),
            "permissions": permission_rows(family),
            "permissions_url": reverse("family_permissions", args=[token]),
            "network_url": reverse("family_network", args=[token]),
            "looks_url": reverse("family_looks", args=[token]),
            "children_url": reverse("family_child_views", args=[token]),
            "advice_url": reverse("family_consultations", args=[token]),
        },
    )


def _where_we_are(situation: Situation, meeting: Meeting | None) -> str:
    """Where the family's matter is now, in a sentence or two."""
    if meeting is not None and meeting.status == MeetingStatus.DECIDED:
        return _("Olette päättäneet, keitä kutsutaan ja mistä puhutaan. Nyt etsitään sopivaa aikaa.")
    if meeting is None and situation.stage == Stage.SHARED_TIME:
        latest = situation.meetings.order_by("-pk").first()
        if latest is not None and latest.status == MeetingStatus.HELD:
            return _("Yhteinen aika on pidetty. Seuraavaksi kirjoitetaan yhteinen suunnitelma.")
    return str(WHERE_WE_ARE[Stage(situation.stage)])


@require_safe
@family_page(gettext_lazy("Luettelo katsojista"))
def family_looks(request: HttpRequest, family: Family, token: str) -> HttpResponse:
    """Who has looked at our matters: who, from where, at what, when, on which ground."""
    own = own_looks(family)
    page = Paginator(looks_of_others(family), 25).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/family_looks.html",
        {
            "days": _by_day(page.object_list, family),
            "page": page,
            # This very look is on record too, but it is not news.
            "own_count": own.count(),
            "home_url": reverse("family_home", args=[token]),
        },
    )


def _by_day(looks: Iterable[AccessLog], family: Family) -> list[dict[str, Any]]:
    """The looks of each day, the newest first; the same person at the same thing is one row."""
    days: dict[date, dict[tuple[str, ...], list[AccessLog]]] = {}
    for look in looks:
        same = (look.who, look.organisation, look.what, look.ground)
        days.setdefault(timezone.localdate(look.at), {}).setdefault(same, []).append(look)
    return [
        {
            "day": words.day(day),
            "rows": [
                {
                    "who": who,
                    "organisation": "" if family.address_protected else organisation,
                    "what": what,
                    "ground": ground,
                    "times": words.listed(dict.fromkeys(words.clock(one.at) for one in reversed(rows))),
                }
                for (who, organisation, what, ground), rows in found.items()
            ],
        }
        for day, found in days.items()
    ]


def _is_asked_how_it_was(family: Family) -> bool:
    waiting = FeedbackReceipt.objects.of_family().waiting()
    return waiting.filter(meeting__situation__family=family).exists()


_PLANNED = {Stage.PLAN, Stage.EVERYDAY}
_LINE = {*OPEN_STAGES, Stage.EVERYDAY}


def current_situation(family: Family) -> Situation | None:
    """The family's open situation, or the latest one."""
    situations = list(
        family.situations.select_related("holder__unit", "family").order_by("-opened_at", "-pk")
    )
    return next((one for one in situations if one.is_open), situations[0] if situations else None)


def open_meeting_of(situation: Situation | None) -> Meeting | None:
    """The meeting that is being prepared or waited for."""
    if situation is None:
        return None
    return (
        situation.meetings.filter(status__in=OPEN_MEETINGS)
        .select_related("situation__family", "convener__unit", "room__unit")
        .first()
    )


def permission_rows(family: Family) -> list[dict[str, Any]]:
    """The permissions in force: to whom, for what, about what, since when."""
    coming = Invitation.objects.open().select_related("coming_worker")
    consents = (
        family.consents.in_force()
        .with_receivers()
        .select_related("given_by")
        .prefetch_related(Prefetch("invitations", coming, to_attr="open_invitations"))
        .order_by("given_at", "pk")
    )
    return [_permission_row(consent, family) for consent in consents]


def _permission_row(consent: Consent, family: Family) -> dict[str, Any]:
    name = shown_name(consent, family)
    came_along: list[Invitation] = consent.open_invitations  # type: ignore[attr-defined]
    return {
        "pk": consent.pk,
        "initials": words.initials(name),
        "name": name,
        "from_where": next((one.comes for one in came_along if one.comes), shown_work(consent, family)),
        "purpose": str(OF_PURPOSE[ConsentPurpose(consent.purpose)]),
        "topics": words.listed(consent.topics),
        "since": words.day(consent.given_at),
        "until": words.day(consent.valid_until) if consent.valid_until else "",
        "alone": consent.minor_alone.first_name if consent.minor_alone else "",
    }


def _waits(meeting: Meeting | None, token: str) -> dict[str, Any]:
    url = reverse("family_decide", args=[token])
    if meeting is None or meeting.status == MeetingStatus.DRAFT:
        return {}
    if awaits_family(meeting):
        return {
            "title": _("Teidän päätöstänne odotetaan"),
            "text": _("%(name)s ehdottaa, keitä yhteiseen aikaan kutsutaan ja mistä puhutaan. Te päätätte.")
            % {"name": meeting.convener.name},
            "label": _("Päättäkää, keitä kutsutaan"),
            "url": url,
            "is_first": True,
        }
    return {
        "title": _("Teidän päätöksenne"),
        "text": _(
            "Olette päättäneet, keitä kutsutaan ja mistä puhutaan. Voitte muuttaa mieltänne milloin vain."
        ),
        "label": _("Katsokaa tai muuttakaa päätöstä"),
        "url": url,
        "is_first": False,
    }


def _is_written_to(meeting: Meeting) -> bool:
    """Whether one who can't come has written words that wait for the family's own."""
    if meeting.status != MeetingStatus.INVITED:
        return False
    waiting = Contribution.objects.readable().filter(participation__meeting=meeting, may_be_read=None)
    return waiting.exists()


def _time(meeting: Meeting | None, family: Family) -> dict[str, str]:
    if meeting is None or meeting.status not in UPCOMING or meeting.period is None:
        return {}
    if meeting.period.upper <= timezone.now():
        return {}
    # A protected address: no place is shown where others could see it over a shoulder.
    place = place_for_family(meeting)
    if family.address_protected:
        place = _("Työntekijänne kertoo paikan teille.")
    return {
        "when": words.span(meeting.period.lower, meeting.period.upper),
        "place": place,
        "address": meeting.room.unit.address if meeting.room and not family.address_protected else "",
        "remote_url": "" if family.address_protected else meeting.remote_url,
        "convener": meeting.convener.name,
        "note": ""
        if meeting.status == MeetingStatus.INVITED
        else _("Aika on varattu. Kutsut lähtevät pian."),
    }


def _holder(situation: Situation | None) -> dict[str, str]:
    if situation is None:
        return {}
    holder, family = situation.holder, situation.family
    # The number of a unit tells the unit.
    phone: Any = holder.phone or ("" if family.address_protected else holder.unit.phone)
    return {
        "initials": words.initials(holder.name),
        "name": holder.name,
        "from_where": title_and_place_of_work(holder, family),
        "phone": words.telephone(phone),
        "phone_url": f"tel:{phone.as_e164}" if phone else "",
    }


def _plan_url(situation: Situation | None, token: str) -> str:
    if situation is None or not (situation.stage in _PLANNED or has_agreed_plan(situation)):
        return ""
    try:
        return reverse("family_plan", args=[token])
    except NoReverseMatch:
        return ""
