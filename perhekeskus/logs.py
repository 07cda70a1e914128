"""Logs tell what happened, never whom it was about.

A path can hold a family's token and a query string a searched name, so a line names the page's route
instead. An exception's message can hold a row's values, so in production only its type and place are told.
"""

import logging
import re
import sys
import traceback
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware as BaseRequestMiddleware
from structlog.typing import EventDict, Processor

LONG_PATH_PART = re.compile(r"(?<=/)(?=[\w-]*[\dA-Z])[\w-]{16,}")
QUERY_STRING = re.compile(r"(?<=[\w/])\?[\w%+.-]+=\S*")
EMAIL_ADDRESS = re.compile(r"[^\s<>\"'(]+@[^\s<>\"')]+")
# Where the libraries that log for us put the words of an exception.
WORDS_OF_EXCEPTIONS = ("error", "exception", "reason")


class RequestMiddleware(BaseRequestMiddleware):
    """django-structlog's request middleware, naming the route where it would write the path."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {route_name(request)}"


def route_name(request: HttpRequest) -> str:
    """The name of the page that the request asked for, without what was in its address."""
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return "(tuntematon sivu)"
    return match.view_name or match.route


def formatter() -> logging.Formatter:
    """One JSON object a line, for settings.LOGGING; routes structlog's own loggers there as well."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            name_the_page,
            tell_of_exception,
            without_addresses,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=type_name),
        ],
    )


def name_the_page(logger: Any, method: str, event: EventDict) -> EventDict:
    """Django writes the path into its lines about a request, Celery the exception into a task's."""
    record: logging.LogRecord = event["_record"]
    if isinstance(request := getattr(record, "request", None), HttpRequest):
        status = getattr(record, "status_code", "")
        event["event"] = f"{status} {request.method} {route_name(request)}".strip()
    elif isinstance(data := getattr(record, "data", None), dict) and "description" in data:
        event["event"] = f"{data.get('name')} {data['description']}"
    return event


def tell_of_exception(logger: Any, method: str, event: EventDict) -> EventDict:
    """Type and place of an exception; its words too where only invented people are."""
    for key in WORDS_OF_EXCEPTIONS:
        if key in event and settings.PRODUCTION:
            event[key] = type_name(event[key])
    exc_info = event.pop("exc_info", None)
    if isinstance(exc_info, BaseException):
        exception: BaseException | None = exc_info
    else:
        exception = (exc_info if isinstance(exc_info, tuple) else sys.exc_info())[1] if exc_info else None
    if exception is not None:
        event["exception_type"] = type_name(exception)
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(exception.__traceback__)
        ]
        if not settings.PRODUCTION:
            event["exception_words"] = str(exception)
    return event


def without_addresses(logger: Any, method: str, event: EventDict) -> EventDict:
    """No token, no searched word and no e-mail address, whichever library wrote the line."""
    for key, value in event.items():
        if isinstance(value, str) and key != "timestamp":
            value = LONG_PATH_PART.sub("…", value)
            value = QUERY_STRING.sub("?…", value)
            event[key] = EMAIL_ADDRESS.sub("…@…", value)
    return event


def type_name(value: object) -> str:
    """What kind of thing it is, for what cannot be told."""
    return f"{type(value).__module__}.{type(value).__qualname__}"
