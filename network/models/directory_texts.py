"""What the directory is searched by: every text of the network by which somebody may be looked for."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _


class TextSource(models.TextChoices):
    """Whose text it is; the search shows it as the reason."""

    WORKER = "worker", _("Nimi")
    UNIT = "unit", _("Yksikkö")
    ORGANISATION = "organisation", _("Organisaatio")
    TEAM = "team", _("Tiimi")
    NEED = "need", _("Tarve")
    EXPERTISE = "expertise", _("Osaaminen")
    MUNICIPALITY = "municipality", _("Kunta")
    AREA = "area", _("Alue")


class DirectoryText(models.Model):
    """One text of one thing, kept by the database's triggers and never written by hand.

    `folded` is the text without capitals, marks and punctuation, between two spaces; `stems` its words as
    PostgreSQL's Finnish and Swedish dictionaries cut them. The database makes both.
    """

    source = models.CharField(max_length=12, choices=TextSource)
    key = models.CharField(max_length=20)
    field = models.CharField(max_length=12)
    text = models.TextField()
    folded = models.GeneratedField(
        expression=Func(F("text"), function="network_folded"),
        output_field=models.TextField(),
        db_persist=True,
    )
    stems = models.GeneratedField(
        expression=Func(F("text"), function="network_stems"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "field"], name="directory_text_once"),
        ]
        indexes = [
            GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="directory_text_folded"),
            GinIndex(fields=["stems"], name="directory_text_stems"),
        ]

    def __str__(self) -> str:
        return self.text
