"""The steering group's monthly report: made once a month whatever happens, sent once, kept as it was."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from meetings import tasks
from meetings.actions import reports
from meetings.actions.reports import ReceiverCard
from meetings.models import MonthlyReport, ReportPaper, ReportReceiver, ReportRequest, ReportSending
from meetings.views.dashboard import report as views  # noqa: F401 - the addresses are read before time is stopped
from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import Heartbeat, Message
from perhekeskus.refusals import Refused
from perhekeskus.states import MessageState
from perhekeskus.words import HELSINKI
from tests.factories import WorkerFactory
from tests.factories.reports import a_report, a_report_receiver
from tests.plugins.together import together

OCTOBER = date(2026, 10, 1)


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=HELSINKI).astimezone(UTC)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, str]]:
    """What has been printed, here as a few bytes: the paper itself is tried in test_report_paper.py."""
    done: list[tuple[date, str]] = []

    def pdf(month: date, *, language: str) -> bytes:
        done.append((month, language))
        return f"%PDF {month:%Y-%m} {language} {len(done)}".encode()

    monkeypatch.setattr(reports, "report_pdf", pdf)
    return done


# --- by the clock --------------------------------------------------------------------------------


def ticks(first: date, days: int, down: tuple[datetime, datetime]) -> Iterator[datetime]:
    """Beat asks each hour near a change of month and once a day otherwise; not while it is down."""
    for number in range(days):
        day = first + timedelta(days=number)
        for hour in range(24) if day.day in {1, 2, 3} else [12]:
            moment = at(day, time(hour, 40))
            if not down[0] <= moment <= down[1]:
                yield moment


@pytest.mark.django_db
def test_a_year_of_reports_with_the_beat_down_for_a_day_and_a_half(printed):
    """Both changes of the clock are in the year; what Celery's broker knew is never asked for."""
    coordinator = WorkerFactory(coordinator=True)
    finn, swede = a_report_receiver(), a_report_receiver("styrgrupp@demo.example", language="sv")
    gone = a_report_receiver("entinen@demo.example", name="Entinen Eero")
    down = (at(date(2027, 3, 1), time(23)), at(date(2027, 3, 3), time(11)))
    left: dict[str, list[date]] = {}
    for moment in ticks(date(2026, 11, 4), 365, down):
        with time_machine.travel(moment, tick=False):
            if moment.date() == date(2027, 5, 20):
                reports.change_receiver(
                    receiver=gone,
                    by=coordinator,
                    card=ReceiverCard(gone.name, gone.email, "fi", is_active=False),
                    seen_version=1,
                )
            before = len(mail.outbox)
            tasks.make_monthly_report()
            # At least once is all that a broker promises.
            tasks.make_monthly_report()
            outbox.drain()
            for letter in mail.outbox[before:]:
                left.setdefault(letter.to[0], []).append(timezone.localdate(moment, HELSINKI))
    # The first as soon as it is asked for: the report of October was not there yet.
    mornings = [date(2026, 11, 4)] + [date(2026 + n // 12, n % 12 + 1, 2) for n in range(11, 23)]
    mornings[mornings.index(date(2027, 3, 2))] = date(2027, 3, 3)
    assert left == {finn.email: mornings, swede.email: mornings, gone.email: mornings[:7]}
    months = [report.month for report in MonthlyReport.objects.order_by("month")]
    assert months == [date(2026 + n // 12, n % 12 + 1, 1) for n in range(9, 22)]
    assert Counter(printed) == {(month, language): 1 for month in months for language in ("fi", "sv")}
    assert not Message.objects.exclude(state=MessageState.SENT).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "month"),
    [
        ((2026, 11, 2, 6, 0), (2026, 10)),
        ((2026, 11, 2, 5, 59), (2026, 9)),
        ((2026, 11, 1, 23, 59), (2026, 9)),
        ((2027, 1, 1, 0, 5), (2026, 11)),
        ((2027, 1, 31, 23, 59), (2026, 12)),
    ],
)
def test_which_report_ought_to_be_there(moment, month):
    assert reports.due_month(datetime(*moment, tzinfo=HELSINKI)) == date(*month, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_make_it_at_once_make_one_and_send_one(printed):
    a_report_receiver()
    together(reports.make_due, reports.make_due, reports.make_due)
    report = MonthlyReport.objects.get()
    assert report.papers.count() == 2 and report.sendings.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_crash_while_it_is_kept_leaves_nothing_and_the_next_hour_makes_it(printed, monkeypatch):
    a_report_receiver()
    queue = reports.report_letters.queue_report
    monkeypatch.setattr(reports.report_letters, "queue_report", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reports.make_due()
    assert not MonthlyReport.objects.exists()
    monkeypatch.setattr(reports.report_letters, "queue_report", queue)
    assert reports.make_due() and Message.objects.count() == 1


@pytest.mark.django_db
def test_the_letter_brings_each_the_paper_in_their_language(printed, post):
    a_report_receiver()
    a_report_receiver("styrgrupp@demo.example", language="sv")
    with time_machine.travel(at(date(2026, 11, 2), time(8)), tick=False):
        reports.make_due()
        outbox.drain()
    letters = {letter["To"]: letter for letter in post.letters}
    assert set(letters) == {"ohjausryhma@demo.example", "styrgrupp@demo.example"}
    finnish, swedish = letters["ohjausryhma@demo.example"], letters["styrgrupp@demo.example"]
    assert finnish["Subject"].strip() == "Perhekeskusverkoston kuukausiraportti, lokakuu 2026"
    assert swedish["Subject"].strip() == "Familjecenternätverkets månadsrapport, oktober 2026"
    papers = {name: list(letter.iter_attachments()) for name, letter in letters.items()}
    assert {name: [one.get_filename() for one in found] for name, found in papers.items()} == {
        "ohjausryhma@demo.example": ["kuukausiraportti-2026-10.pdf"],
        "styrgrupp@demo.example": ["manadsrapport-2026-10.pdf"],
    }
    kept = bytes(ReportPaper.objects.get(language="sv").pdf)
    assert papers["styrgrupp@demo.example"][0].get_content() == kept


@pytest.mark.django_db
def test_one_who_is_put_aside_before_the_letter_leaves_gets_none(printed):
    receiver = a_report_receiver()
    reports.make_due()
    card = ReceiverCard(receiver.name, receiver.email, "fi", is_active=False)
    reports.change_receiver(receiver=receiver, by=WorkerFactory(coordinator=True), card=card, seen_version=1)
    assert outbox.drain() == 0
    assert Message.objects.get().last_error == "not_receiver"


# --- anew ----------------------------------------------------------------------------------------


@pytest.fixture
def coordinator(db) -> Worker:
    return WorkerFactory(coordinator=True)


def test_made_anew_it_is_another_edition_and_the_first_stays(coordinator, printed):
    a_report_receiver()
    reports.make_due()
    first = MonthlyReport.objects.get()
    key = uuid.uuid4()
    for _press in range(2):
        reports.ask_again(by=coordinator, month=first.month, form_key=key, sends=True)
    assert len(printed) == 2, "nothing is printed by a press"
    for _round in range(2):
        tasks.make_asked_reports()
    again = ReportRequest.objects.get().report
    assert again is not None and (again.edition, again.made_by) == (2, coordinator)
    assert len(printed) == 4 and ReportSending.objects.count() == Message.objects.count() == 2
    assert bytes(first.papers.get(language="fi").pdf) != bytes(again.papers.get(language="fi").pdf)


def asked_again(coordinator: Worker) -> ReportRequest:
    report = MonthlyReport.objects.first() or a_report(reports.due_month(timezone.now()))
    return reports.ask_again(by=coordinator, month=report.month, form_key=uuid.uuid4(), sends=False)


def test_while_one_is_asked_for_another_is_not(coordinator, printed):
    asked_again(coordinator)
    with pytest.raises(Refused, match="tehdään jo uudelleen"):
        asked_again(coordinator)
    tasks.make_asked_reports()
    asked_again(coordinator)


@pytest.mark.django_db(transaction=True)
def test_many_who_make_what_is_asked_for_at_once_make_one(printed):
    asked_again(WorkerFactory(coordinator=True))
    together(reports.make_asked, reports.make_asked, reports.make_asked)
    assert len(printed) == 2 and MonthlyReport.objects.count() == 2


def test_one_that_breaks_off_is_begun_again_and_in_the_end_given_up(coordinator, monkeypatch, client):
    asked_again(coordinator)
    monkeypatch.setattr(reports, "report_pdf", lambda *_, **__: 1 / 0)
    for _round in range(reports.MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            tasks.make_asked_reports()
    tasks.make_asked_reports()
    assert ReportRequest.objects.get().given_up_at and MonthlyReport.objects.count() == 1
    client.force_login(coordinator)
    page = client.get(reverse("count_report"))
    assert "ei onnistunut" in page.content.decode() and page.context["again"]


def test_anew_only_what_the_clock_has_made_and_only_the_latest(coordinator, printed):
    due = reports.due_month(timezone.now())
    with pytest.raises(Refused, match="itsestään kuun 2. päivänä"):
        reports.ask_again(by=coordinator, month=due, form_key=uuid.uuid4(), sends=False)
    a_report(date(2020, 1, 1))
    with pytest.raises(Refused, match="Avaa sivu uudelleen"):
        reports.ask_again(by=coordinator, month=date(2020, 1, 1), form_key=uuid.uuid4(), sends=False)
    with pytest.raises(Refused, match="Vain koordinaattori"):
        reports.ask_again(by=WorkerFactory(), month=due, form_key=uuid.uuid4(), sends=False)


# --- the pages -----------------------------------------------------------------------------------


def test_the_coordinator_keeps_the_list_and_reads_what_was_sent(coordinator, printed, client: Client):
    client.force_login(coordinator)
    client.post(
        reverse("count_report_add"),
        {"seen_version": 0, "name": " Ohjaaja  Oili ", "email": "oili@demo.example", "language": "sv"},
    )
    receiver = ReportReceiver.objects.get()
    assert (receiver.name, receiver.language) == ("Ohjaaja Oili", "sv")
    reports.make_due()
    outbox.drain()
    page = client.get(reverse("count_report")).content.decode()
    assert "Lähetetty 1 saajalle" in page and "oili@demo.example" in page
    report = MonthlyReport.objects.get()
    for language in ("fi", "sv"):
        answer = client.get(reverse("count_report_paper", args=[report.pk, language]))
        assert answer.content == bytes(report.papers.get(language=language).pdf)
        assert answer["Content-Type"] == "application/pdf"
    assert client.get(reverse("count_report_paper", args=[report.pk, "en"])).status_code == 404
    address = reverse("count_report_receiver", args=[receiver.pk])
    changed = {"seen_version": 1, "name": "Ohjaaja Oili", "email": "oili@demo.example", "language": "fi"}
    assert client.post(address, changed).status_code == 302
    # Another tab that still shows the first state.
    refused = client.post(address, {**changed, "name": "Oili"})
    assert refused.status_code == 422 and "Joku muu on muuttanut" in refused.content.decode()
    history = client.get(reverse("count_report_history")).content.decode()
    assert coordinator.name in history and "<ins>suomi</ins>" in history and "<ins>ei</ins>" in history


def test_the_same_address_is_on_the_list_once(coordinator, client: Client):
    a_report_receiver("oili@demo.example")
    client.force_login(coordinator)
    sent = {"seen_version": 0, "name": "Toinen", "email": "OILI@demo.example", "language": "fi"}
    answer = client.post(reverse("count_report_add"), sent)
    assert answer.status_code == 422 and "Tämä osoite on jo listalla." in answer.content.decode()


def test_a_press_asks_for_the_report_anew_and_the_page_tells_how_far_it_is(
    coordinator, printed, client: Client, monkeypatch, django_capture_on_commit_callbacks
):
    a_report_receiver()
    reports.make_due()
    client.force_login(coordinator)
    address = reverse("count_report")
    form = client.get(address).context["again"]
    sent = {"form_key": form["form_key"].value(), "month": form["month"].value()}

    def gone(*args, **options):
        raise OperationalError("no broker")

    monkeypatch.setattr("perhekeskus.celery.app.send_task", gone)
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(3):
            page = client.post(reverse("count_report_make"), sent, follow=True)
    # No worker has beaten: it says so, and there is nothing to press but the page anew.
    assert "taustatyöt eivät juuri nyt toimi" in page.content.decode() and not page.context["again"]
    Heartbeat.objects.create(name="worker", at=timezone.now())
    assert "odottaa vuoroaan" in client.get(address).content.decode()
    waits = client.get(address, headers={"HX-Request": "true"})
    assert "odottaa vuoroaan" in waits.content.decode() and "<h1" not in waits.content.decode()
    tasks.make_asked_reports()
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = client.get(address)
    assert "Uusi raportti valmistui" in page.content.decode() and page.context["again"]
    assert "Tehty uudelleen" in page.content.decode()
    assert [report.edition for report in MonthlyReport.objects.all()] == [2, 1]
    assert ReportSending.objects.count() == 1


def test_as_many_queries_for_many_reports_as_for_one(coordinator, client, django_assert_max_num_queries):
    client.force_login(coordinator)
    a_report_receiver()
    a_report(date(2025, 1, 1))
    client.get(reverse("count_report"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("count_report"))
    for month in range(2, 9):
        report = a_report(date(2025, month, 1))
        ReportSending.objects.create(report=report, receiver=a_report_receiver(f"j{month}@demo.example"))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("count_report"))


# --- what the database holds ---------------------------------------------------------------------


def refused_by_database(statement: str, *values: object) -> str:
    errors = (IntegrityError, ProgrammingError)
    with pytest.raises(errors) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def test_what_the_database_refuses(db):
    report = a_report(OCTOBER if timezone.localdate() >= date(2026, 11, 1) else date(2025, 10, 1))
    receiver = a_report_receiver()
    ReportSending.objects.create(report=report, receiver=receiver)
    new = "INSERT INTO meetings_monthlyreport (month, edition, made_at) VALUES (%s, %s, %s)"
    now = timezone.now()
    assert "report_edition_once" in refused_by_database(new, report.month, 1, now)
    assert "report_of_a_month" in refused_by_database(new, date(2025, 3, 2), 1, now)
    # Made again by nobody; made in the last minute of its own month.
    assert "report_made_again_by_somebody" in refused_by_database(new, report.month, 2, now)
    last_minute = datetime(2025, 3, 31, 23, 59, tzinfo=HELSINKI)
    assert "kuukaudesta, joka on päättynyt" in refused_by_database(new, date(2025, 3, 1), 1, last_minute)
    again = "INSERT INTO meetings_reportsending (report_id, receiver_id) VALUES (%s, %s)"
    assert "report_sent_once" in refused_by_database(again, report.pk, receiver.pk)
    for table in ("monthlyreport", "reportpaper", "reportsending"):
        assert "Cannot update or delete" in refused_by_database(f"DELETE FROM meetings_{table}")
    assert "Cannot update" in refused_by_database("UPDATE meetings_reportpaper SET pdf = ''")
    asked = ReportRequest.objects.create(
        month=report.month, sends=False, asked_at=now, asked_by=WorkerFactory(), form_key=uuid.uuid4()
    )
    another = (
        "INSERT INTO meetings_reportrequest (month, sends, asked_at, asked_by_id, form_key, attempts)"
        " VALUES (%s, false, now(), %s, gen_random_uuid(), 0)"
    )
    assert "report_request_one_open" in refused_by_database(another, report.month, asked.asked_by_id)
    assert "report_request_of_a_month" in refused_by_database(another, date(2025, 3, 2), asked.asked_by_id)
    change = "UPDATE meetings_reportrequest SET"
    assert "ei muuteta" in refused_by_database(f"{change} sends = true")
    both = f"{change} report_id = %s, given_up_at = now()"
    assert "report_request_ends_once" in refused_by_database(both, report.pk)
    ReportRequest.objects.update(report=report)
    assert "on jo vastattu" in refused_by_database(f"{change} report_id = NULL")
    assert "Cannot delete" in refused_by_database("DELETE FROM meetings_reportrequest")
    twice = (
        "INSERT INTO meetings_reportreceiver (name, email, language, is_active, version)"
        " VALUES ('A', %s, %s, true, 1)"
    )
    assert "report_receiver_once" in refused_by_database(twice, receiver.email.upper(), "fi")
    assert "report_language" in refused_by_database(twice, "b@demo.example", "en")
