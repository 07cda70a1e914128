"""The coordinator's page of how shared times were felt to be: numbers, never families and never people."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.requests import WorkerRequest
from perhekeskus import words

from ..dashboard.readers import may_count
from ..feedback_counts import Quarter, Told, feedback_counts, lessons
from ..forms.feedback import QUESTIONS
from ..states import FeedbackSide, FeedbackStep, WasNeeded


def _row(head: Any, one: Told) -> dict[str, Any]:
    steps = [step.words for step in one.steps] if one.steps is not None else ["–"] * 3
    return {
        "head": str(head),
        "cells": [{"text": text, "number": True} for text in [*steps, one.total.words]],
    }


def _tables(quarter: Quarter) -> list[dict[str, Any]]:
    """A table for each side, and one of whom the meetings missed; none of a side without an answer."""
    name = quarter.name
    head = [
        {"text": _("Kysymys")},
        *({"text": str(step.label), "number": True} for step in FeedbackStep),
        {"text": _("Vastauksia"), "number": True},
    ]
    captions = {
        FeedbackSide.FAMILY: _("Perheet, %(quarter)s"),
        FeedbackSide.PROFESSIONAL: _("Ammattilaiset, %(quarter)s"),
    }
    tables = [
        {
            "caption": captions[side] % {"quarter": name},
            "head": head,
            "rows": [_row(label, one) for (label, _steps), one in zip(QUESTIONS[side], found, strict=True)],
        }
        for side, found in quarter.sides.items()
        if found[0].total.high
    ]
    if quarter.needed:
        tables.append(
            {
                "caption": _("Olisiko puuttunutta tarvittu, %(quarter)s") % {"quarter": name},
                "head": [
                    {"text": _("Toimiala")},
                    *({"text": str(word.label), "number": True} for word in WasNeeded),
                    {"text": _("Yhteensä"), "number": True},
                ],
                "rows": [_row(sector.label, one) for sector, one in quarter.needed.items()],
            }
        )
    return tables


@require_safe
def count_feedback(request: WorkerRequest) -> HttpResponse:
    """What families and professionals have said, quarter by quarter."""
    if not may_count(request.user):
        raise Http404
    today = words.today()
    quarters = [
        {"name": quarter.name, "tables": _tables(quarter)} for quarter in feedback_counts(request.user, today)
    ]
    return render(
        request,
        "meetings/count_feedback.html",
        {
            "quarters": [one for one in quarters if one["tables"]],
            "lessons": lessons(request.user, today),
            "limit": settings.SMALL_NUMBER_LIMIT,
            "days": settings.FEEDBACK_DAYS,
        },
    )
