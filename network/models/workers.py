"""Workers: the people who sign in."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from perhekeskus.history import keeps_history

from ..querysets import WorkerQuerySet
from ..states import SpokenLanguage
from .directory import Expertise, Unit
from .leaving import WORKER_LEAVES


class WorkerManager(BaseUserManager.from_queryset(WorkerQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields) -> "Worker":
        """A new worker; without a password only a reset or a passkey lets them in."""
        worker = self.model(email=self.normalize_email(email).lower(), **fields)
        worker.set_password(password)
        worker.save(using=self._db)
        return worker


@keeps_history(exclude=["password", "last_login"])
class Worker(AbstractBaseUser):
    """A professional with an account. The coordinator and the administrator open no family's matters."""

    email = models.EmailField(_("sähköposti"), unique=True)
    first_name = models.CharField(_("etunimi"), max_length=60)
    last_name = models.CharField(_("sukunimi"), max_length=80)
    title = models.CharField(_("ammattinimike"), max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="workers", verbose_name=_("työpaikka"))
    phone = PhoneNumberField(_("puhelin"), blank=True)
    what_i_do = models.TextField(_("mitä teen"), max_length=1000, blank=True)
    expertise = models.ManyToManyField(
        Expertise, related_name="workers", blank=True, verbose_name=_("osaaminen")
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=SpokenLanguage),
        default=list,
        blank=True,
        verbose_name=_("kielet"),
    )
    reachable = models.CharField(_("milloin minut tavoittaa"), max_length=200, blank=True)
    available_for_consultation = models.BooleanField(_("minulta voi kysyä neuvoa"), default=True)
    available_for_shared_times = models.BooleanField(_("minut voi kutsua yhteiseen aikaan"), default=True)
    # When the owner last said that the card is as it should be.
    card_confirmed_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    wants_digest = models.BooleanField(_("viikon kooste tiedotteista"), default=True, db_default=True)
    is_unit_editor = models.BooleanField(_("pitää yksikön tiedot ajan tasalla"), default=False)
    is_supervisor = models.BooleanField(_("esihenkilö"), default=False, db_default=False)
    is_active = models.BooleanField(_("tunnus käytössä"), default=True)
    is_guidance = models.BooleanField(_("ohjaus- ja neuvontapalvelu"), default=False)
    is_coordinator = models.BooleanField(_("koordinaattori"), default=False)
    is_administrator = models.BooleanField(_("pääkäyttäjä"), default=False)

    objects = WorkerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="worker_email_once"),
        ]
        triggers = [WORKER_LEAVES]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def works_with_families(self) -> bool:
        """Whether this person may be let into a family's matters at all."""
        return self.is_active and not self.is_coordinator and not self.is_administrator

    @property
    def is_staff(self) -> bool:
        return self.is_administrator
