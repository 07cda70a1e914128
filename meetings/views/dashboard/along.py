"""Along the way: what came of talks and advice, how soon families met, where the chain breaks."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest

from ...dashboard import chain, waiting_now, waits
from ...dashboard.along import advice, talk_table, talks_and_chain
from ...dashboard.parts import counted
from .frame import asked_range, dashboard_page
from .tables import shown_table


@require_safe
def count_along(request: WorkerRequest) -> HttpResponse:
    """From the first talk to the shared time, in numbers of the whole network."""
    asked = asked_range(request)
    talks, the_chain = talks_and_chain(request.user, asked.range)
    advised = advice(request.user, asked.range)
    waited = waits.waits(request.user, asked.today)
    waiting = waiting_now.waiting_now(request.user)
    return dashboard_page(
        request,
        "meetings/dashboard/count_along.html",
        {
            "talks": talks,
            "talk_chart": talks.parts.bars(_("Mitä keskusteluissa sovittiin")),
            "talk_table": shown_table(talk_table(talks, asked.range), asked.query),
            "advice": advised,
            "advice_tables": [shown_table(table, asked.query) for table in advised.tables],
            "wait_chart": waits.picture(waited),
            "wait_table": shown_table(waits.table(waited)),
            "latest_wait": _latest(waited),
            "waiting": shown_table(waiting) if waiting.rows else None,
            "chain": the_chain,
            "chain_chart": the_chain.picture(),
            "chain_table": shown_table(the_chain.table(), asked.query),
        },
        title=_("Matkan varrella"),
        lead=_("Mitä puheeksioton jälkeen tapahtuu ja kuinka nopeasti perhe pääsee yhteiseen aikaan."),
        asked=asked,
        counted=[*counted("talk", "advice", "wait"), waiting_now.TOLD, chain.TOLD],
    )


def _latest(waited: list[waits.Wait]) -> dict[str, str]:
    """The newest quarter of which it is told how soon half of the families met."""
    for one in reversed(waited):
        if one.median is not None:
            most = waits.at_most_in_words(one.most) if one.most is not None else ""
            return {"quarter": one.name, "median": waits.at_most_in_words(one.median), "most": most}
    return {}
