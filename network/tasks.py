"""What Celery does on this floor: files on their way into the directory, letters by the clock."""

from celery import shared_task

from . import card_messages, folding, regular_letters
from .actions import consultations, importing


@shared_task
def check_import(pk: int) -> None:
    """Read an uploaded file and compare it with the directory."""
    importing.check(pk)


@shared_task
def apply_import(pk: int) -> None:
    """Take a checked file into the directory."""
    importing.apply(pk)


@shared_task
def resume_imports() -> None:
    """Take up the files that somebody left half done."""
    importing.resume()


@shared_task
def remind_of_old_cards() -> None:
    """Ask the owners of cards that nobody has confirmed for a year. May run twice harmlessly."""
    card_messages.queue_old_cards()


@shared_task
def tell_of_left_questions() -> None:
    """Tell of the questions of advice whose one has left. May run twice harmlessly."""
    consultations.tell_of_left_waiting()


@shared_task
def send_regular_letters() -> None:
    """The weekly digest of bulletins and the reminder of missing forums. May run twice harmlessly."""
    regular_letters.give_late_starters_their_receipts()
    regular_letters.write_digests()
    regular_letters.remind_of_forums()


@shared_task
def fold_tallies() -> None:
    """Fold what has changed into the numbers. May run twice, and many at once, harmlessly."""
    folding.fold()
