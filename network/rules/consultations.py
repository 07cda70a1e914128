"""Who may ask for advice, whom, in which words, and who may answer."""

from django.utils.translation import gettext_lazy as _

from perhekeskus.refusals import Sentence

from ..models import Consent, Consultation, Family, Team, Unit, Worker
from ..naming import identity_code_in, words_naming
from ..querysets import WorkerQuerySet
from ..states import ConsultationStatus

Adviser = Worker | Unit | Team


def helpers(receiver: Adviser) -> WorkerQuerySet:
    """Those who could answer for the receiver: they work with families and let themselves be asked."""
    could = Worker.objects.working_with_families().filter(available_for_consultation=True)
    if isinstance(receiver, Worker):
        return could.filter(pk=receiver.pk)
    if isinstance(receiver, Unit):
        return could.filter(unit=receiver)
    return could.filter(teams=receiver)


def why_not_be_asked(by: Worker, receiver: Adviser) -> Sentence | None:
    """Why this one can't be asked for advice by this worker."""
    if receiver == by:
        return _("Valitse joku muu: et voi kysyä neuvoa itseltäsi.")
    if helpers(receiver).exclude(pk=by.pk).exists():
        return None
    if isinstance(receiver, Worker):
        if not receiver.works_with_families:
            return _("%(name)s ei työskentele perheiden kanssa.") % {"name": receiver.name}
        return _("%(name)s ei nyt vastaa neuvonpyyntöihin. Kysy joltakulta muulta.") % {"name": receiver.name}
    return _("%(name)s: kukaan täällä ei nyt vastaa neuvonpyyntöihin. Kysy muualta.") % {"name": receiver}


def why_not_words(family: Family, text: str, *, is_anonymous: bool) -> Sentence | None:
    """Why the question can't be sent in these words."""
    if code := identity_code_in(text):
        return _("Tekstissä on henkilötunnus (%(code)s…). Poista se: henkilötunnuksia ei kirjata tänne.") % {
            "code": code[:2]
        }
    named = words_naming(family, text) if is_anonymous else []
    if len(named) == 1:
        return _(
            "Nimettömässä kysymyksessä on sana, josta perheen voi tunnistaa: ”%(word)s”."
            " Kirjoita se toisin, esimerkiksi ”lapsi” tai ”alle kouluikäinen”."
        ) % {"word": named[0]}
    if named:
        return _(
            "Nimettömässä kysymyksessä on sanoja, joista perheen voi tunnistaa: %(words)s."
            " Kirjoita ne toisin, esimerkiksi ”lapsi” tai ”alle kouluikäinen”."
        ) % {"words": ", ".join(f"”{word}”" for word in named)}
    return None


def why_not_pick_up(by: Worker, consultation: Consultation) -> Sentence | None:
    if consultation.status == ConsultationStatus.PICKED_UP and consultation.picked_up_by_id != by.pk:
        return _("Kollegasi ehti jo ottaa kysymyksen.")
    if not consultation.is_open:
        return no_longer_open(consultation)
    return None


def why_not_let_go(by: Worker, consultation: Consultation) -> Sentence | None:
    if not consultation.is_open:
        return no_longer_open(consultation)
    if consultation.status != ConsultationStatus.PICKED_UP or consultation.picked_up_by_id != by.pk:
        return _("Kysymys ei ole sinulla.")
    return None


def why_not_answer(by: Worker, consultation: Consultation, consent: Consent) -> Sentence | None:
    if consultation.status == ConsultationStatus.PICKED_UP and consultation.picked_up_by_id != by.pk:
        return _("Kollegasi ehti jo ottaa kysymyksen.")
    if not consultation.is_open:
        return no_longer_open(consultation)
    if not consent.is_in_force:
        return PERMISSION_GONE
    return None


def why_not_withdraw(by: Worker, consultation: Consultation) -> Sentence | None:
    if not consultation.is_open:
        return no_longer_open(consultation)
    return None


def why_not_close(by: Worker, consultation: Consultation) -> Sentence | None:
    if consultation.status == ConsultationStatus.CLOSED:
        return _("Tämä on jo kirjattu.")
    if consultation.status != ConsultationStatus.ANSWERED:
        return _("Kysymykseen ei ole vielä vastattu.")
    return None


PERMISSION_GONE = _("Perhe on perunut luvan, joten neuvoa ei voi kysyä eikä antaa.")


def no_longer_open(consultation: Consultation) -> Sentence:
    if consultation.status == ConsultationStatus.WITHDRAWN:
        return _("Kysymys on peruttu. Sinun ei tarvitse tehdä mitään.")
    return _("Kysymykseen on jo vastattu.")
