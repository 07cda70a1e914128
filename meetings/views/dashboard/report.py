"""The steering group's monthly report: the ones made, who gets them, and making the latest anew."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from network.requests import WorkerRequest
from perhekeskus import words
from perhekeskus.heartbeat import is_silent, worker_silent_seconds
from perhekeskus.printing import pdf_response
from perhekeskus.refusals import Refused, refusals_as_messages

from ...actions import reports as actions
from ...dashboard.reports_made import history, latest_request, receivers_of, reports_of, sent_of
from ...forms.reports import MakeAgainForm, ReceiverForm
from ...models import MonthlyReport, ReportPaper, ReportReceiver, ReportRequest
from ...models.reports import ReportLanguage
from ...report_paper import file_name
from .frame import dashboard_page, let_in

PAGE_SIZE = 20


@require_safe
def count_report(request: WorkerRequest) -> HttpResponse:
    """The reports that have been made, and the steering group that gets them."""
    let_in(request)
    due = actions.due_month(timezone.now())
    asked = latest_request(request.user, due)
    is_open = asked is not None and asked.is_open
    told = _how_far(asked) if asked else None
    if request.htmx:
        # The page that waited is drawn anew with the report.
        return _still_waits(request, told) if is_open else HttpResponseClientRefresh()
    reports = list(reports_of(request.user))
    is_made = any(report.month == due for report in reports)
    form = MakeAgainForm(month=due, action=reverse("count_report_make")) if is_made and not is_open else None
    return dashboard_page(
        request,
        "meetings/dashboard/count_report.html",
        {
            "reports": _rows(request, reports),
            "receivers": [_receiver(one) for one in receivers_of(request.user)],
            "again": form,
            "asked": told if is_made else None,
            "again_title": _("Tee raportti uudelleen: %(month)s") % {"month": words.month(due)},
        },
        title=_("Kuukausiraportti"),
        lead=_("Edellisen kuukauden raportti valmistuu itsestään kuun 2. päivänä ja lähtee ohjausryhmälle."),
    )


def _still_waits(request: WorkerRequest, told: dict[str, str] | None) -> HttpResponse:
    return render(request, "meetings/dashboard/_report_asked.html", {"asked": told})


def _how_far(asked: ReportRequest) -> dict[str, str]:
    """How far the new edition is, with the address to be asked again while it waits."""
    if asked.report is not None:
        made_at = {"moment": words.moment(asked.report.made_at)}
        return {"tone": "ok", "text": _("Uusi raportti valmistui %(moment)s.") % made_at}
    if not asked.is_open:
        return {
            "tone": "alert",
            "title": _("Raportin tekeminen ei onnistunut"),
            "text": _("Aiempi raportti on tallessa. Yritä uudelleen. Jos se ei auta, kerro pääkäyttäjälle."),
        }
    who = {"name": asked.asked_by.name, "moment": words.moment(asked.asked_at)}
    waits = {
        "tone": "wait",
        "url": reverse("count_report"),
        "who": _("Pyytäjä: %(name)s, %(moment)s.") % who,
    }
    if is_silent(worker_silent_seconds()):
        title, text = (
            _("Raportti odottaa"),
            _(
                "Palvelun taustatyöt eivät juuri nyt toimi. Pyyntö on tallessa, ja raportti tehdään heti, kun"
                " ne taas toimivat."
            ),
        )
    elif asked.attempts:
        title, text = _("Raporttia tehdään"), _("Se tulee tälle sivulle, kun se on valmis.")
    else:
        title, text = _("Raportti odottaa vuoroaan"), _("Se tulee tälle sivulle yleensä minuutissa.")
    return waits | {"title": title, "text": text}


def _rows(request: WorkerRequest, reports: list[MonthlyReport]) -> list[dict[str, Any]]:
    sent = sent_of(request.user, [report.pk for report in reports])
    return [
        {
            "title": words.month(report.month).capitalize(),
            "made": _made(report),
            "sent": _sent(sent.get(report.pk)),
            "papers": [
                {"label": label, "url": reverse("count_report_paper", args=[report.pk, language])}
                for language, label in (("fi", _("Suomeksi")), ("sv", _("Ruotsiksi")))
            ],
        }
        for report in reports
    ]


def _made(report: MonthlyReport) -> str:
    if report.made_by is None:
        return _("Tehty %(day)s") % {"day": words.day(report.made_at)}
    said = {"moment": words.moment(report.made_at), "name": report.made_by.name}
    return _("Tehty uudelleen %(moment)s, %(name)s") % said


def _sent(counted: dict[str, int] | None) -> str:
    """Lähetetty 3 saajalle, odottaa lähtöä 1"""
    if counted is None:
        return _("Ei lähetetty kenellekään")
    waiting = counted["asked"] - counted["left"] - counted["given_up"]
    said = [
        words_of_it % {"count": number}
        for words_of_it, number in (
            (_("lähetetty %(count)s saajalle"), counted["left"]),
            (_("odottaa lähtöä %(count)s"), waiting),
            (_("ei mennyt perille %(count)s"), counted["given_up"]),
        )
        if number
    ]
    return ", ".join(said).capitalize()


def _receiver(receiver: ReportReceiver) -> dict[str, str]:
    return {
        "name": receiver.name,
        "email": receiver.email,
        "language": str(ReportLanguage(receiver.language).label),
        "chip": "" if receiver.is_active else _("ei saa raporttia"),
        "url": reverse("count_report_receiver", args=[receiver.pk]),
    }


@require_POST
def count_report_make(request: WorkerRequest) -> HttpResponse:
    """Ask for the latest report anew, of the numbers as they are when it is made."""
    let_in(request)
    month = actions.due_month(timezone.now())
    form = MakeAgainForm(request.POST, month=month, action="")
    with refusals_as_messages(request):
        if not form.is_valid():
            raise Refused(_("Lomake jäi vajaaksi. Yritä uudelleen."))
        said = form.cleaned_data
        actions.ask_again(
            by=request.user, month=said["month"], form_key=said["form_key"], sends=said["sends"]
        )
        messages.success(
            request,
            _("Pyysit uutta raporttia. Kun se on valmis, se lähtee myös ohjausryhmälle.")
            if said["sends"]
            else _("Pyysit uutta raporttia. Se tulee tälle sivulle, kun se on valmis."),
        )
    return redirect("count_report")


@require_safe
def count_report_paper(request: WorkerRequest, pk: int, language: str) -> HttpResponse:
    """The report as it was sent."""
    let_in(request)
    papers = ReportPaper.objects.visible_to(request.user).select_related("report")
    paper = get_object_or_404(papers, report=pk, language=language)
    return pdf_response(bytes(paper.pdf), file_name(paper.report.month, language))


def _trail(last: str) -> list[dict[str, str]]:
    return [{"label": _("Kuukausiraportti"), "url": reverse("count_report")}, {"label": last, "url": ""}]


def count_report_add(request: WorkerRequest) -> HttpResponse:
    """Add somebody to the steering group."""
    let_in(request)
    form = ReceiverForm(
        request.POST if request.method == "POST" else None, cancel_url=reverse("count_report")
    )
    if form.is_bound and form.is_valid():
        try:
            actions.add_receiver(by=request.user, card=form.card)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("Lisättiin. Seuraava raportti tulee myös hänelle."))
            return redirect("count_report")
    return _form_page(request, form, _("Lisää ohjausryhmän jäsen"))


def count_report_receiver(request: WorkerRequest, pk: int) -> HttpResponse:
    """Change one who gets the report, or let it come no more."""
    let_in(request)
    receiver = get_object_or_404(ReportReceiver.objects.visible_to(request.user), pk=pk)
    form = ReceiverForm(
        request.POST if request.method == "POST" else None,
        receiver=receiver,
        cancel_url=reverse("count_report"),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_receiver(
                receiver=receiver,
                by=request.user,
                card=form.card,
                seen_version=form.cleaned_data["seen_version"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Tallennettiin."))
            return redirect("count_report")
    return _form_page(request, form, receiver.name)


def _form_page(request: WorkerRequest, form: ReceiverForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "breadcrumb": _trail(title)}
    return render(
        request, "meetings/dashboard/report_receiver.html", context, status=422 if form.is_bound else 200
    )


@require_safe
def count_report_history(request: WorkerRequest) -> HttpResponse:
    """Who has changed the steering group's list, what and when."""
    let_in(request)
    page = Paginator(history(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/dashboard/report_history.html",
        {"page": page, "breadcrumb": _trail(_("Muutokset"))},
    )
