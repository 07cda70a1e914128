"""One scene for many trials: what a trial does is undone after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back, also when it fails; objects in hand are not."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                yield
        finally:
            transaction.set_rollback(True)
