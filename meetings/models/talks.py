"""What belongs to a talk: the parts of Lapset puheeksi, and the close ones who could help."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import ClosePerson
from perhekeskus.history import keeps_history

from ..states import TalkPlace
from .situations import Conversation


@keeps_history()
class TalkPart(models.Model):
    """One place of the child's life in a Lapset puheeksi talk: what goes well, what needs support."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="parts")
    place = models.CharField(max_length=10, choices=TalkPlace)
    goes_well = models.TextField(_("mikä sujuu"), blank=True)
    needs_support = models.TextField(_("missä tarvitaan tukea"), blank=True)
    agreed = models.TextField(_("mitä sovitte"), blank=True)

    class Meta:
        ordering = ["conversation", "pk"]
        constraints = [models.UniqueConstraint(fields=["conversation", "place"], name="talk_part_place_once")]
        triggers = [
            pgtrigger.Trigger(
                name="talk_part_of_lapset_puheeksi",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("conversation_id"),
                func="""
                    IF NOT EXISTS (SELECT FROM meetings_conversation
                                   WHERE id = NEW.conversation_id AND kind = 'lapset_puheeksi') THEN
                        RAISE EXCEPTION 'Nämä osat kuuluvat Lapset puheeksi -keskusteluun.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'talk_part_of_lapset_puheeksi';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.place}"

    @property
    def has_text(self) -> bool:
        return bool(self.goes_well or self.needs_support or self.agreed)


class TalkHelper(models.Model):
    """Somebody close to the family who could help, named in a talk."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="helpers")
    person = models.ForeignKey(ClosePerson, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="talk_helper_once")]
        triggers = [
            pgtrigger.Trigger(
                name="talk_helper_of_own_family",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM meetings_conversation talk
                        JOIN meetings_situation situation ON situation.id = talk.situation_id
                        JOIN network_closeperson person ON person.family_id = situation.family_id
                        WHERE talk.id = NEW.conversation_id AND person.id = NEW.person_id
                    ) THEN
                        RAISE EXCEPTION 'Hän on toisen perheen läheinen.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'talk_helper_of_own_family';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.person_id}"
