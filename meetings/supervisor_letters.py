"""The weekly letter to a supervisor: how many situations of the unit wait, and in whose koppi. No family.

Where nobody of the unit can help, a letter of the same kind climbs to the coordinator of its municipality.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
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

from .models import Situation
from .untouched import climbed_to, left_to_nobody, left_too_long

UNTOUCHED = "untouched_situations"
UNHELPED = "unhelped_situations"
KIND_OF = {RegularLetterKind.UNTOUCHED: UNTOUCHED, RegularLetterKind.UNHELPED: UNHELPED}
FROM_CLOCK = time(8)
WEEK = timedelta(days=7)


def tell_supervisors() -> int:
    """A letter a week at most to each who is told of what waits too long; how many were written.

    To the supervisor of the unit; where nobody of the unit can help, to the coordinator. Safe to run twice,
    and by many at once: the database refuses a second letter within the week.
    """
    now = timezone.now()
    here = timezone.localtime(now, HELSINKI)
    if here.time() < FROM_CLOCK:
        return 0
    units = left_too_long().order_by().values("holder__unit")
    supervisors = Worker.objects.active().filter(is_supervisor=True, unit__in=units)
    told = [(RegularLetterKind.UNTOUCHED, one) for one in supervisors.order_by("pk")]
    if left_to_nobody().exists():
        others = Worker.objects.active().filter(Q(is_coordinator=True) | Q(is_administrator=True))
        told += [
            (RegularLetterKind.UNHELPED, one)
            for one in others.select_related("unit").order_by("pk")
            if climbed_to(one).exists()
        ]
    return _queue([_row(kind, worker, now) for kind, worker in told])


def _row(kind: RegularLetterKind, worker: Worker, now: datetime) -> RegularLetter:
    today = timezone.localdate(now, HELSINKI)
    return RegularLetter(
        kind=kind, worker=worker, period=(today, today + WEEK), tells_since=now, created_at=now
    )


@transaction.atomic
def _queue(rows: Iterable[RegularLetter]) -> int:
    written = [row for row in rows if is_first_in_period(row)]
    outbox.queue(
        Message(
            kind=KIND_OF[RegularLetterKind(row.kind)],
            occasion=f"regular:{row.pk}",
            channel=Channel.EMAIL,
            recipient=row.worker.email,
            about_id=row.pk,
        )
        for row in written
    )
    return len(written)


def _about(message: Message) -> RegularLetter | None:
    return RegularLetter.objects.select_related("worker__unit").filter(pk=message.about_id).first()


def _told_of(row: RegularLetter) -> QuerySet[Situation]:
    """What the letter tells of, as it is now."""
    worker = row.worker
    if row.kind == RegularLetterKind.UNHELPED:
        return climbed_to(worker)
    if not (worker.is_active and worker.is_supervisor):
        return Situation.objects.none()
    return left_too_long().filter(holder__unit=worker.unit_id)


def _holders(waiting: Iterable[Situation]) -> list[str]:
    """The holders' names in order, with how many when there is more than one."""
    counts = Counter(situation.holder for situation in waiting)
    return [
        holder.name if count == 1 else f"{holder.name} ({count})"
        for holder, count in sorted(counts.items(), key=lambda one: (one[0].last_name, one[0].pk))
    ]


def _why_not(message: Message) -> str | None:
    row = _about(message)
    if row is None:
        return "gone"
    return None if _told_of(row).exists() else "nothing_waits"


def _waiting(message: Message) -> list[Situation]:
    row = _about(message)
    if row is None:
        raise LookupError("regular letter")
    return list(_told_of(row).select_related("holder"))


WHY = gettext_lazy(
    "Tilanne odottaa, kun siihen ei ole koskettu pitkään aikaan, kun se, jolla koppi oli, on lähtenyt,"
    " tai kun kukaan ei ole ottanut tarjottua koppia."
)
ONCE_A_WEEK = gettext_lazy("Tämä viesti tulee enintään kerran viikossa.")


def _compose(message: Message) -> Letter:
    waiting = _waiting(message)
    title = (
        ngettext(
            "Yksikössäsi on %(count)s tilanne, joka odottaa",
            "Yksikössäsi on %(count)s tilannetta, jotka odottavat",
            len(waiting),
        )
        % {"count": len(waiting)}
    )  # fmt: skip
    return outbox.written(
        subject=title,
        title=title,
        facts=[(_("Kenen kopissa"), listed(_holders(waiting)))],
        action=Action(_("Avaa yksikkösi luvut"), outbox.site_url("supervised_unit")),
        notes=[
            WHY,
            _(
                "Kysy siltä, jolla koppi on, tarvitseeko hän apua. Poissa olevan koppia voit tarjota"
                " yksikkösi väelle."
            ),
            ONCE_A_WEEK,
        ],
    )


def _compose_unhelped(message: Message) -> Letter:
    waiting = _waiting(message)
    title = (
        ngettext(
            "%(count)s tilanne odottaa, eikä yksiköstä löydy auttajaa",
            "%(count)s tilannetta odottaa, eikä yksiköstä löydy auttajaa",
            len(waiting),
        )
        % {"count": len(waiting)}
    )  # fmt: skip
    return outbox.written(
        subject=title,
        title=title,
        facts=[(_("Kenen kopissa"), listed(_holders(waiting)))],
        action=Action(_("Etsi työntekijä verkostosta"), outbox.site_url("directory")),
        notes=[
            WHY,
            _("Viesti tuli sinulle, koska yksikössä ei ole esihenkilöä tai ketään, joka voisi ottaa kopin."),
            _("Kysy siltä, jolla koppi on, tarvitseeko hän apua."),
            _(
                "Pääkäyttäjä voi nimetä yksikölle esihenkilön tai siirtää lähteneen tunnuksen yksikköön,"
                " jossa joku voi ottaa kopin."
            ),
            ONCE_A_WEEK,
        ],
    )


def _address_now(message: Message) -> str:
    row = _about(message)
    return row.worker.email if row is not None else ""


outbox.register(
    Kind(UNTOUCHED, _compose, _why_not, gettext_lazy("Tieto odottavista tilanteista"), _address_now)
)
outbox.register(
    Kind(
        UNHELPED,
        _compose_unhelped,
        _why_not,
        gettext_lazy("Tieto tilanteista, joihin yksiköstä ei löydy auttajaa"),
        _address_now,
    )
)
