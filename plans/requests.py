"""What the family has asked for, in words: to itself and to the worker."""

from typing import Any

from django.utils.translation import gettext as _

from perhekeskus import words

from .models import ContactRequest, Plan


def received_words(request: ContactRequest) -> str:
    """To the family: by which day it is contacted."""
    day = words.short_day(request.answer_by).rstrip(".")
    return _("Pyyntönne on perillä. Teihin otetaan yhteyttä viimeistään %(day)s.") % {"day": day}


def asked_facts(plan: Plan) -> dict[str, Any] | None:
    """To the worker: that the family asks to be contacted, in its own words, and whether it is late."""
    request = ContactRequest.objects.open().filter(situation=plan.situation_id).first()
    if request is None or not plan.is_in_force:
        return None
    return {
        "title": _("Perhe pyysi yhteydenottoa %(asked)s. Ota yhteyttä viimeistään %(by)s.")
        % {"asked": words.short_day(request.asked_at).rstrip("."), "by": words.day(request.answer_by)},
        "late": words.days_late(request.answer_by),
        "words": request.words,
    }
