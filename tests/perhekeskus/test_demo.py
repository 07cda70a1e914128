"""The demonstration's mailbox and sign-ins: open to everybody there, not there at all elsewhere."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from network.calendars import calendar
from perhekeskus import sms
from perhekeskus.demo import ROLES, DemonstrationMailbox
from perhekeskus.models import DemonstrationMail
from tests.factories import WorkerFactory, next_weekday

LINK = "http://localhost:8000/kutsu/abcDEF-_123/"


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    settings.SMS_BACKEND = "demonstration"
    settings.EMAIL_BACKEND = "perhekeskus.demo.DemonstrationMailbox"


def an_email(
    to: str = "kaisa@kuopio.example", number: int = 1, with_calendar: bool = False
) -> DemonstrationMail:
    email = EmailMultiAlternatives(
        f"Kutsu {number}",
        f"Vastaa tästä\n{LINK}\n<script>alert(1)</script>",
        to=[to],
        headers={"Message-ID": f"<{number}@perhekeskus.example>"},
    )
    email.attach_alternative("<p>Hei</p>", "text/html")
    if with_calendar:
        period = next_weekday()
        entry = calendar(
            method="REQUEST",
            uid="5b1d6f0e-6d7c-4a8e-9d2c-0a6f6b7f9f10",
            sequence=0,
            starts_at=period.lower,
            ends_at=period.upper,
            stamp=timezone.now(),
            place="Perhekeskus, Pihlaja",
            attendee=to,
        )
        email.attach_alternative(entry.decode(), "text/calendar; method=REQUEST")
        email.attach("invite.ics", entry, "application/ics")
    assert email.send() == 1
    return DemonstrationMail.objects.get(message_id=f"<{number}@perhekeskus.example>")


PAGES = [
    ("get", "demo_mail", []),
    ("get", "demo_mail_detail", [1]),
    ("get", "demo_mail_attachment", [1, 1]),
    ("post", "demo_sign_in", []),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name", "args"), PAGES)
def test_outside_a_demonstration_there_is_nothing(client, settings, method, name, args):
    DemonstrationMail.objects.create(
        pk=1, message_id="1", channel="email", recipient="a@b.example", text="x", sent_at=timezone.now()
    )
    WorkerFactory(email="paakayttaja@demo.example", administrator=True)
    settings.DEMONSTRATION = False
    answer = getattr(client, method)(reverse(name, args=args), {"role": "paakayttaja"})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_outside_a_demonstration_nothing_is_kept(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        DemonstrationMailbox()
    settings.SMS_BACKEND = "demonstration"
    with pytest.raises(ImproperlyConfigured):
        sms.send("0401234567", "Hei", "1")
    assert not DemonstrationMail.objects.exists()


@pytest.mark.django_db
class TestMailbox:
    def test_an_empty_one_says_how_to_fill_it(self, client, demonstration):
        page = client.get(reverse("demo_mail")).content.decode()
        assert "Posti on vielä tyhjä" in page and reverse("account_login") in page

    def test_it_shows_e_mails_and_text_messages_the_newest_first(self, client, demonstration):
        an_email()
        sms.send("040 123 4567", "Avaa sivusi", "2")
        page = client.get(reverse("demo_mail")).content.decode()
        assert "Kutsu 1" in page and "kaisa@kuopio.example" in page
        assert page.index("+358401234567") < page.index("kaisa@kuopio.example")

    @pytest.mark.parametrize("to", ["kaisa", "KAISA@kuopio", "kaisa@kuopio.example"])
    def test_it_is_searched_by_receiver(self, client, demonstration, to):
        an_email()
        an_email("olli@kuopio.example", 2)
        page = client.get(reverse("demo_mail"), {"to": to}).content.decode()
        assert "Kutsu 1" in page and "Kutsu 2" not in page

    @pytest.mark.parametrize("to", ["040 123 4567", "+358401234567", "1234567"])
    def test_a_number_is_found_however_it_is_written(self, client, demonstration, to):
        an_email()
        sms.send("040 123 4567", "Avaa sivusi", "2")
        page = client.get(reverse("demo_mail"), {"to": to}).content.decode()
        assert "+358401234567" in page and "Kutsu 1" not in page

    @pytest.mark.parametrize("to", ["\x00", "x" * 500, "%", "'; --"])
    def test_odd_searches_find_nothing_and_break_nothing(self, client, demonstration, to):
        an_email()
        assert client.get(reverse("demo_mail"), {"to": to, "page": "-1"}).status_code == 200

    def test_a_second_copy_is_shown_once(self, client, demonstration):
        an_email()
        an_email()
        assert DemonstrationMail.objects.count() == 1

    def test_a_long_list_has_pages_and_few_queries(self, client, demonstration, django_assert_num_queries):
        for number in range(1, 31):
            an_email(number=number)
        with django_assert_num_queries(2):
            page = client.get(reverse("demo_mail")).content.decode()
        assert "Kutsu 30" in page
        assert "?page=2" in page

    def test_a_message_without_an_id_is_kept_too(self, demonstration):
        EmailMessage("Salasana", "Hei", to=["a@kuopio.example"]).send()
        assert DemonstrationMail.objects.get().subject == "Salasana"


@pytest.mark.django_db
class TestOneMessage:
    def test_its_links_can_be_followed_and_its_text_does_nothing(self, client, demonstration):
        mail = an_email()
        page = client.get(reverse("demo_mail_detail", args=[mail.pk])).content.decode()
        assert f'href="{LINK}"' in page
        assert "<script>alert" not in page and "&lt;script&gt;" in page

    def test_its_calendar_entry_is_told_in_words(self, client, demonstration):
        mail = an_email(with_calendar=True)
        page = client.get(reverse("demo_mail_detail", args=[mail.pk])).content.decode()
        assert "Kalenterikutsu" in page and "klo 9.30–11.00" in page and "Perhekeskus, Pihlaja" in page

    def test_its_attachment_is_the_very_calendar(self, client, demonstration):
        mail = an_email(with_calendar=True)
        answer = client.get(reverse("demo_mail_attachment", args=[mail.pk, 1]))
        assert answer.headers["Content-Disposition"] == 'attachment; filename="invite.ics"'
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert Calendar.from_ical(answer.content)["METHOD"] == "REQUEST"
        assert client.get(reverse("demo_mail_attachment", args=[mail.pk, 2])).status_code == 404
        assert client.get(reverse("demo_mail_attachment", args=[mail.pk, 0])).status_code == 404

    def test_a_text_message_is_shown_with_its_link(self, client, demonstration):
        sms.send("040 123 4567", f"Avaa sivusi: {LINK}", "2")
        mail = DemonstrationMail.objects.get()
        assert f'href="{LINK}"' in client.get(reverse("demo_mail_detail", args=[mail.pk])).content.decode()
        assert client.get(reverse("demo_mail_attachment", args=[mail.pk, 1])).status_code == 404

    def test_what_is_not_there_is_404(self, client, demonstration):
        assert client.get(reverse("demo_mail_detail", args=[999])).status_code == 404


@pytest.mark.django_db
class TestSignIn:
    @pytest.mark.parametrize("role", ROLES)
    def test_one_press_signs_in(self, client, demonstration, role):
        worker = WorkerFactory(email=f"{role}@demo.example")
        answer = client.post(reverse("demo_sign_in"), {"role": role})
        assert answer.status_code == 302 and answer.url == "/"
        assert client.session["_auth_user_id"] == str(worker.pk)

    @pytest.mark.parametrize("role", ["", "johtaja", "../paakayttaja", "paakayttaja@demo.example"])
    def test_nobody_else_can_be_signed_in_as(self, client, demonstration, role):
        WorkerFactory(email="johtaja@demo.example")
        assert client.post(reverse("demo_sign_in"), {"role": role}).status_code == 404
        assert "_auth_user_id" not in client.session

    def test_a_closed_account_stays_closed(self, client, demonstration):
        WorkerFactory(email="ohjaus@demo.example", is_active=False)
        assert client.post(reverse("demo_sign_in"), {"role": "ohjaus"}).status_code == 404

    def test_looking_never_signs_in(self, client, demonstration):
        WorkerFactory(email="ohjaus@demo.example")
        assert client.get(reverse("demo_sign_in"), {"role": "ohjaus"}).status_code == 405
