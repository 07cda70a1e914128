"""Refusals: an action that may not be done says why, in one sentence for the person who tried."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

Sentence = str | Promise


class Refused(Exception):
    """An action that was not done; str() is a sentence that a user can be shown."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def require(why_not: Sentence | None) -> None:
    """Raise `Refused` with the sentence, if there is one."""
    if why_not:
        raise Refused(why_not)


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[None]:
    """Show a refusal as a message on the next page instead of an error page."""
    try:
        yield
    except Refused as refused:
        messages.error(request, str(refused))
