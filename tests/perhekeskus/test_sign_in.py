"""Signing in: accounts are given, a second step can be switched on, demonstrations have short cuts."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse

from network.models import Worker
from tests.factories import PASSWORD, WorkerFactory


@pytest.mark.django_db
def test_the_one_press_sign_ins_exist_in_a_demonstration_only(client, settings):
    assert client.get(reverse("account_login")).context["demonstration_sign_ins"] == []
    settings.DEMONSTRATION = True
    page = client.get(reverse("account_login"))
    assert len(page.context["demonstration_sign_ins"]) == 6
    assert "Kokeile esittelyä" in page.content.decode()


@pytest.mark.django_db
def test_nobody_makes_an_account_for_themselves(client):
    page = client.get(reverse("account_signup"))
    assert "Tunnuksen saa pääkäyttäjältä" in page.content.decode()
    client.post(
        reverse("account_signup"),
        {"email": "vieras@kuopio.example", "password1": "pitkä-salasana-1", "password2": "pitkä-salasana-1"},
    )
    assert not Worker.objects.filter(email="vieras@kuopio.example").exists()


@pytest.mark.django_db
def test_nobody_changes_the_address_that_the_administrator_gave(client):
    worker = WorkerFactory()
    client.force_login(worker)
    client.post(reverse("account_email"), {"action_add": "", "email": "muualle@kuopio.example"})
    assert not EmailAddress.objects.filter(email="muualle@kuopio.example").exists()
    worker.refresh_from_db()
    assert worker.email != "muualle@kuopio.example"


def sign_in(client, worker):
    return client.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})


def confirm_oneself(client):
    """Changing how one signs in asks for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.mark.django_db
def test_a_wrong_password_says_so_in_the_summary_and_keeps_the_address(client):
    worker = WorkerFactory()
    page = client.post(
        reverse("account_login"), {"login": worker.email, "password": "väärä"}
    ).content.decode()
    assert "<title>Virhe: Kirjaudu sisään" in page
    assert 'role="alert"' in page
    assert f'value="{worker.email}"' in page
    assert "placeholder" not in page


@pytest.mark.django_db
def test_a_worker_can_switch_a_second_step_on_and_is_asked_for_it(client):
    worker = WorkerFactory()
    sign_in(client, worker)
    confirm_oneself(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=worker, type=Authenticator.Type.TOTP).exists()

    client.logout()
    assert sign_in(client, worker)["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("home")).status_code == 302


@pytest.mark.django_db
def test_passkeys_are_offered(client):
    assert "Kirjaudu pääsyavaimella" in client.get(reverse("account_login")).content.decode()
    sign_in(client, WorkerFactory())
    confirm_oneself(client)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


@pytest.mark.django_db
def test_a_forgotten_password_comes_as_one_link_and_a_stranger_gets_nothing(client):
    worker = WorkerFactory()
    same = [
        client.post(reverse("account_reset_password"), {"email": email})["Location"]
        for email in (worker.email, "vieras@kuopio.example")
    ]
    assert same[0] == same[1]
    (letter,) = mail.outbox
    assert letter.to == [worker.email]
    assert letter.subject == "Yhteinen aika: uusi salasana"
    assert letter.body.count("http") == 1
    assert "example.com" not in letter.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
    ],
)
def test_every_page_of_the_account_wears_the_houses_frame(client, name):
    worker = WorkerFactory()
    sign_in(client, worker)
    page = client.get(reverse(name), follow=True).content.decode()
    assert 'class="site-header"' in page
    assert page.count("<h1") == 1
    assert "Messages:" not in page
