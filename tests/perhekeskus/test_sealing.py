"""A copy of the database opens no account, and tries to sign in are counted for all processes together."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import InvalidToken
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from perhekeskus.sealing import sealed, unsealed
from perhekeskus.sessions import SessionStore
from tests.factories import PASSWORD, WorkerFactory

pytestmark = pytest.mark.django_db

AWAY = "redis://127.0.0.1:1/0"


def every_session_row() -> str:
    return repr(list(Session.objects.values_list("session_key", "session_data")))


def sign_in(client, worker, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": worker.email, "password": password})


def the_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def a_second_step(client) -> str:
    """Take the second step into use; its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": the_code(secret)})
    return secret


class TestSessions:
    def test_a_copied_row_is_no_cookie(self, client):
        sign_in(client, WorkerFactory())
        assert client.get(reverse("home")).status_code == 200
        cookie = client.cookies[project.SESSION_COOKIE_NAME]
        assert cookie.value not in every_session_row()
        client.cookies[project.SESSION_COOKIE_NAME] = Session.objects.get().session_key
        assert client.get(reverse("home")).status_code == 302

    def test_what_is_kept_in_it_is_not_read_from_the_database(self):
        one = SessionStore()
        one["draft"] = "Aada ei halua"
        one.save()
        assert SessionStore(one.session_key)["draft"] == "Aada ei halua"
        assert super(SessionStore, one).decode(Session.objects.get().session_data) == {}

    def test_signing_out_takes_the_row_away(self, client):
        sign_in(client, WorkerFactory())
        client.post(reverse("account_logout"))
        assert not Session.objects.filter(session_key=client.session.session_key or "").exists()
        assert client.get(reverse("home")).status_code == 302

    def test_a_key_is_made_once_and_cycled_at_sign_in(self, client):
        worker = WorkerFactory()
        one = SessionStore()
        one.create()
        assert one.exists(one.session_key)
        first = one.session_key
        one["a"] = 1
        one.cycle_key()
        one.save()
        assert not SessionStore().exists(first) and SessionStore(one.session_key)["a"] == 1
        one.delete()
        assert not Session.objects.exists()
        client.force_login(worker)
        assert client.get(reverse("home")).status_code == 200

    def test_what_has_run_out_opens_nothing_and_is_cleared(self):
        one = SessionStore()
        one["a"] = 1
        one.save()
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        assert SessionStore(one.session_key).load() == {}
        call_command("clearsessions")
        assert not Session.objects.exists()

    def test_a_former_key_among_the_fallbacks_still_opens_and_a_lost_one_signs_out(self, settings):
        one = SessionStore()
        one["a"] = 1
        one.save()
        former, settings.SECRET_KEY = settings.SECRET_KEY, "uusi-avain-" * 6
        settings.SECRET_KEY_FALLBACKS = [former]
        assert SessionStore(one.session_key).load() == {"a": 1}
        settings.SECRET_KEY_FALLBACKS = []
        assert SessionStore(one.session_key).load() == {}


class TestTheSecondStep:
    def test_its_secret_is_nowhere_in_the_database_and_its_codes_work(self, client):
        worker = WorkerFactory()
        sign_in(client, worker)
        secret = a_second_step(client)
        kept = repr(list(Authenticator.objects.values_list("data"))) + every_session_row()
        assert secret not in kept
        one = Authenticator.objects.get(type=Authenticator.Type.TOTP)
        assert unsealed(one.data["secret"], "second-step") == secret

    def test_nor_while_it_is_being_taken_into_use(self, client):
        sign_in(client, WorkerFactory())
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
        as_django_keeps_it = super(SessionStore, SessionStore()).decode
        plain = [as_django_keeps_it(row.session_data) for row in Session.objects.all()]
        assert secret and secret not in repr(plain)

    def test_a_former_key_opens_it_and_no_other(self, settings):
        box = sealed("salaisuus", "second-step")
        with pytest.raises(InvalidToken):
            unsealed(box, "session")
        former, settings.SECRET_KEY = settings.SECRET_KEY, "uusi-avain-" * 6
        with pytest.raises(InvalidToken):
            unsealed(box, "second-step")
        settings.SECRET_KEY_FALLBACKS = [former]
        assert unsealed(box, "second-step") == "salaisuus"


def as_another_process() -> None:
    """Go on as a process that has just started: with nothing of its own in memory."""
    prefix = caches["default"].key_prefix
    caches["default"].own.clear()
    del caches["default"]
    caches["default"].key_prefix = prefix


class TestTheSharedCount:
    def test_what_one_process_counts_another_knows(self):
        caches["default"].set("tries", [1.5, 2.5], 60)
        assert caches["default"].add("taken", True, 60)
        caches["default"].set("number", 1, 60)
        as_another_process()
        assert caches["default"].get("tries") == [1.5, 2.5]
        assert not caches["default"].add("taken", True, 60)
        assert caches["default"].incr("number") == 2

    def test_guessing_is_stopped_also_in_the_next_process(self, client):
        worker = WorkerFactory()
        for _try in range(12):
            sign_in(client, worker, "väärä salasana")
        as_another_process()
        sign_in(client, worker)
        assert client.get(reverse("home")).status_code == 302

    def test_nothing_read_from_it_is_code(self):
        caches["default"].set("a", ["x"], 60)
        client = caches["default"]._cache.get_client(None)
        assert client.get(caches["default"].make_key("a")) == b'["x"]'

    def test_it_is_never_emptied_for_the_broker_lives_beside_it(self):
        with pytest.raises(NotImplementedError):
            caches["default"].clear()

    def test_a_cache_that_is_away_stops_nobody_and_is_not_waited_for(self, client, settings):
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": AWAY}}
        began = time.monotonic()
        sign_in(client, WorkerFactory())
        assert client.get(reverse("home")).status_code == 200
        assert time.monotonic() - began < 3

    def test_each_process_still_counts_for_itself_while_it_is_away(self, client, settings):
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": AWAY}}
        worker = WorkerFactory()
        for _try in range(12):
            sign_in(client, worker, "väärä salasana")
        sign_in(client, worker)
        assert client.get(reverse("home")).status_code == 302
