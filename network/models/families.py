"""A family, its members and the people close to it."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from phonenumbers import PhoneNumberType, number_type

from perhekeskus.history import keeps_history
from perhekeskus.models import AccessLink

from ..states import ContactChannel, Language, MemberRole
from .directory import Municipality

# No younger child is marked as deciding alone (docs/adr/0018). Only the year of birth is known, so it is the
# year in which the child turns twelve.
YOUNGEST_TO_DECIDE = 12

# Five rows of an envelope's window.
LONGEST_ADDRESS = 240

# Checked when the transaction ends, so that a family and its guardians may be written in any order, and
# erased together. The lock makes two who remove a guardian at the same moment count one after the other.
_BOTH_ARE_TWO = """
    PERFORM FROM network_family WHERE id = asked AND both_guardians_asked FOR NO KEY UPDATE;
    IF FOUND AND (SELECT count(*) FROM network_familymember
                  WHERE family_id = asked AND role = 'guardian') < 2 THEN
        RAISE EXCEPTION 'Lupa kysytään kummaltakin huoltajalta, joten perheellä on oltava kaksi huoltajaa.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'family_both_are_two';
    END IF;
    RETURN NULL;
"""


# Who gives the permissions is on record, each change; where the family is reached is nobody's history.
@keeps_history(fields=["both_guardians_asked"], model_name="FamilyEvent")
class Family(models.Model):
    """A family. No personal identity code, no surname needed, address never shown when protected."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="families")
    language = models.CharField(_("perheen kieli"), max_length=2, choices=Language, default=Language.FINNISH)
    other_language = models.CharField(_("muu kieli"), max_length=60, blank=True)
    needs_interpreter = models.BooleanField(_("tarvitaan tulkki"), default=False)
    contact_channel = models.CharField(
        _("miten perheeseen saa yhteyden"),
        max_length=5,
        choices=ContactChannel,
        default=ContactChannel.PHONE,
    )
    email = models.EmailField(_("sähköposti"), blank=True)
    phone = PhoneNumberField(_("puhelin"), blank=True)
    address_protected = models.BooleanField(_("turvakielto"), default=False)
    # For the window of an envelope alone: a row each for the name, the street and the post office.
    postal_address = models.TextField(
        _("postiosoite"), max_length=LONGEST_ADDRESS, blank=True, default="", db_default=""
    )
    both_guardians_asked = models.BooleanField(_("lupa kysytään kummaltakin huoltajalta"), default=False)
    link = models.OneToOneField(AccessLink, models.SET_NULL, null=True, blank=True, related_name="family")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("perhe")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(contact_channel=ContactChannel.EMAIL) | ~models.Q(email=""),
                name="family_email_when_used",
                violation_error_message=_("Kirjoita sähköpostiosoite, kun viestit lähetetään sähköpostilla."),
            ),
            models.CheckConstraint(
                condition=~models.Q(contact_channel=ContactChannel.SMS) | ~models.Q(phone=""),
                name="family_phone_when_used",
                violation_error_message=_("Kirjoita puhelinnumero, kun viestit lähetetään tekstiviestillä."),
            ),
            models.CheckConstraint(
                condition=models.Q(address_protected=False) | models.Q(postal_address=""),
                name="family_protected_without_address",
                violation_error_message=_("Perheellä on turvakielto, joten osoitetta ei kirjata."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="family_both_are_two",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("both_guardians_asked"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__both_guardians_asked=True),
                declare=[("asked", "bigint")],
                func=f"asked := NEW.id; {_BOTH_ARE_TWO}",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def message_channel(self) -> str | None:
        """email or sms when the family is written to, None when it is called or given a paper."""
        if self.contact_channel in {ContactChannel.EMAIL, ContactChannel.SMS}:
            return self.contact_channel
        return None

    @property
    def message_address(self) -> str:
        """The address that messages to the family go to, empty when there is none."""
        if self.contact_channel == ContactChannel.EMAIL:
            return self.email
        if self.contact_channel == ContactChannel.SMS:
            return str(self.phone)
        return ""

    @property
    def code_address(self) -> tuple[str, str]:
        """The channel (email or sms) and the address of the one-time code of the family's own page.

        By the channel that the family has chosen; a family that is called, or gets papers, asks for the code
        itself, so a mobile number or an e-mail on record will do. Two empty strings: there is none.
        """
        sends_texts = settings.SMS_BACKEND != "none"
        by_text = sends_texts and bool(self.phone) and _takes_texts(self.phone)
        ways = [
            (ContactChannel.SMS, self.phone.as_e164 if by_text else ""),
            (ContactChannel.EMAIL, self.email),
        ]
        if self.contact_channel == ContactChannel.EMAIL:
            ways.reverse()
        return next(((channel.value, address) for channel, address in ways if address), ("", ""))


def _takes_texts(number: Any) -> bool:
    """Whether a text message can reach the number: a landline takes none."""
    kinds = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return number.is_valid() and number_type(number) in kinds


@keeps_history(fields=["family", "is_mature"], model_name="FamilyMemberEvent")
class FamilyMember(models.Model):
    """A child or a guardian."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="members")
    role = models.CharField(max_length=8, choices=MemberRole)
    first_name = models.CharField(_("etunimi"), max_length=60)
    birth_year = models.PositiveSmallIntegerField(_("syntymävuosi"), null=True, blank=True)
    # A mature minor gives a permission in their own matters.
    is_mature = models.BooleanField(_("nuori päättää itse luvista"), default=False)

    class Meta:
        ordering = ["role", "birth_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role=MemberRole.CHILD) | models.Q(birth_year__isnull=False),
                name="child_has_birth_year",
                violation_error_message=_("Kirjoita lapsen syntymävuosi."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="member_both_are_two",
                when=pgtrigger.After,
                operation=pgtrigger.Delete | pgtrigger.UpdateOf("role", "family_id"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__role="guardian"),
                declare=[("asked", "bigint")],
                func=f"asked := OLD.family_id; {_BOTH_ARE_TWO}",
            ),
            # An age is never guessed: without a year of birth this says nothing, and a child always has one.
            pgtrigger.Trigger(
                name="member_old_enough_to_decide",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("is_mature", "birth_year"),
                condition=pgtrigger.Q(new__is_mature=True),
                func=f"""
                    IF NEW.birth_year > extract(year FROM now() AT TIME ZONE 'Europe/Helsinki')
                            - {YOUNGEST_TO_DECIDE} THEN
                        RAISE EXCEPTION 'Alle {YOUNGEST_TO_DECIDE}-vuotias ei päätä yksin luvistaan.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_old_enough_to_decide';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.first_name

    @property
    def age(self) -> int | None:
        """Full years at most: this year less the year of birth."""
        if self.birth_year is None:
            return None
        return timezone.localdate().year - self.birth_year


class ClosePerson(models.Model):
    """Somebody close to the family: a grandmother, a godparent, a neighbour."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="close_people")
    name = models.CharField(_("nimi"), max_length=100)
    relation = models.CharField(_("kuka hän on perheelle"), max_length=60)
    email = models.EmailField(_("sähköposti"), blank=True)
    phone = PhoneNumberField(_("puhelin"), blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
