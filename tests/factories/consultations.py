"""Questions for advice, reached by the real actions."""

from meetings.actions import consultations as meeting_actions
from meetings.actions.consultations import Given
from meetings.models import Situation
from network.actions import consultations
from network.models import Consultation, Worker
from network.rules.consultations import Adviser
from network.states import ConsentMethod, ConsultationResult

from .directory import WorkerFactory
from .threads import a_situation


def given_by_guardian(situation: Situation, *topics: str) -> Given:
    """The word of the family's first guardian, face to face."""
    guardian = situation.family.members.filter(role="guardian")[0]
    return Given(by=guardian, method=ConsentMethod.FACE_TO_FACE, topics=topics or ("Uni",))


def an_asked_consultation(
    *,
    situation: Situation | None = None,
    to: Adviser | None = None,
    by: Worker | None = None,
    question: str = "Lapsi herää öisin. Mitä voisi kokeilla?",
    is_anonymous: bool = True,
) -> Consultation:
    """A question to somebody, under a permission given just now."""
    situation = situation or a_situation(by=by)
    return meeting_actions.ask(
        situation=situation,
        by=by or situation.holder,
        to=to or WorkerFactory(),
        question=question,
        is_anonymous=is_anonymous,
        given=given_by_guardian(situation),
    )


def an_answered_consultation(*, answerer: Worker | None = None, **asked) -> Consultation:
    """A question that was answered by the one who was asked, or by `answerer` of the unit or team."""
    consultation = an_asked_consultation(**asked)
    answerer = answerer or consultation.consent.worker
    return consultations.answer(consultation=consultation, by=answerer, text="Kokeilkaa iltasatua.")


def a_closed_consultation(
    *, result: ConsultationResult = ConsultationResult.ENOUGH, **answered
) -> Consultation:
    """A question of which it was written down what came of it."""
    consultation = an_answered_consultation(**answered)
    return meeting_actions.close(consultation=consultation, by=consultation.asked_by, result=result)
