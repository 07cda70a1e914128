"""Who keeps the teams, and who may belong to them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Area, Team, Worker
from ..states import TeamCalling


def why_not_edit_teams(by: Worker) -> Sentence | None:
    if not (by.is_active and (by.is_coordinator or by.is_administrator)):
        return _("Vain koordinaattori ja pääkäyttäjä voivat muuttaa tiimin tietoja.")
    return None


def why_not_seen(team: Team, seen_version: int) -> Sentence | None:
    if team.version != seen_version:
        return _("Joku muu on muuttanut tiimin tietoja sen jälkeen, kun avasit sivun. Katso ne uudelleen.")
    return None


def why_not_called(
    calling: TeamCalling, coordinator: Worker | None, member_keys: Iterable[int], has_times: bool
) -> Sentence | None:
    """Why a team can't be called like this."""
    if calling == TeamCalling.COORDINATOR and coordinator is None:
        return _("Valitse, kenen kautta tiimi kutsutaan.")
    if coordinator is not None and coordinator.pk not in set(member_keys):
        return _("Tiimin koordinaattori on aina tiimin jäsen. Lisää hänet ensin jäseneksi.")
    if calling == TeamCalling.WEEKLY and not has_times:
        return _("Kun tiimi kutsutaan sen omiin aikoihin, ajat on kerrottava.")
    return None


def why_not_member(worker: Worker) -> Sentence | None:
    if not worker.works_with_families:
        return _("%(name)s ei työskentele perheiden kanssa.") % {"name": worker.name}
    return None


def why_not_leave(team: Team, worker: Worker) -> Sentence | None:
    if team.coordinator_id == worker.pk:
        return _("%(name)s on tiimin koordinaattori. Vaihda ensin koordinaattori.") % {"name": worker.name}
    return None


def why_not_area(name: str, team: Team | None) -> Sentence | None:
    """An area has one team, and a name of its own."""
    others = Area.objects.filter(name=name)
    if team is not None:
        others = others.exclude(pk=team.area_id)
    if others.filter(team__isnull=False).exists() or (team is not None and others.exists()):
        return _("Tällä alueella on jo tiimi. Anna alueelle toinen nimi.")
    return None
