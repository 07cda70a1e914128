"""The kutsukäytäntö of a team in words: how its people are asked to a shared time."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from perhekeskus import words

from .models import Team, TeamTime
from .states import TeamCalling

ON_WEEKDAYS = {
    1: gettext_lazy("maanantaisin"),
    2: gettext_lazy("tiistaisin"),
    3: gettext_lazy("keskiviikkoisin"),
    4: gettext_lazy("torstaisin"),
    5: gettext_lazy("perjantaisin"),
    6: gettext_lazy("lauantaisin"),
    7: gettext_lazy("sunnuntaisin"),
}


def time_words(one: TeamTime) -> str:
    """tiistaisin klo 13.00–15.00"""
    return _("%(day)s klo %(starts)s–%(ends)s") % {
        "day": ON_WEEKDAYS[one.weekday],
        "starts": words.clock(one.starts),
        "ends": words.clock(one.ends),
    }


def calling_words(team: Team) -> list[str]:
    """How the team is called, a sentence for each thing to know."""
    if team.calling == TeamCalling.WEEKLY:
        when = words.listed(time_words(one) for one in team.times.all())
        sentences = [_("Tiimi kokoontuu %(when)s. Yhteinen aika sovitaan näihin aikoihin.") % {"when": when}]
    elif team.calling == TeamCalling.COORDINATOR and team.coordinator is not None:
        who = team.coordinator.name
        if number := words.telephone(team.coordinator.phone or team.phone):
            who = f"{who}, {number}"
        sentences = [
            _("Tiimi kutsutaan koordinaattorin kautta: %(who)s. Hän kertoo, kuka tulee.") % {"who": who}
        ]
    else:
        sentences = [_("Tiimin jäseniltä kysytään suoraan.")]
    if team.coordinator is not None and not team.coordinator.is_active:
        # Whoever keeps the team has to name another; until then nobody waits for one who has left.
        sentences = [_("Tiimin koordinaattori on lähtenyt verkostosta. Kysy jäseniltä suoraan.")]
    if team.notice_days:
        sentences.append(
            ngettext(
                "Kutsu tarvitaan viimeistään %(days)d päivä ennen.",
                "Kutsu tarvitaan viimeistään %(days)d päivää ennen.",
                team.notice_days,
            )
            % {"days": team.notice_days}
        )
    return sentences
