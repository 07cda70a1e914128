"""Messages that could not be delivered: who is told of them, and trying again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import outbox
from ..models import Message
from ..models.outbox import Channel
from ..outbox.kinds import UnknownKind
from ..refusals import refusals_as_messages
from ..states import MessageState
from ..words import moment

PAGE_SIZE = 25


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """One's own messages that were given up; the administrator's page has everybody's.

    Never with an address: a message stays its owner's when every right to see the family is gone.
    """
    given_up = Message.objects.visible_to(request.user).given_up().order_by("-due_at", "-pk")
    page = Paginator(given_up, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "perhekeskus/message_list.html",
        {"page": page, "rows": [_row(message) for message in page]},
    )


@require_POST
def message_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one of them again."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    with refusals_as_messages(request):
        message = outbox.retry(message, request.user)
        if message.state == MessageState.DROPPED:
            messages.info(request, _("Viestiä ei enää tarvita, joten sitä ei lähetetty."))
        else:
            messages.success(request, _("Viesti lähtee uudelleen hetken kuluttua."))
    return redirect("message_list")


def _row(message: Message) -> dict[str, Any]:
    return {
        "pk": message.pk,
        "label": _label(message),
        "channel": Channel(message.channel).label,
        "since": moment(message.created_at),
        "why": _why(message.last_error),
        "may_have_arrived": message.is_uncertain,
    }


def _label(message: Message) -> str:
    try:
        return str(outbox.kind_of(message).label or _("Viesti"))
    except UnknownKind:
        return _("Viesti")


def _why(last_error: str) -> str:
    """What went wrong in words that help, from the class and the code that were kept."""
    match last_error.split(" ")[0]:
        case "SMTPRecipientsRefused":
            return _("Osoite ei toimi: vastaanottajan palvelin ei ota siihen viestejä.")
        case "TextNotSent":
            return _("Operaattori ei ottanut tekstiviestiä vastaan. Numerossa voi olla virhe.")
        case "NoOperator":
            return _("Tekstiviestejä ei voi lähettää: palvelua ei ole otettu käyttöön.")
        case "BadHeaderError" | "ValueError":
            return _("Viestin osoitteessa tai linkissä on virhe.")
        case "WorkerLost":
            return _("Lähettäminen keskeytyi monta kertaa.")
    return _("Postipalvelin ei ottanut viestiä vastaan, vaikka sitä yritettiin pitkään.")
