"""The monthly report to the steering group, who gets it, and what is published for anybody."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from perhekeskus.constraints import append_only, sealed
from perhekeskus.history import keeps_history


class OfCountersQuerySet(models.QuerySet):
    def visible_to(self, worker: Any) -> "OfCountersQuerySet":
        """The steering group's report is for the coordinator and the administrator to keep."""
        if worker.is_authenticated and (worker.is_coordinator or worker.is_administrator):
            return self
        return self.none()


class ReportRequestQuerySet(OfCountersQuerySet):
    def still_open(self) -> "ReportRequestQuerySet":
        """Those whose edition is not made yet, and will be."""
        return self.filter(report=None, given_up_at=None)


class ReportLanguage(models.TextChoices):
    """The two languages that every report is made in."""

    FI = "fi", _("suomi")
    SV = "sv", _("ruotsi")


@keeps_history()
class ReportReceiver(models.Model):
    """Somebody of the steering group, who gets the report by e-mail; put aside rather than removed."""

    name = models.CharField(_("nimi"), max_length=120)
    email = models.EmailField(_("sähköposti"))
    language = models.CharField(
        _("raportin kieli"), max_length=2, choices=ReportLanguage, default=ReportLanguage.FI
    )
    is_active = models.BooleanField(_("saa raportin"), default=True)
    # Grows with every change; a page that shows an older number is refused with a sentence.
    version = models.PositiveIntegerField(default=1)

    objects = OfCountersQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="report_receiver_once",
                violation_error_message=_("Tämä osoite on jo listalla."),
            ),
            models.CheckConstraint(condition=Q(language__in=ReportLanguage.values), name="report_language"),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="report_receiver_has_name",
                violation_error_message=_("Kirjoita, kuka raportin saa."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MonthlyReport(models.Model):
    """One edition of a month's report: made once the month is over, and never changed."""

    month = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    # Nobody, when it was made by the clock.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of the page that asked for it: the same press twice is one edition.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects = OfCountersQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["month", "edition"], name="report_edition_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="report_of_a_month"),
            models.CheckConstraint(
                condition=Q(edition=1) | Q(edition__gt=1, made_by__isnull=False),
                name="report_made_again_by_somebody",
            ),
        ]
        triggers = [
            append_only("report_append_only"),
            pgtrigger.Trigger(
                name="report_of_month_that_is_over",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (NEW.made_at AT TIME ZONE 'Europe/Helsinki') < NEW.month + interval '1 month' THEN
                        RAISE EXCEPTION 'Raportti tehdään kuukaudesta, joka on päättynyt.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'report_of_month_that_is_over';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.edition})"


class ReportRequest(models.Model):
    """Somebody asks for a new edition of a month's report; a worker process makes it.

    While it is made its row is locked: an open one that nobody has locked is one that nobody works on.
    """

    month = models.DateField()
    sends = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of the page that asks: the same press twice is one.
    form_key = models.UUIDField(unique=True)
    # How many times somebody has begun to make it.
    attempts = models.PositiveSmallIntegerField(default=0)
    # How it ended: with an edition, or by breaking off too many times.
    report = models.OneToOneField(
        MonthlyReport, models.PROTECT, null=True, blank=True, related_name="request"
    )
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = ReportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="report_request_of_a_month"),
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(report__isnull=True, given_up_at__isnull=True),
                name="report_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=True) | Q(given_up_at__isnull=True),
                name="report_request_ends_once",
            ),
        ]
        triggers = [
            sealed(
                "report_request_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("month", "sends", "asked_at", "asked_by", "form_key"),
                sentence="Pyyntöä tehdä raportti uudelleen ei muuteta.",
            ),
            sealed(
                "report_request_ended_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__report__isnull=False)
                | pgtrigger.Q(old__given_up_at__isnull=False),
                sentence="Pyyntöön tehdä raportti uudelleen on jo vastattu.",
            ),
            pgtrigger.Protect(name="report_request_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.form_key})"

    @property
    def is_open(self) -> bool:
        return self.report_id is None and self.given_up_at is None


class ReportPaper(models.Model):
    """The report as it was printed in a language: everybody gets the same bytes."""

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="papers")
    language = models.CharField(max_length=2, choices=ReportLanguage)
    pdf = models.BinaryField()

    objects = OfCountersQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="report_paper_once"),
            models.CheckConstraint(
                condition=Q(language__in=ReportLanguage.values), name="report_paper_language"
            ),
        ]
        triggers = [append_only("report_paper_append_only")]

    def __str__(self) -> str:
        return f"{self.report} {self.language}"


class ReportSending(models.Model):
    """An edition is sent to a receiver once, however often it is asked for."""

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="sendings")
    receiver = models.ForeignKey(ReportReceiver, models.PROTECT, related_name="sendings")

    objects = OfCountersQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "receiver"], name="report_sent_once"),
        ]
        triggers = [append_only("report_sending_append_only")]

    def __str__(self) -> str:
        return f"{self.report}: {self.receiver}"


class OpenData(models.Model):
    """What anybody may fetch: the one row is what is published now, as it is sent."""

    # The last month that it tells of, and the limit of small numbers by which it was made.
    through = models.DateField()
    limit = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    json = models.TextField()
    csv = models.TextField()
    only = models.BooleanField(default=True, unique=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="open_data_one"),
            models.CheckConstraint(condition=Q(through__day=1), name="open_data_through_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.through:%Y-%m}"
