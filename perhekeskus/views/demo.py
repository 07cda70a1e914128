"""Pages of the demonstration: its mailbox, open to every visitor, and its sign-ins. 404 anywhere else."""

from collections.abc import Callable
from email.message import EmailMessage
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar

from ..demo import DOMAIN, ROLES
from ..forms import HouseForm
from ..models import DemonstrationMail
from ..models.outbox import Channel
from ..words import moment, span

PAGE_SIZE = 25

METHODS = {
    "REQUEST": gettext_lazy("Kalenterikutsu, johon voi vastata"),
    "PUBLISH": gettext_lazy("Merkintä kalenteriin"),
    "CANCEL": gettext_lazy("Peruutus: merkintä poistuu kalenterista"),
}


def demonstration_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody in a demonstration, not there at all anywhere else."""

    @wraps(view)
    def only_there(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(only_there)


class MailboxForm(HouseForm):
    """Whose post is looked at."""

    form_method = "get"
    submit_label = gettext_lazy("Etsi")
    mark_optional = False

    to = forms.CharField(
        label=gettext_lazy("Kenen posti?"),
        help_text=gettext_lazy("Sähköpostiosoite, puhelinnumero tai osa niistä."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


@demonstration_only
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Every e-mail and text message of the demonstration, the newest first."""
    form = MailboxForm(request.GET)
    mails = DemonstrationMail.objects.defer("raw")
    to = form.cleaned_data["to"].strip() if form.is_valid() else ""
    if to:
        mails = mails.filter(_to(to))
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "perhekeskus/demo_mail.html",
        {"form": form, "page": page, "rows": [_row(mail) for mail in page], "narrows": bool(to)},
    )


@demonstration_only
@require_safe
def demo_mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as its receiver reads it, its links ready to be followed, its calendar entry in words."""
    mail = get_object_or_404(DemonstrationMail, pk=pk)
    letter = mail.letter
    return render(
        request,
        "perhekeskus/demo_mail_detail.html",
        {
            "title": _title(mail),
            "facts": [
                {"term": pgettext("viesti", "Kenelle"), "text": mail.recipient},
                {"term": pgettext("viesti", "Keneltä"), "text": mail.sender or settings.SHARED_TIME_NAME},
                {"term": pgettext("viesti", "Lähetetty"), "text": moment(mail.sent_at)},
            ],
            "text": mail.text.strip(),
            "calendar": _calendar_rows(letter) if letter else [],
            "attachments": _attachment_rows(mail, letter) if letter else [],
            "breadcrumb": [
                {"label": _("Esittelyn posti"), "url": reverse("demo_mail")},
                {"label": _title(mail)},
            ],
        },
    )


@demonstration_only
@require_safe
def demo_mail_attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One attachment, to be saved; the first is number 1."""
    mail = get_object_or_404(DemonstrationMail, pk=pk)
    letter = mail.letter
    attachments = list(letter.iter_attachments()) if letter else []
    if not 1 <= number <= len(attachments):
        raise Http404
    part = attachments[number - 1]
    return HttpResponse(
        part.get_payload(decode=True),
        # Never a type that a browser would run.
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{_file_name(part, number)}"'},
    )


@demonstration_only
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's six people."""
    role = request.POST.get("role", "")
    if role not in ROLES:
        raise Http404
    worker = get_object_or_404(get_user_model(), email=f"{role}@{DOMAIN}", is_active=True)
    login(request, worker, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


def _to(words: str) -> Q:
    found = Q(recipient__icontains=words)
    digits = "".join(letter for letter in words if letter.isdigit()).removeprefix("358").lstrip("0")
    if len(digits) > 3 and "@" not in words:
        found |= Q(recipient__contains=digits)
    return found


def _title(mail: DemonstrationMail) -> str:
    """The subject; of a text message, which has none, the words before its link."""
    return mail.subject or Truncator(mail.text.split("http")[0].strip(" :\n")).chars(60) or _("Tekstiviesti")


def _row(mail: DemonstrationMail) -> dict[str, Any]:
    is_text = mail.channel == Channel.SMS
    return {
        "when": moment(mail.sent_at),
        "title": _title(mail),
        "text": mail.recipient,
        "chip": {"text": _("tekstiviesti") if is_text else _("sähköposti"), "tone": "neutral"},
        "action_label": _("Avaa"),
        "action_url": reverse("demo_mail_detail", args=[mail.pk]),
        "quiet": True,
    }


def _calendar_rows(letter: EmailMessage) -> list[dict[str, str]]:
    """What the letter's calendar entry says, for those who don't read iCalendar."""
    for part in letter.walk():
        if part.get_content_type() != "text/calendar":
            continue
        whole = Calendar.from_ical(part.get_content())
        method = str(whole.get("method", ""))
        rows = [{"term": _("Mikä"), "text": str(METHODS.get(method, method))}]
        for event in whole.walk("VEVENT"):
            rows += [
                {"term": _("Otsikko"), "text": str(event.get("summary", ""))},
                {"term": _("Aika"), "text": span(event.decoded("dtstart"), event.decoded("dtend"))},
            ]
            if event.get("location"):
                rows.append({"term": _("Paikka"), "text": str(event["location"])})
        return rows
    return []


def _attachment_rows(mail: DemonstrationMail, letter: EmailMessage) -> list[dict[str, Any]]:
    return [
        {
            "name": _file_name(part, number),
            "bytes": len(part.get_payload(decode=True) or b""),
            "url": reverse("demo_mail_attachment", args=[mail.pk, number]),
        }
        for number, part in enumerate(letter.iter_attachments(), start=1)
    ]


def _file_name(part: EmailMessage, number: int) -> str:
    """The attachment's name without what could break a header or a path."""
    name = part.get_filename() or ""
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_."))
    return safe.strip(".") or f"liite-{number}"
