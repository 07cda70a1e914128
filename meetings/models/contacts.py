"""A family's own contact, before anything else is known of it, and what is written while it talks."""

import hashlib
import hmac
import uuid
from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from network.models import Municipality, Unit
from network.states import Language
from perhekeskus.constraints import append_only, only_moves, paired, sealed
from perhekeskus.history import keeps_history

from ..querysets import CallDraftQuerySet, ContactQuerySet
from ..states import (
    CONTACT_MOVES,
    ContactReach,
    ContactResult,
    ContactStatus,
    WayIn,
)
from .situations import Situation

# Crockford's letters: nothing that is read or typed as another one.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
LONGEST_WORDS = 3000
WAYS = [WayIn.ELECTRONIC, WayIn.PHONE, WayIn.OUTREACH]


def _code(key: str, nonce: uuid.UUID) -> str:
    digest = hmac.new(key.encode(), f"contact-code:{nonce}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8])
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def _hashed(key: str, code: str) -> str:
    return hmac.new(key.encode(), f"contact-code-hash:{code}".encode(), hashlib.sha256).hexdigest()


def hash_of_code(code: str) -> str:
    """What is kept of a code: a copy of the database alone opens nothing."""
    return _hashed(settings.SECRET_KEY, code)


def hashes_of_code(typed: str) -> list[str]:
    """What may be kept of the code as it was typed, also over a change of the secret key."""
    plain = typed.upper().translate(str.maketrans("OIL", "011"))
    code = "".join(letter for letter in plain if letter in LETTERS)
    return [_hashed(key, code) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


# What a contact holds of its family when the family has taken it back: nothing, as in an empty form.
EMPTIED: dict[str, str | bool] = {
    "name": "",
    "phone": "",
    "email": "",
    "reach": ContactReach.PAGE.value,
    "when_to_reach": "",
    "words": "",
    "children_ages": "",
    "language": Language.FINNISH.value,
    "interpreter": "",
    "address_protected": False,
    "wants_confirmation": False,
}
# The triggers by which the history and the messages are otherwise never changed.
KEPT_BY = "pgtrigger_append_only_2059b,pgtrigger_contactmessage_append_only_ee10d"


def _taken_back() -> pgtrigger.Trigger:
    """A withdrawn contact holds nothing of the family: neither its row, its history nor its messages.

    Its name comes after `contact_words_stay`, which would keep the words: triggers run by their names.
    """
    empty = {name: f"'{value}'" if isinstance(value, str) else "FALSE" for name, value in EMPTIED.items()}
    row = " ".join(f"NEW.{name} = {value};" for name, value in empty.items())
    history = ", ".join(f"{name} = {value}" for name, value in empty.items())
    return pgtrigger.Trigger(
        name="contact_words_taken_back",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("status"),
        condition=pgtrigger.Q(new__status="withdrawn") & ~pgtrigger.Q(old__status="withdrawn"),
        declare=[("ignored", "text")],
        func=f"""
            {row}
            ignored := COALESCE(NULLIF(current_setting('pgtrigger.ignore', TRUE), ''), '{{}}');
            PERFORM set_config('pgtrigger.ignore', '{{{KEPT_BY}}}', TRUE);
            UPDATE meetings_contactevent SET {history} WHERE pgh_obj_id = NEW.id;
            DELETE FROM meetings_contactmessage WHERE contact_id = NEW.id;
            PERFORM set_config('pgtrigger.ignore', ignored, TRUE);
            RETURN NEW;
        """,
    )


@keeps_history(exclude=["nonce", "code_hash"])
class Contact(models.Model):
    """A family that wrote, called or was met: its own words, to the guidance service of its municipality."""

    way = models.CharField(_("miten otettiin yhteyttä"), max_length=12, choices=WayIn)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="contacts", verbose_name=_("kunta")
    )
    # The municipality's guidance service on the day when it came: a later change moves no contact by itself.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contacts")
    name = models.CharField(_("nimi"), max_length=100, blank=True)
    phone = PhoneNumberField(_("puhelin"), blank=True)
    email = models.EmailField(_("sähköposti"), blank=True)
    reach = models.CharField(
        _("miten vastataan"), max_length=5, choices=ContactReach, default=ContactReach.PHONE
    )
    when_to_reach = models.CharField(_("milloin tavoittaa"), max_length=200, blank=True)
    words = models.TextField(_("perheen sanoin"), max_length=LONGEST_WORDS)
    children_ages = models.CharField(_("lasten iät"), max_length=100, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.FINNISH)
    interpreter = models.CharField(_("tulkkaus"), max_length=60, blank=True)
    address_protected = models.BooleanField(_("turvakielto"), default=False)
    status = models.CharField(max_length=10, choices=ContactStatus, default=ContactStatus.RECEIVED)
    received_at = models.DateTimeField(default=timezone.now)
    # Who wrote it down, when it was not the family itself.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="contacts_written"
    )
    picked_up_at = models.DateTimeField(null=True, blank=True)
    picked_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="contacts_picked_up"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField(max_length=10, choices=ContactResult, blank=True)
    situation = models.OneToOneField(Situation, models.PROTECT, null=True, blank=True, related_name="contact")
    # The clock: from when it runs, and the moments of meetings.answer_clock.
    waits_since = models.DateTimeField(default=timezone.now)
    urgent_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    supervisor_at = models.DateTimeField()
    told_unit_at = models.DateTimeField(null=True, blank=True)
    told_supervisor_at = models.DateTimeField(null=True, blank=True)
    wants_confirmation = models.BooleanField(_("vahvistus lähetetään"), default=False)
    # The code by which the family follows it is an HMAC of the nonce, kept only as a hash.
    nonce = models.UUIDField(null=True, blank=True, editable=False)
    code_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(
                fields=["unit", "waits_since"],
                name="contact_unanswered_of_unit",
                condition=Q(status__in=["received", "picked_up"]),
            ),
            models.Index(
                fields=["answer_by"],
                name="contact_unanswered_by",
                condition=Q(status__in=["received", "picked_up"]),
            ),
            models.Index(fields=["picked_up_by"], name="contact_of_worker"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=WAYS), name="contact_way"),
            models.CheckConstraint(
                condition=~Q(words="") | Q(status=ContactStatus.WITHDRAWN), name="contact_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(status=ContactStatus.WITHDRAWN) | Q(**EMPTIED), name="contact_withdrawn_is_empty"
            ),
            models.CheckConstraint(
                condition=~Q(reach__in=[ContactReach.PHONE, ContactReach.SMS])
                | ~Q(phone="")
                | ~Q(way=WayIn.ELECTRONIC),
                name="contact_phone_when_used",
                violation_error_message=_("Kirjoita puhelinnumero, niin tavoitamme sinut."),
            ),
            models.CheckConstraint(
                condition=~Q(reach=ContactReach.EMAIL) | ~Q(email=""),
                name="contact_email_when_used",
                violation_error_message=_("Kirjoita sähköpostiosoite, niin tavoitamme sinut."),
            ),
            paired("picked_up_at", "picked_up_by", name="contact_picked_up_paired"),
            paired("closed_at", "closed_by", name="contact_closed_paired"),
            paired("nonce", "code_hash", name="contact_code_paired"),
            models.CheckConstraint(
                condition=Q(status=ContactStatus.RECEIVED, picked_up_by__isnull=True)
                | Q(status=ContactStatus.WITHDRAWN)
                | Q(
                    status__in=[ContactStatus.PICKED_UP, ContactStatus.ANSWERED, ContactStatus.CLOSED],
                    picked_up_by__isnull=False,
                ),
                name="contact_picked_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=ContactStatus.ANSWERED) | Q(answered_at__isnull=False),
                name="contact_answered_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(status=ContactStatus.CLOSED, closed_at__isnull=False) & ~Q(result=""))
                | (~Q(status=ContactStatus.CLOSED) & Q(closed_at__isnull=True, result="")),
                name="contact_closed_says_how",
                violation_error_message=_("Käsitellystä yhteydenotosta kirjataan, mitä siitä seurasi."),
            ),
            models.CheckConstraint(
                condition=Q(result=ContactResult.SITUATION, situation__isnull=False)
                | (~Q(result=ContactResult.SITUATION) & Q(situation__isnull=True)),
                name="contact_situation_when_opened",
            ),
            models.CheckConstraint(
                condition=Q(waits_since__lte=models.F("urgent_at"))
                & Q(urgent_at__lte=models.F("answer_by"))
                & Q(answer_by__lte=models.F("supervisor_at")),
                name="contact_clock_in_order",
            ),
        ]
        triggers = [
            only_moves("status", CONTACT_MOVES, "contact_moves"),
            sealed(
                "contact_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__words__df=pgtrigger.F("new__words"))
                | pgtrigger.Q(old__way__df=pgtrigger.F("new__way"))
                | pgtrigger.Q(old__received_at__df=pgtrigger.F("new__received_at")),
                sentence="Perheen sanoja ei muuteta.",
            ),
            _taken_back(),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("incoming_detail", args=[self.pk])

    @property
    def code(self) -> str:
        """K7QF-2MTD-9XHB, as the family is shown it; empty when there is none, or its key is gone."""
        if self.nonce is None:
            return ""
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            code = _code(key, self.nonce)
            if hmac.compare_digest(_hashed(key, code), self.code_hash or ""):
                return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))
        return ""

    def give_code(self) -> None:
        """A code to follow it by; saved with the row."""
        self.nonce = uuid.uuid4()
        self.code_hash = hash_of_code(_code(settings.SECRET_KEY, self.nonce))

    @property
    def is_open(self) -> bool:
        return self.status in {ContactStatus.RECEIVED, ContactStatus.PICKED_UP, ContactStatus.ANSWERED}

    def withdrawn_at(self) -> datetime | None:
        """When the family took it back, by the history."""
        return (
            self.__class__.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
                pgh_obj_id=self.pk, status=ContactStatus.WITHDRAWN
            )
            .order_by("pgh_id")
            .values_list("pgh_created_at", flat=True)
            .first()
        )

    @property
    def is_unanswered(self) -> bool:
        return self.status in {ContactStatus.RECEIVED, ContactStatus.PICKED_UP}


class ContactMessage(models.Model):
    """A word between the family and the one who answers it, on the page that the code opens."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="messages")
    # None: the family's own.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("viesti"), max_length=LONGEST_WORDS)
    at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="contactmessage_has_words")]
        triggers = [append_only("contactmessage_append_only")]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.pk}"


class CallDraft(models.Model):
    """What has been written so far while the family talks. Its writer's alone, gone when finished or left.

    It keeps no history: a sentence that was typed and taken away was never said.
    """

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="call_drafts")
    way = models.CharField(max_length=12, choices=WayIn, default=WayIn.PHONE)
    phone = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=100, blank=True)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    children_ages = models.CharField(max_length=100, blank=True)
    municipality = models.ForeignKey(Municipality, models.SET_NULL, null=True, blank=True, related_name="+")
    interpreter = models.CharField(max_length=60, blank=True)
    when_to_reach = models.CharField(max_length=200, blank=True)
    address_protected = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # Grows at each saving: a page that has seen an older one saves nothing over a newer.
    version = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = CallDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[WayIn.PHONE, WayIn.OUTREACH]), name="calldraft_way"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def kept_until(self) -> datetime:
        """When it is forgotten, unless its writer goes on."""
        return self.saved_at + timedelta(days=settings.CALL_DRAFT_DAYS)
