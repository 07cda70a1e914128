"""The weekly letter to a supervisor: how many situations of the unit wait, and in whose koppi. No family."""

from collections import Counter
from collections.abc import Iterable
from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.models import RegularLetter, Worker
from network.regular_letters import is_first_in_period
from network.states import RegularLetterKind
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import HELSINKI, listed

from .untouched import left_too_long

UNTOUCHED = "untouched_situations"
FROM_CLOCK = time(8)
WEEK = timedelta(days=7)


def tell_supervisors() -> int:
    """A letter a week at most to each supervisor in whose unit something waits; how many were written.

    Safe to run twice, and by many at once: the database refuses a second letter within the week.
    """
    now = timezone.now()
    here = timezone.localtime(now, HELSINKI)
    if here.time() < FROM_CLOCK:
        return 0
    units = left_too_long().order_by().values("holder__unit")
    written = []
    for worker in Worker.objects.active().filter(is_supervisor=True, unit__in=units).order_by("pk"):
        row = RegularLetter(
            kind=RegularLetterKind.UNTOUCHED,
            worker=worker,
            period=(here.date(), here.date() + WEEK),
            tells_since=now,
            created_at=now,
        )
        if is_first_in_period(row):
            written.append(row)
    _queue(written)
    return len(written)


def _queue(rows: Iterable[RegularLetter]) -> None:
    outbox.queue(
        Message(
            kind=UNTOUCHED,
            occasion=f"regular:{row.pk}",
            channel=Channel.EMAIL,
            recipient=row.worker.email,
            about_id=row.pk,
        )
        for row in rows
    )


def _about(message: Message) -> RegularLetter | None:
    return RegularLetter.objects.select_related("worker__unit").filter(pk=message.about_id).first()


def _holders(row: RegularLetter) -> list[str]:
    """The holders' names in order, with how many when there is more than one."""
    waiting = left_too_long().filter(holder__unit=row.worker.unit_id).select_related("holder")
    counts = Counter(situation.holder for situation in waiting)
    return [
        holder.name if count == 1 else f"{holder.name} ({count})"
        for holder, count in sorted(counts.items(), key=lambda one: (one[0].last_name, one[0].pk))
    ]


def _why_not(message: Message) -> str | None:
    row = _about(message)
    if row is None:
        return "gone"
    if not (row.worker.is_active and row.worker.is_supervisor):
        return "left"
    return None if _holders(row) else "touched"


def _compose(message: Message) -> Letter:
    row = _about(message)
    if row is None:
        raise LookupError("regular letter")
    count = left_too_long().filter(holder__unit=row.worker.unit_id).count()
    title = (
        ngettext(
            "Yksikössäsi on %(count)s tilanne, joka odottaa",
            "Yksikössäsi on %(count)s tilannetta, jotka odottavat",
            count,
        )
        % {"count": count}
    )  # fmt: skip
    return outbox.written(
        subject=title,
        title=title,
        facts=[(_("Kenen kopissa"), listed(_holders(row)))],
        action=Action(_("Avaa yksikkösi luvut"), outbox.site_url("supervised_unit")),
        notes=[
            _("Tilanteisiin ei ole koskettu pitkään aikaan, tai niiden haltija on lähtenyt."),
            _("Kysy haltijalta, tarvitseeko hän apua. Poissa olevan koppia voit tarjota yksikkösi väelle."),
            _("Kirje tulee enintään kerran viikossa."),
        ],
    )


outbox.register(
    Kind(
        UNTOUCHED,
        _compose,
        _why_not,
        gettext_lazy("Tieto odottavista tilanteista"),
        lambda message: row.worker.email if (row := _about(message)) is not None else "",
    )
)
