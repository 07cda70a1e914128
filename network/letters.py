"""The letters to colleagues that are not about a time: the digest, the reminder of forums, thanks, feedback.

Not a word that somebody has written goes into them but the name of a group: a bulletin can be withdrawn, a
letter can't. A reader signs in to read the rest.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.models.outbox import Channel
from perhekeskus.outbox import Action, Kind, Letter
from perhekeskus.words import listed

from .areas import areas_without_forum
from .models import (
    Bulletin,
    PeerFeedback,
    RegularLetter,
    Thanks,
    Worker,
)
from .states import RegularLetterKind

DIGEST = "bulletin_digest"
FORUM_REMINDER = "forum_reminder"
THANKS = "thanks_received"
FEEDBACK = "feedback_received"
FEEDBACK_REPLY = "feedback_replied"

MOST_SENDERS = 5

# --- queueing: called by actions, in their transactions ------------------------------------------


def queue_regular(rows: QuerySet[RegularLetter]) -> None:
    kinds = {RegularLetterKind.BULLETINS: DIGEST, RegularLetterKind.FORUMS: FORUM_REMINDER}
    outbox.queue(
        _to(row.worker, kinds[RegularLetterKind(row.kind)], f"regular:{row.pk}", row.pk)
        for row in rows.select_related("worker").order_by("pk")
    )


def queue_thanks(thanks: Thanks) -> None:
    outbox.queue([_to(thanks.to_worker, THANKS, f"thanks:{thanks.pk}", thanks.pk)])


def queue_feedback(feedback: PeerFeedback) -> None:
    outbox.queue([_to(feedback.to_worker, FEEDBACK, f"feedback:{feedback.pk}", feedback.pk)])


def queue_feedback_reply(feedback: PeerFeedback) -> None:
    outbox.queue([_to(feedback.from_worker, FEEDBACK_REPLY, f"feedback:{feedback.pk}", feedback.pk)])


def _to(worker: Worker, kind: str, occasion: str, about_id: int) -> Message:
    return Message(
        kind=kind, occasion=occasion, channel=Channel.EMAIL, recipient=worker.email, about_id=about_id
    )


# --- regular letters -----------------------------------------------------------------------------


def _regular(message: Message) -> RegularLetter | None:
    return (
        RegularLetter.objects.select_related("worker__unit__organisation").filter(pk=message.about_id).first()
    )


def _news(row: RegularLetter) -> list[Bulletin]:
    unseen = Bulletin.objects.unseen_by(row.worker).select_related("group", "published_by")
    return list(
        unseen.filter(published_at__gt=row.tells_since, published_at__lte=row.created_at).order_by(
            "published_at", "pk"
        )
    )


def _why_not_digest(message: Message) -> str | None:
    row = _regular(message)
    if row is None:
        return "gone"
    if not row.worker.is_active:
        return "left"
    if not row.worker.wants_digest:
        return "unwanted"
    return None if _news(row) else "seen"


def _compose_digest(message: Message) -> Letter:
    row = _regular(message)
    if row is None:
        raise LookupError("digest")
    news = _news(row)
    count = len(news)
    number = ngettext("%(count)d uusi tiedote", "%(count)d uutta tiedotetta", count) % {"count": count}
    senders = list(dict.fromkeys(_sender(bulletin) for bulletin in news))
    if len(senders) > MOST_SENDERS:
        rest = len(senders) - MOST_SENDERS
        others = ngettext("%(count)d muu", "%(count)d muuta", rest) % {"count": rest}
        senders = [*senders[:MOST_SENDERS], others]
    return outbox.written(
        subject=number,
        title=_("Sinulla on %(number)s") % {"number": number},
        facts=[(_("Keneltä"), listed(senders))],
        action=Action(_("Lue tiedotteet"), outbox.site_url("bulletin_list")),
        notes=[_("Kooste tulee enintään kerran viikossa. Voit lopettaa sen tiedotteiden sivulla.")],
    )


def _sender(bulletin: Bulletin) -> str:
    if bulletin.group is not None:
        return bulletin.group.name
    return bulletin.published_by.name if bulletin.published_by else ""


def _why_not_forum_reminder(message: Message) -> str | None:
    row = _regular(message)
    if row is None:
        return "gone"
    if not (row.worker.is_active and row.worker.is_coordinator):
        return "left"
    return None if areas_without_forum() else "planned"


def _compose_forum_reminder(message: Message) -> Letter:
    areas = listed(area.name for area in areas_without_forum())
    return outbox.written(
        subject=_("Olisiko aika järjestää foorumi?"),
        title=_("Olisiko aika järjestää foorumi?"),
        facts=[(_("Missä foorumia ei ole ollut pitkään aikaan"), areas)],
        action=Action(_("Suunnittele foorumi"), outbox.site_url("forum_list")),
        notes=[_("Muistutus tulee enintään kerran kuussa.")],
    )


def _worker_now(message: Message) -> str:
    row = _regular(message)
    return row.worker.email if row is not None else ""


# --- thanks and feedback -------------------------------------------------------------------------


def _thanks(message: Message) -> Thanks | None:
    return Thanks.objects.select_related("from_worker", "to_worker").filter(pk=message.about_id).first()


def _feedback(message: Message) -> PeerFeedback | None:
    found = PeerFeedback.objects.select_related("from_worker", "to_worker").defer("text", "reply")
    return found.filter(pk=message.about_id).first()


def _why_not_thanks(message: Message) -> str | None:
    thanks = _thanks(message)
    if thanks is None:
        return "gone"
    return None if thanks.to_worker.is_active else "left"


def _compose_thanks(message: Message) -> Letter:
    return outbox.written(
        subject=_("Sinua on kiitetty"),
        title=_("Sinua on kiitetty"),
        action=Action(_("Lue kiitos"), outbox.site_url("thanks_list")),
    )


def _why_not_feedback(message: Message) -> str | None:
    feedback = _feedback(message)
    if feedback is None:
        return "gone"
    return None if feedback.to_worker.is_active else "left"


def _why_not_reply(message: Message) -> str | None:
    feedback = _feedback(message)
    if feedback is None:
        return "gone"
    return None if feedback.from_worker.is_active else "left"


def _compose_feedback(message: Message) -> Letter:
    return outbox.written(
        subject=_("Sinulle on viesti kollegalta"),
        title=_("Sinulle on viesti kollegalta"),
        action=Action(_("Kirjaudu ja lue"), outbox.site_url("peer_feedback_detail", message.about_id)),
        notes=[_("Viestin näette vain sinä ja sen kirjoittaja.")],
    )


def _thanked_now(message: Message) -> str:
    thanks = _thanks(message)
    return thanks.to_worker.email if thanks else ""


def _receiver_now(message: Message) -> str:
    feedback = _feedback(message)
    return feedback.to_worker.email if feedback else ""


def _giver_now(message: Message) -> str:
    feedback = _feedback(message)
    return feedback.from_worker.email if feedback else ""


outbox.register(
    Kind(DIGEST, _compose_digest, _why_not_digest, gettext_lazy("Kooste tiedotteista"), _worker_now)
)
outbox.register(
    Kind(
        FORUM_REMINDER,
        _compose_forum_reminder,
        _why_not_forum_reminder,
        gettext_lazy("Muistutus foorumista"),
        _worker_now,
    )
)
outbox.register(
    Kind(THANKS, _compose_thanks, _why_not_thanks, gettext_lazy("Tieto kiitoksesta"), _thanked_now)
)
outbox.register(
    Kind(
        FEEDBACK,
        _compose_feedback,
        _why_not_feedback,
        gettext_lazy("Tieto palautteesta"),
        _receiver_now,
    )
)
outbox.register(
    Kind(FEEDBACK_REPLY, _compose_feedback, _why_not_reply, gettext_lazy("Tieto vastauksesta"), _giver_now)
)
