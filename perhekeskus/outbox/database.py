"""What the database says when it refuses a message."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from ..refusals import Refused

# Raised by the trigger of the floor that knows permissions.
NEEDS_PERMISSION = "message_needs_consent"
ONE_RECIPIENT = "message_one_recipient"
ONCE = "message_once_per_occasion"
LOCK_NOT_AVAILABLE = "55P03"


def broken_constraint(error: DatabaseError) -> str:
    """The name of the constraint that refused, empty when it was something else."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return (diagnosis.constraint_name or "") if diagnosis else ""


def is_held_by_another(error: DatabaseError) -> bool:
    """Whether a row was being changed by somebody at that very moment."""
    return getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE


@contextmanager
def refusals_of_the_database() -> Iterator[None]:
    """Say the database's refusal as a sentence; what was written inside is undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentences = {
            NEEDS_PERMISSION: _("Perheen lupa puuttuu tai on peruttu, joten viestiä ei voi lähettää."),
            ONE_RECIPIENT: _("Viestin osoite ei kelpaa. Tarkista se."),
        }
        if sentence := sentences.get(broken_constraint(error)):
            raise Refused(sentence) from error
        raise
    except OperationalError as error:
        if is_held_by_another(error):
            raise Refused(_("Perheen lupaa muutetaan juuri nyt. Yritä hetken kuluttua uudelleen.")) from error
        raise
