"""A log line tells what happened, never whom it was about."""

import json
import logging

import pytest
import structlog
from django.http import HttpResponseNotFound
from django.test import RequestFactory

from perhekeskus import logs

TOKEN = "x4Jb2kQ-9vZ_tRw7LmN0pYsAeHcUdGfI"


@pytest.fixture
def lines():
    """What reaches a handler that has our formatter, each line as the object that it is."""
    gathered: list[dict] = []

    class Gatherer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            gathered.append(json.loads(self.format(record)))

    handler = Gatherer()
    handler.setFormatter(logs.formatter())
    root, requests = logging.getLogger(), logging.getLogger("django_structlog")
    before = root.level, requests.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    requests.setLevel(logging.DEBUG)
    yield gathered
    root.removeHandler(handler)
    root.setLevel(before[0])
    requests.setLevel(before[1])


@pytest.fixture
def in_production(settings):
    settings.PRODUCTION = True


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/terveys", "GET health"),
        (f"/jotakin/{TOKEN}", "GET (tuntematon sivu)"),
        ("/terveys?haku=Virtanen", "GET health"),
    ],
)
def test_a_request_is_told_by_its_page(path, name):
    assert logs.RequestMiddleware.format_request(RequestFactory().get(path)) == name


def test_a_request_leaves_no_token_in_any_line(lines):
    middleware = logs.RequestMiddleware(lambda request: HttpResponseNotFound())
    middleware(RequestFactory().get(f"/perhe/{TOKEN}?haku=Virtanen"))
    assert [line["event"] for line in lines] == ["request_started", "request_finished"]
    assert lines[0]["request_id"] == lines[1]["request_id"]
    assert TOKEN not in json.dumps(lines)
    assert "Virtanen" not in json.dumps(lines)


def test_djangos_own_line_about_a_request_names_the_page(lines):
    request = RequestFactory().get(f"/perhe/{TOKEN}")
    extra = {"request": request, "status_code": 500}
    logging.getLogger("django.request").error("Internal Server Error: %s", request.path, extra=extra)
    assert lines[0]["event"] == "500 GET (tuntematon sivu)"


@pytest.mark.parametrize(
    "words",
    [
        f"Could not open /kutsu/{TOKEN}/ in time",
        f"http://localhost/perhe/{TOKEN}",
        "GET /hakemisto/?haku=Virtanen",
        "550 unknown user <aino.virtanen@kuopio.example>",
    ],
)
def test_no_address_slips_in_from_a_librarys_words(lines, words):
    logging.getLogger("somebody.else").warning(words)
    for secret in (TOKEN, "Virtanen", "virtanen"):
        assert secret not in lines[0]["event"]


def test_in_production_an_exception_is_told_by_type_and_place_alone(lines, in_production):
    try:
        raise ValueError("Virtanen")
    except ValueError as error:
        logging.getLogger("perhekeskus").exception("jotakin meni vikaan")
        structlog.get_logger("perhekeskus").exception("task_failed", error=str(error), exception=error)
    assert [line["exception_type"] for line in lines] == ["builtins.ValueError"] * 2
    assert "test_logs.py" in lines[0]["at"][-1]
    assert "Virtanen" not in json.dumps(lines)


def test_where_people_are_invented_its_words_are_told(lines):
    try:
        raise ValueError("Kekkonen")
    except ValueError:
        logging.getLogger("perhekeskus").exception("jotakin meni vikaan")
    assert lines[0]["exception_words"] == "Kekkonen"


def test_celerys_line_about_a_failed_task_holds_no_words_of_it(lines):
    data = {"name": "perhekeskus.tasks.drain_outbox", "description": "raised unexpected"}
    logging.getLogger("celery.app.trace").error("Task failed: Virtanen", extra={"data": data})
    assert lines[0]["event"] == "perhekeskus.tasks.drain_outbox raised unexpected"
