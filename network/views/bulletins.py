"""Reading bulletins, and who has read them."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from perhekeskus import words
from perhekeskus.refusals import refusals_as_messages

from ..actions import bulletins as actions
from ..audiences import audience_of
from ..models import Bulletin, BulletinReceipt, Group, Worker
from ..requests import WorkerRequest
from ..rules import bulletins as rules
from ..sorting import finnish
from .group_pages import page_of, refused, sure_page, trail

UNREAD_PAGE = 100
MOST_SENT = 10


def sender_of(bulletin: Bulletin) -> str:
    """Whose word it is: the group's, or the person's who sent it."""
    if bulletin.group is not None:
        return bulletin.group.name
    return (bulletin.published_by or bulletin.created_by).name


def _row(bulletin: Bulletin) -> dict[str, Any]:
    when = words.day(bulletin.published_at) if bulletin.published_at else _("luonnos")
    return {
        "name": bulletin.title,
        "url": bulletin.get_absolute_url(),
        "text": f"{sender_of(bulletin)} · {when}",
    }


def bulletin_list(request: WorkerRequest) -> HttpResponse:
    """The news first, then what was read, then what one has sent oneself."""
    worker = request.user
    received = Bulletin.objects.visible_to(worker).received_by(worker).with_people()
    unseen = received.filter(pk__in=Bulletin.objects.unseen_by(worker).values("pk"))
    earlier = received.exclude(pk__in=unseen.values("pk"))
    page = page_of(request, earlier)
    sends = rules.why_not_send(worker, None) is None
    return render(
        request,
        "network/bulletin_list.html",
        {
            "unseen": [_row(one) for one in unseen],
            "page": page,
            "earlier": [_row(one) for one in page],
            "sent": [_sent_row(one) for one in _sent(worker)[:MOST_SENT]],
            "can_send": sends or Group.objects.kept_by(worker).active().exists(),
            "wants_digest": worker.wants_digest,
        },
    )


def _sent(worker: Worker) -> QuerySet[Bulletin]:
    """Drafts first, then the latest, with the numbers of receivers and readers."""
    kept = Bulletin.objects.visible_to(worker).kept_by(worker).with_people()
    return kept.annotate(
        reach=Count("receipts"), read=Count("receipts", filter=Q(receipts__seen_at__isnull=False))
    ).order_by("-created_at", "-pk")


def _sent_row(bulletin: Any) -> dict[str, Any]:
    row = _row(bulletin)
    if bulletin.withdrawn_at is not None:
        row["side"] = _("vedetty takaisin")
    elif bulletin.published_at is None:
        row["side"] = _("ei vielä lähetetty")
    else:
        row["side"] = _("%(read)d/%(reach)d on lukenut") % {"read": bulletin.read, "reach": bulletin.reach}
    return row


def get_bulletin(request: WorkerRequest, pk: int) -> Bulletin:
    """The bulletin, if the reader may see it; 404 otherwise."""
    return get_object_or_404(Bulletin.objects.visible_to(request.user).with_people(), pk=pk)


def bulletin_detail(request: WorkerRequest, pk: int) -> HttpResponse:
    """One bulletin. Opening it changes nothing: the reader says to have read it."""
    bulletin, worker = get_bulletin(request, pk), request.user
    sends = rules.why_not_send(worker, bulletin.group) is None
    if bulletin.published_at is None:
        return redirect("bulletin_check", pk)
    concerns = Bulletin.objects.received_by(worker).filter(pk=pk).exists()
    seen = BulletinReceipt.objects.filter(bulletin=bulletin, worker=worker).exclude(seen_at=None).first()
    return render(
        request,
        "network/bulletin_detail.html",
        {
            "bulletin": bulletin,
            "lead": f"{sender_of(bulletin)}, {words.day(bulletin.published_at)}",
            "is_withdrawn": bulletin.withdrawn_at is not None,
            "can_read": concerns and seen is None,
            "seen": _("Olet lukenut tämän %(day)s.") % {"day": words.day(seen.seen_at)}
            if seen and seen.seen_at
            else "",
            "sends": sends,
            "breadcrumb": trail("bulletin_list", (bulletin.title, "")),
        },
    )


@require_POST
def bulletin_seen(request: WorkerRequest, pk: int) -> HttpResponse:
    """The press of "Luin tämän"."""
    bulletin = get_object_or_404(Bulletin.objects.visible_to(request.user).received_by(request.user), pk=pk)
    actions.see(bulletin=bulletin, by=request.user)
    messages.success(request, _("Merkitty luetuksi."))
    return redirect("bulletin_list")


@require_POST
def bulletin_digest(request: WorkerRequest) -> HttpResponse:
    """Whether a weekly letter comes: one press."""
    wants = request.POST.get("wants") == "yes"
    actions.choose_digest(by=request.user, wants=wants)
    messages.success(
        request,
        _("Saat koosteen uusista tiedotteista enintään kerran viikossa.")
        if wants
        else _("Et saa enää koostetta. Tiedotteet löydät täältä."),
    )
    return redirect("bulletin_list")


def bulletin_receipts(request: WorkerRequest, pk: int) -> HttpResponse:
    """For the sender: who has not read it yet, by unit. Those who have begun since are among them."""
    bulletin = get_bulletin(request, pk)
    if why := rules.why_not_send(request.user, bulletin.group):
        return refused(request, why, bulletin)
    if bulletin.published_at is None:
        return redirect("bulletin_check", pk)
    receipts = BulletinReceipt.objects.filter(bulletin=bulletin)
    seen = receipts.filter(worker=OuterRef("pk")).exclude(seen_at=None)
    concerned = Worker.objects.active().filter(
        Q(pk__in=receipts.values("worker")) | Q(pk__in=audience_of(bulletin).values("pk"))
    )
    unread = concerned.filter(~Exists(seen)).select_related("unit__municipality")
    page = page_of(
        request,
        unread.order_by(
            finnish("unit__municipality__name_fi"),
            finnish("unit__name"),
            "unit",
            finnish("last_name"),
            finnish("first_name"),
            "pk",
        ),
        UNREAD_PAGE,
    )
    everybody, missing = concerned.count(), page.paginator.count
    return render(
        request,
        "network/bulletin_receipts.html",
        {
            "bulletin": bulletin,
            "page": page,
            "units": [
                {
                    "name": str(rows[0].unit),
                    "place": str(rows[0].unit.municipality),
                    "people": [
                        {"name": one.name, "url": reverse("worker_detail", args=[one.pk])} for one in rows
                    ],
                }
                for _unit, group in groupby(page, key=lambda one: one.unit_id)
                if (rows := list(group))
            ],
            "lead": _("%(read)s on lukenut, %(missing)s ei vielä.")
            % {
                "read": ngettext("%(count)d työntekijä", "%(count)d työntekijää", everybody - missing)
                % {"count": everybody - missing},
                "missing": missing,
            },
            "breadcrumb": trail(
                "bulletin_list",
                (bulletin.title, bulletin.get_absolute_url()),
                (_("Kuka ei ole lukenut"), ""),
            ),
        },
    )


def bulletin_withdraw(request: WorkerRequest, pk: int) -> HttpResponse:
    """Take a sent bulletin back, after a second look."""
    bulletin = get_bulletin(request, pk)
    if why := rules.why_not_withdraw(request.user, bulletin):
        return refused(request, why, bulletin)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.withdraw(bulletin=bulletin, by=request.user)
            messages.success(request, _("Tiedote on vedetty takaisin. Kukaan saajista ei enää näe sitä."))
        return redirect(bulletin)
    return sure_page(
        request,
        title=_("Vedetäänkö tiedote takaisin?"),
        text=_("”%(title)s” poistuu kaikilta, joille se lähti. Voit kirjoittaa tilalle uuden.")
        % {"title": bulletin.title},
        button=_("Vedä takaisin"),
        back=bulletin.get_absolute_url(),
        breadcrumb=trail(
            "bulletin_list", (bulletin.title, bulletin.get_absolute_url()), (_("Takaisin vetäminen"), "")
        ),
    )
