"""What was said afterwards: feedback of the past months, and grievances in their states."""

from datetime import timedelta

from meetings.models import FeedbackAnswer, FeedbackReceipt, Meeting
from meetings.states import (
    FeedbackSide,
    FeedbackStep,
    MeetingStatus,
    Stage,
)
from network.actions import grievances
from network.states import GrievanceState, GrievanceTheme

from .chance import Chance
from .clock import set_to
from .threads import Teller

DAYS = 200
STEPS = [*[FeedbackStep.YES] * 7, *[FeedbackStep.PARTLY] * 2, FeedbackStep.NO]
LESSONS = [
    "Kuraattorin voi pyytää mukaan jo varhain, pelkkä huoli riittää.",
    "Seurakunnalla on perheleirejä, joille pääsee nopeasti.",
    "Neuvolassa seurataan myös vanhempien jaksamista.",
    "Nuorisotyöntekijä voi tavata nuorta kotonakin.",
]
GRIEVANCES = [
    (GrievanceTheme.DISTANCE, "Iltaisin ei kulje busseja, joten harrastuksiin ei pääse ilman autoa."),
    (GrievanceTheme.ACCESS, "Puheterapiaan jonotetaan yli puoli vuotta."),
    (GrievanceTheme.INFORMATION, "Koulun ja päiväkodin tiedot eivät siirry, kun lapsi aloittaa koulun."),
    (GrievanceTheme.LEISURE, "Edullisia harrastuksia ei ole alle kouluikäisille."),
]


def tell_of_feedback(chance: Chance, teller: Teller) -> int:
    """What families and conveners answered about the past shared times; how many answers there are."""
    held = Meeting.objects.filter(
        status=MeetingStatus.HELD,
        situation__stage=Stage.EVERYDAY,
        period__startswith__gt=teller.at(0) - timedelta(days=DAYS),
        # The others were asked when they were written down.
        feedback_receipts=None,
    )
    receipts, answers = [], []
    for meeting in held.order_by("pk"):
        for side in FeedbackSide:
            if chance.random() > 0.8:
                continue
            worker = meeting.convener_id if side == FeedbackSide.PROFESSIONAL else None
            receipts.append(FeedbackReceipt(meeting=meeting, side=side, worker_id=worker, is_answered=True))
            first, second, third = (chance.choice(STEPS) for _number in range(3))
            learned = side == FeedbackSide.PROFESSIONAL and chance.random() < 0.3
            answers.append(
                FeedbackAnswer(
                    meeting=meeting,
                    side=side,
                    first=first,
                    second=second,
                    third=third,
                    words=chance.choice(LESSONS) if learned else "",
                )
            )
    FeedbackReceipt.objects.bulk_create(receipts, batch_size=1000)
    FeedbackAnswer.objects.bulk_create(answers, batch_size=1000)
    return len(answers)


def tell_grievances(teller: Teller, place: str) -> int:
    """Grievances in every state; how many there are."""
    boss, writer = teller.network.desks["koordinaattori"], teller.network.desks["lahityontekija"]
    handler = teller.network.desks["vastuutyontekija"]
    with set_to(teller.at(-45)):
        told = [
            grievances.record(
                by=writer, municipality=teller.network.municipalities[place], theme=theme, text=text
            )
            for theme, text in GRIEVANCES
        ]
    with set_to(teller.at(-30)):
        for one in told[:2]:
            grievances.name_owner(grievance=one, by=boss, owner=handler)
    with set_to(teller.at(-10)):
        told[0].refresh_from_db()
        grievances.move(
            grievance=told[0],
            by=handler,
            to=GrievanceState.ANSWERED,
            answer="Kunta kokeilee keväällä iltavuoroa tiistaisin ja torstaisin.",
            outcome="",
            seen_version=told[0].version,
        )
    return len(told)
