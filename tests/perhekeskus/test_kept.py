"""What is typed too late is kept for the one who typed it, and for nobody else."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.models import ClosePerson, Thanks, Worker
from perhekeskus.models import KeptForm
from perhekeskus.tasks import forget_kept_forms
from tests.door import comes_in
from tests.factories import PASSWORD, WorkerFactory, a_situation

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
WORDS = "Kiitos avusta aamun kiireessä."
KEPT = "Kirjoittamasi on tallessa"


class Browser(Client):
    """A browser that checks what real ones do: the token of each form, and where it was sent from."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def fills(self, url: str, **typed: str) -> dict[str, str]:
        """The fields of the page's form, filled in; nothing is sent yet."""
        page = self.get(url).content.decode()
        form = next(
            form for form in page.split("<form")[1:] if all(f'name="{name}"' in form for name in typed)
        )
        return hidden(form) | typed

    def sends(self, url: str, fields: dict[str, str], *, origin: str = HERE):
        return self.post(url, fields, headers={"origin": origin})

    def signs_in(self, worker: Worker, *, to: str = "") -> str:
        url = reverse("account_login") + to
        fields = self.fills(url, login=worker.email, password=PASSWORD)
        response = self.sends(url, fields)
        assert response.status_code == 302, response.content.decode()
        return response["Location"]


def hidden(form: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
    return {name: unescape(value) for name, value in found}


def text(response) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def writer() -> Worker:
    return WorkerFactory()


@pytest.fixture
def thanks(writer) -> str:
    return reverse("thanks_give", args=[WorkerFactory().pk])


@pytest.fixture
def typed(writer, thanks) -> tuple[Browser, dict[str, str]]:
    """A worker's browser with a form filled in, not sent."""
    browser = Browser()
    browser.signs_in(writer)
    return browser, browser.fills(thanks, text=WORDS)


# --- the worker -----------------------------------------------------------------------------------


def test_what_was_typed_while_the_session_ended_waits_behind_signing_in(typed, writer, thanks):
    browser, fields = typed
    Session.objects.all().delete()
    response = browser.sends(thanks, fields)
    assert response["Location"] == reverse("kept_forms")
    response = browser.get(response["Location"])
    assert response["Location"].startswith(reverse("account_login")) and "kiire" not in response["Location"]
    assert KEPT in text(browser.get(response["Location"]))
    assert browser.signs_in(writer, to="?next=" + reverse("kept_forms")) == reverse("kept_forms")
    page = browser.get(reverse("kept_forms"))
    assert KEPT in text(page) and WORDS in text(page)
    assert not Thanks.objects.exists()

    again = next(form for form in page.content.decode().split("<form")[1:] if "form_kept" in form)
    assert browser.sends(thanks, hidden(again)).status_code == 302
    assert Thanks.objects.get().text == WORDS
    assert not KeptForm.objects.exists()
    assert "Tallessa ei ole mitään" in text(browser.get(reverse("kept_forms")))


def test_signing_in_again_in_another_tab_loses_nothing(typed, writer, thanks):
    browser, fields = typed
    browser.sends(reverse("account_logout"), browser.fills(reverse("account_logout")))
    browser.signs_in(writer)
    assert browser.sends(thanks, fields)["Location"] == reverse("kept_forms")
    assert WORDS in text(browser.get(reverse("kept_forms")))


def test_the_second_step_stands_before_it_too(typed, writer, thanks):
    browser, fields = typed
    Session.objects.all().delete()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(writer, secret)
    RecoveryCodes.activate(writer)
    browser.sends(thanks, fields)
    step = browser.signs_in(writer)
    assert step.startswith(reverse("mfa_authenticate"))
    assert browser.get(reverse("kept_forms")).status_code == 302
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert Authenticator.objects.filter(user=writer).exists()
    response = browser.sends(step, browser.fills(step, code=code))
    assert response["Location"] == reverse("kept_forms")
    assert WORDS in text(browser.get(reverse("kept_forms")))


def test_another_who_signs_in_at_the_same_browser_sees_nothing_and_does_nothing(typed, thanks, writer):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(thanks, fields)
    other = WorkerFactory()
    browser.signs_in(other)
    # The form that was left open is sent in the other's name, and what was kept is asked for by its number.
    response = browser.sends(thanks, fields)
    assert response.status_code == 403 and WORDS not in text(response)
    assert "joku muu kuin se, joka lomakkeen kirjoitti" in text(response)
    page = browser.get(reverse("kept_forms"))
    assert WORDS not in text(page) and "Tallessa ei ole mitään" in text(page)
    discards = browser.fills(reverse("kept_forms")) | {"remove": str(KeptForm.objects.first().pk)}
    token = browser.fills(thanks, text="")["csrfmiddlewaretoken"]
    browser.sends(reverse("kept_forms"), discards | {"csrfmiddlewaretoken": token})
    assert KeptForm.objects.exists() and not Thanks.objects.exists()
    # Whoever wrote it finds it, also in another browser.
    own = Browser()
    assert own.signs_in(writer) == reverse("kept_forms")
    assert WORDS in text(own.get(reverse("kept_forms")))


@pytest.mark.parametrize("origin", ["https://muualla.example", "null", ""])
def test_nothing_is_kept_of_what_another_site_sent(typed, thanks, origin):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(thanks, fields, origin=origin)
    browser.sends(thanks, fields | {"csrfmiddlewaretoken": "x"}, origin=origin)
    assert not KeptForm.objects.exists()


def test_nothing_is_kept_without_the_mark_nor_with_a_forged_one(typed, thanks):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(thanks, {**fields, "form_writer": "worker:1"})
    browser.sends(thanks, {name: value for name, value in fields.items() if name != "form_writer"})
    assert not KeptForm.objects.exists()


def test_no_password_is_kept(typed):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(
        reverse("account_change_password"), fields | {"oldpassword": PASSWORD, "password1": "uusi-salasana-1"}
    )
    assert not KeptForm.objects.exists()


def test_too_much_is_not_kept_and_only_the_newest_few_are(typed, thanks):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(thanks, fields | {"text": "a" * 200_000})
    assert not KeptForm.objects.exists()
    for number in range(7):
        browser.sends(thanks, fields | {"text": f"Kiitos numero {number}"})
    kept = [one.unseal()["fields"][-1][1] for one in KeptForm.objects.all()]
    assert kept == [[f"Kiitos numero {number}"] for number in (6, 5, 4, 3, 2)]


def test_it_is_gone_after_its_time_and_unreadable_in_the_table(typed, writer, thanks, settings):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(thanks, fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM perhekeskus_keptform")
        assert "Kiitos" not in str(cursor.fetchall())
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.KEPT_FORM_MINUTES + 1)):
        browser.signs_in(writer)
        assert WORDS not in text(browser.get(reverse("kept_forms")))
        forget_kept_forms()
    assert not KeptForm.objects.exists()


def test_the_writer_throws_it_away(typed, writer, thanks):
    browser, fields = typed
    Session.objects.all().delete()
    browser.sends(thanks, fields)
    browser.signs_in(writer)
    url = reverse("kept_forms")
    page = browser.get(url).content.decode()
    form = next(one for one in page.split("<form")[1:] if 'name="remove"' in one)
    browser.sends(url, hidden(form) | {"remove": str(KeptForm.objects.get().pk)})
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("writers", ["neither", "both"])
def test_the_table_takes_one_writer_a_row(writer, writers):
    link = a_situation().family.link
    values = {"worker_id": writer.pk, "link_id": link.pk} if writers == "both" else {}
    with pytest.raises(IntegrityError, match="kept_form_one_writer"), transaction.atomic():
        KeptForm.objects.bulk_create([KeptForm(sealed="x", **values)])


def test_the_table_takes_no_long_rows(writer):
    with (
        pytest.raises(IntegrityError, match="kept_form_not_too_long"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO perhekeskus_keptform (worker_id, sealed, kept_at)"
            " VALUES (%s, repeat('a', 300001), now())",
            [writer.pk],
        )


# --- the family -----------------------------------------------------------------------------------


def test_the_family_finds_its_text_once_the_code_is_given_again(settings):
    situation, stranger = a_situation(email="koti@posti.example"), a_situation(email="muu@posti.example")
    token = situation.family.link.token
    add, kept = (reverse(name, args=[token]) for name in ("family_close_person_add", "family_kept"))
    browser = Browser()
    browser.handler.enforce_csrf_checks = False
    comes_in(browser, token)
    fields = browser.fills(add, name="Mummo Maija", relation="mummo", email="", phone="")
    browser.handler.enforce_csrf_checks = True
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.FAMILY_IDLE_MINUTES + 5)):
        door = browser.sends(add, fields)["Location"]
        page = browser.get(door)
        assert "Kirjoittamanne on tallessa" in text(page) and "Maija" not in text(page)
        assert browser.get(kept).status_code == 302
        browser.handler.enforce_csrf_checks = False
        # Another family in the same browser sees nothing of it.
        comes_in(browser, stranger.family.link.token)
        theirs = browser.get(reverse("family_kept", args=[stranger.family.link.token]))
        assert theirs.status_code == 200 and "Maija" not in text(theirs)
        comes_in(browser, token)
        page = browser.get(kept)
        assert "Mummo Maija" in text(page)
        again = next(form for form in page.content.decode().split("<form")[1:] if "form_kept" in form)
        browser.handler.enforce_csrf_checks = True
        assert browser.sends(add, hidden(again)).status_code == 302
    assert ClosePerson.objects.get(family=situation.family).name == "Mummo Maija"
    assert not KeptForm.objects.exists()


def test_a_familys_mark_opens_nothing_at_another_familys_page():
    mine, others = (a_situation(email=f"{name}@posti.example") for name in ("koti", "muu"))
    browser = Browser()
    browser.handler.enforce_csrf_checks = False
    comes_in(browser, mine.family.link.token)
    fields = browser.fills(
        reverse("family_close_person_add", args=[mine.family.link.token]),
        name="Mummo Maija",
        relation="mummo",
    )
    browser.sends(reverse("family_close_person_add", args=[others.family.link.token]), fields)
    assert not KeptForm.objects.exists()
