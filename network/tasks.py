"""What Celery does on this floor: files on their way into the directory."""

from celery import shared_task

from .actions import importing


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
