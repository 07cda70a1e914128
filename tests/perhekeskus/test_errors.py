"""Error pages: each tells in plain Finnish what happened and what can be done."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from perhekeskus.views import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


def text(response):
    return response.content.decode()


def test_an_unknown_address_is_a_page_in_finnish(stranger):
    response = stranger.get("/ei-ole-olemassa/")
    assert response.status_code == 404
    assert "<h1>Sivua ei löydy</h1>" in text(response)
    assert '<html lang="fi">' in text(response)


def test_too_big_a_sending_is_told_apart_from_a_broken_one(stranger, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = stranger.post(reverse("account_login"), {"login": "a" * 2000})
    assert response.status_code == 413
    assert "siihen ei voi luottaa" in text(response)


def test_too_many_fields_is_a_broken_request(stranger, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = stranger.post(reverse("account_login"), {f"f{i}": i for i in range(10)})
    assert response.status_code == 400
    assert "Pyyntöä ei voitu lukea" in text(response)


def test_an_old_page_is_refused_with_a_way_to_keep_the_text():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})
    assert response.status_code == 403
    assert "Sivu ehti vanhentua" in text(response)
    assert "kirjoittamasi on vielä lomakkeella" in text(response)


def test_a_guesser_is_asked_to_wait(stranger):
    answers = [stranger.post(reverse("account_login"), {}).status_code for _ in range(31)]
    response = stranger.post(reverse("account_login"), {})
    assert answers[0] == 200
    assert response.status_code == 429
    assert "Odota hetki" in text(response)


@pytest.mark.parametrize(
    ("view", "exception", "status", "words"),
    [
        (errors.bad_request, BadRequest(), 400, "Pyyntöä ei voitu lukea"),
        (errors.bad_request, RequestDataTooBig(), 413, "liian paljon"),
        (errors.forbidden, PermissionDenied("Tilanne on jo päättynyt."), 403, "Tilanne on jo päättynyt."),
        (errors.too_big, None, 413, "liian paljon"),
        (errors.too_many, None, 429, "Odota hetki"),
    ],
)
def test_each_handler_has_its_status_and_its_words(rf, view, exception, status, words):
    response = view(rf.get("/"), exception)
    assert response.status_code == status
    assert words in text(response)
    assert "noindex" in text(response)


class Unreachable:
    """A reader whose session stands in a database that does not answer."""

    def __getattr__(self, name):
        raise OperationalError("the database is away")


def test_a_fault_of_ours_asks_nothing_of_the_reader_or_the_database(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = request.session = Unreachable()
    with django_assert_num_queries(0):
        response = errors.server_error(request)
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
    assert "Vika on meidän päässämme" in text(response)


def test_a_fault_in_the_fault_page_still_gives_a_sentence(rf, settings):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [], "APP_DIRS": False}]
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Jotakin meni vikaan meidän päässämme" in text(response)
