"""A worker's photograph: small, made anew from what was sent, and kept beside the card."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from ..querysets import WorkerPhotoQuerySet
from .workers import Worker

LARGEST_PHOTO = 100_000


class WorkerPhoto(models.Model):
    """A square JPEG without any of the original file's other facts (place, camera, time)."""

    worker = models.OneToOneField(Worker, models.CASCADE, primary_key=True, related_name="photo")
    jpeg = models.BinaryField()
    changed_at = models.DateTimeField(auto_now=True)

    objects = WorkerPhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("jpeg"), LARGEST_PHOTO),
                name="worker_photo_small",
                violation_error_message=_("Kuva on liian suuri."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}"
