"""Stages of a situation, statuses of a meeting and of a handover, and the moves between them.

The diagrams in docs/architecture.md are generated from these tables.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    RAISED = "raised", _("Puheeksiotto")
    CONVENING = "convening", _("Koollekutsuminen")
    SHARED_TIME = "shared_time", _("Yhteinen aika")
    PLAN = "plan", _("Suunnitelma")
    EVERYDAY = "everyday", _("Sujuva arki")
    ENDED = "ended", _("Päättynyt muuten")


STAGE_MOVES: dict[Stage, set[Stage]] = {
    Stage.RAISED: {Stage.CONVENING, Stage.ENDED},
    # Back to the plan, when a follow-up is called off.
    Stage.CONVENING: {Stage.SHARED_TIME, Stage.PLAN, Stage.ENDED},
    Stage.SHARED_TIME: {Stage.CONVENING, Stage.PLAN, Stage.ENDED},
    Stage.PLAN: {Stage.CONVENING, Stage.EVERYDAY, Stage.ENDED},
    Stage.EVERYDAY: {Stage.RAISED},
    Stage.ENDED: {Stage.RAISED},
}

OPEN_STAGES = [Stage.RAISED, Stage.CONVENING, Stage.SHARED_TIME, Stage.PLAN]


class WayIn(TextChoices):
    CLOSE_WORKER = "close_worker", _("lähityöntekijä otti puheeksi")
    PHONE = "phone", _("perhe soitti ohjaus- ja neuvontapalveluun")
    ELECTRONIC = "electronic", _("perhe otti yhteyttä verkossa")
    OUTREACH = "outreach", _("jalkautuva työntekijä kohtasi perheen")
    COLLEAGUE = "colleague", _("työkaveri kysyi neuvoa")


class Ending(TextChoices):
    EVERYDAY = "everyday", _("arki sujuu")
    NOTHING_MORE = "nothing_more", _("keskustelu riitti")
    GUIDANCE = "guidance", _("ohjaus riitti")
    CONSULTATION = "consultation", _("neuvon kysyminen riitti")
    DECLINED = "declined", _("perhe ei halunnut yhteistä aikaa")
    MOVED = "moved", _("perhe muutti")
    OTHER_SERVICE = "other_service", _("toinen palvelu otti vastuun")


class ConversationKind(TextChoices):
    PUHEEKSIOTTO = "puheeksiotto", _("puheeksiotto")
    LAPSET_PUHEEKSI = "lapset_puheeksi", _("Lapset puheeksi -keskustelu")


class TalkPlace(TextChoices):
    """Where a child lives: the parts of a Lapset puheeksi talk."""

    HOME = "home", _("Kotona")
    DAY = "day", _("Päiväkodissa tai koulussa")
    FREE_TIME = "free_time", _("Vapaa-ajalla ja ystävien kanssa")


class ChildMoment(TextChoices):
    """When a child's view was asked for."""

    TALK = "talk", _("keskustelussa")
    BEFORE = "before", _("ennen tapaamista")
    DURING = "during", _("tapaamisessa")
    AFTER = "after", _("tapaamisen jälkeen")


class ChildFace(TextChoices):
    """A drawn face that a child points at. A feeling, no score."""

    GLAD = "glad", _("iloinen")
    CALM = "calm", _("rauhallinen")
    WORRIED = "worried", _("huolissaan")
    SAD = "sad", _("surullinen")
    ANGRY = "angry", _("vihainen")


class ConversationResult(TextChoices):
    ACCEPTED = "accepted", _("Perhe haluaa yhteisen ajan")
    THINKING = "thinking", _("Perhe miettii vielä")
    DECLINED = "declined", _("Tarjosin yhteistä aikaa, perhe ei halunnut")
    GUIDANCE = "guidance", _("Ohjaus riitti")
    NOTHING_MORE = "nothing_more", _("Keskustelu riitti")


# What a conversation's result means for the situation; the other results leave it open.
ENDING_OF_RESULT = {
    ConversationResult.DECLINED: Ending.DECLINED,
    ConversationResult.GUIDANCE: Ending.GUIDANCE,
    ConversationResult.NOTHING_MORE: Ending.NOTHING_MORE,
}


class HandoverStatus(TextChoices):
    OFFERED = "offered", _("odottaa vastausta")
    ACCEPTED = "accepted", _("otettu")
    DECLINED = "declined", _("ei otettu")
    WITHDRAWN = "withdrawn", _("peruttu")
    # By itself, when there is nobody left who could take it.
    RETURNED = "returned", _("palasi tarjoajalle")


HANDOVER_MOVES: dict[HandoverStatus, set[HandoverStatus]] = {
    HandoverStatus.OFFERED: {
        HandoverStatus.ACCEPTED,
        HandoverStatus.DECLINED,
        HandoverStatus.WITHDRAWN,
        HandoverStatus.RETURNED,
    },
    HandoverStatus.ACCEPTED: set(),
    HandoverStatus.DECLINED: set(),
    HandoverStatus.WITHDRAWN: set(),
    HandoverStatus.RETURNED: set(),
}


class ContactStatus(TextChoices):
    """A family's own contact, from the first word to what came of it."""

    RECEIVED = "received", _("odottaa vastaajaa")
    PICKED_UP = "picked_up", _("vastaaja on löytynyt")
    ANSWERED = "answered", _("vastattu")
    CLOSED = "closed", _("käsitelty")
    WITHDRAWN = "withdrawn", _("perhe perui")


CONTACT_MOVES: dict[ContactStatus, set[ContactStatus]] = {
    ContactStatus.RECEIVED: {ContactStatus.PICKED_UP, ContactStatus.WITHDRAWN},
    ContactStatus.PICKED_UP: {
        ContactStatus.RECEIVED,
        ContactStatus.ANSWERED,
        ContactStatus.CLOSED,
        ContactStatus.WITHDRAWN,
    },
    # Back, when the family writes again.
    ContactStatus.ANSWERED: {
        ContactStatus.PICKED_UP,
        ContactStatus.CLOSED,
        ContactStatus.WITHDRAWN,
    },
    ContactStatus.CLOSED: set(),
    ContactStatus.WITHDRAWN: set(),
}

# The family still waits for a word.
UNANSWERED_CONTACTS = [ContactStatus.RECEIVED, ContactStatus.PICKED_UP]
OPEN_CONTACTS = [*UNANSWERED_CONTACTS, ContactStatus.ANSWERED]


class ContactResult(TextChoices):
    """What came of a family's contact."""

    SITUATION = "situation", _("avattiin perheen tilanne")
    GUIDANCE = "guidance", _("ohjaus riitti")
    UNREACHED = "unreached", _("perhettä ei tavoitettu")
    NOT_OURS = "not_ours", _("asia kuului muualle")


class ContactReach(TextChoices):
    """How the family would like to be answered."""

    PHONE = "phone", _("Soita minulle")
    SMS = "sms", _("Lähetä tekstiviesti, kun vastaus on luettavissa")
    EMAIL = "email", _("Lähetä sähköposti, kun vastaus on luettavissa")
    PAGE = "page", _("Luen vastauksen verkosta koodilla")


class MeetingKind(StrEnum):
    """The codes of the kinds of meeting; their names and everything else are rows of `Kind`."""

    SHARED_TIME = "shared_time"
    LP = "lp"
    FAMILY_TEAM = "family_team"
    MYR = "myr"
    YOUTH_TEAM = "youth_team"
    AUTHORITY = "authority"
    FOLLOW_UP = "follow_up"


class PlaceKind(TextChoices):
    """Where people meet: in a room of the network's, at the family's, somewhere else, or each apart."""

    ROOM = "room", _("verkoston tilassa")
    HOME = "home", _("perheen kotona")
    SCHOOL = "school", _("koulussa, päiväkodissa tai muualla")
    REMOTE = "remote", _("etäyhteydellä")


class Equipment(TextChoices):
    """What a room has or has beside it."""

    SCREEN = "screen", _("näyttö")
    PLAY = "play", _("leikkinurkka")
    LOOP = "loop", _("induktiosilmukka")
    PARKING = "parking", _("pysäköintipaikka")


class InterpreterState(TextChoices):
    NEEDED = "needed", _("tilaamatta")
    ORDERED = "ordered", _("tilattu")
    CONFIRMED = "confirmed", _("varmistettu")


class MeetingStatus(TextChoices):
    DRAFT = "draft", _("ehdotus tekeillä")
    WITH_FAMILY = "with_family", _("perhe päättää")
    DECIDED = "decided", _("perhe on päättänyt")
    BOOKED = "booked", _("aika ja tila varattu")
    INVITED = "invited", _("kutsut lähetetty")
    HELD = "held", _("pidetty")
    NOT_HELD = "not_held", _("ei pidetty")
    CANCELLED = "cancelled", _("peruttu")


MEETING_MOVES: dict[MeetingStatus, set[MeetingStatus]] = {
    MeetingStatus.DRAFT: {MeetingStatus.WITH_FAMILY, MeetingStatus.DECIDED, MeetingStatus.CANCELLED},
    MeetingStatus.WITH_FAMILY: {MeetingStatus.DRAFT, MeetingStatus.DECIDED, MeetingStatus.CANCELLED},
    MeetingStatus.DECIDED: {MeetingStatus.WITH_FAMILY, MeetingStatus.BOOKED, MeetingStatus.CANCELLED},
    MeetingStatus.BOOKED: {MeetingStatus.DECIDED, MeetingStatus.INVITED, MeetingStatus.CANCELLED},
    MeetingStatus.INVITED: {MeetingStatus.HELD, MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED},
    MeetingStatus.HELD: set(),
    MeetingStatus.NOT_HELD: set(),
    MeetingStatus.CANCELLED: set(),
}

PREPARING = [MeetingStatus.DRAFT, MeetingStatus.WITH_FAMILY, MeetingStatus.DECIDED]
UPCOMING = [MeetingStatus.BOOKED, MeetingStatus.INVITED]
OPEN_MEETINGS = PREPARING + UPCOMING


class PollChoice(TextChoices):
    """How a time suits one who was asked."""

    YES = "yes", _("sopii")
    IF_NEEDED = "if_needed", _("tarvittaessa")
    NO = "no", _("ei sovi")


class CalledOff(TextChoices):
    MEETING = "meeting", _("yhteinen aika peruttiin")
    PERSON = "person", _("yksi ei tule")
    NOT_HELD = "not_held", _("ei pidetty")


class WhoCancelled(TextChoices):
    """From whose side it was called off; counted by this, never by person."""

    FAMILY = "family", _("perhe")
    PROFESSIONAL = "professional", _("kutsuttu ammattilainen")
    CONVENER = "convener", _("koollekutsuja")
    ILLNESS = "illness", _("sairastuminen")
    OTHER = "other", _("jokin muu")


class CancelReason(TextChoices):
    TIME = "time", _("aika ei sovikaan")
    ILLNESS = "illness", _("joku sairastui")
    KEY_PERSON = "key_person", _("ihminen, jota tarvitaan, ei pääse")
    FAMILY_AWAY = "family_away", _("perhe ei päässyt paikalle")
    NOT_NEEDED = "not_needed", _("tapaamista ei enää tarvita")
    NOT_NOW = "not_now", _("perhe ei halua tapaamista nyt")
    ROOM = "room", _("paikkaa ei saada käyttöön")
    OTHER = "other", _("muu syy")


class LeadRole(TextChoices):
    CHAIR = "chair", _("vetäjä")
    RECORDER = "recorder", _("kirjaaja")
    TIMEKEEPER = "timekeeper", _("ajan seuraaja")


class TimeChangeAnswer(TextChoices):
    """What became of a proposal of another time; without an answer it waits for the family."""

    YES = "yes", _("sopii perheelle")
    NO = "no", _("ei sovi perheelle")
    TAKEN = "taken", _("aika ehti mennä toiselle")
    GONE = "gone", _("ei enää ajankohtainen")


class Decision(TextChoices):
    UNDECIDED = "undecided", _("ei vielä päätetty")
    YES = "yes", _("lupa")
    NO = "no", _("perhe: ei nyt")


class Attendance(TextChoices):
    PRESENT = "present", _("paikalla")
    EXCUSED = "excused", _("ilmoitti esteestä")
    ABSENT = "absent", _("ei ollut paikalla")


class FeedbackSide(TextChoices):
    """Whose experience of a shared time it is."""

    FAMILY = "family", _("perhe")
    PROFESSIONAL = "professional", _("ammattilaiset")


class FeedbackStep(TextChoices):
    """An answer in words; each question says them in its own way."""

    YES = "yes", _("kyllä")
    PARTLY = "partly", _("osittain")
    NO = "no", _("ei")


# Those of whom it is asked whether they were needed.
MISSING = [Attendance.EXCUSED, Attendance.ABSENT]


class WasNeeded(TextChoices):
    """Was it a pity that somebody was not there."""

    YES = "yes", _("kyllä")
    NO = "no", _("ei")
    UNKNOWN = "unknown", _("ei osaa sanoa")


class InfluenceSide(TextChoices):
    """The two columns of what comes up at a meeting."""

    CAN = "can", _("Tähän voimme vaikuttaa")
    CANNOT = "cannot", _("Tähän emme voi vaikuttaa")


class DialogueQuestion(TextChoices):
    """The questions of tulevaisuuden muistelu, asked as if the good future were here."""

    NOW = "now", _("Miten asiat ovat nyt, kun ne ovat hyvin?")
    HELPED = "helped", _("Mikä auttoi?")
    DID = "did", _("Mitä itse teit?")
    WORRIED = "worried", _("Mikä huolestutti?")
    EASED = "eased", _("Mikä huolta helpotti?")


# What is asked at a time.
DIALOGUE_STEPS = [
    (DialogueQuestion.NOW,),
    (DialogueQuestion.HELPED, DialogueQuestion.DID),
    (DialogueQuestion.WORRIED, DialogueQuestion.EASED),
]
# What was done and what helped are proposed to the plan.
PROPOSED_QUESTIONS = [DialogueQuestion.DID, DialogueQuestion.HELPED]


class StarHeading(TextChoices):
    """The six headings of Hyvinvoinnin tähti, clockwise from the top."""

    HEALTH = "health", _("Lapsen terveys, kasvu ja kehitys")
    RELATIONS = "relations", _("Lapsen kokemus ihmissuhteista ja turvallisuudesta")
    SELF = "self", _("Lapsen käsitys itsestään")
    EVERYDAY = "everyday", _("Lapsen kokemus perheestä, päiväkodista, koulusta, vapaa-ajasta ja ystävistä")
    PARENTHOOD = "parenthood", _("Vanhempana toimiminen ja suhde lapseen")
    SURROUNDINGS = "surroundings", _("Sosiaalinen hyvinvointi: perhe ja ympäristötekijät")


class StarAspect(TextChoices):
    """The sub-headings of Hyvinvoinnin tähti, in its own words. Three of the headings have none."""

    CHILD_STRENGTHS = "child_strengths", _("lapsen vahvuudet")
    CHILD_ABILITY = "child_ability", _("lapsen toimintakyky")
    CHILD_PLACES = "child_places", _("lapsen omat arjen ympäristöt")
    PARENT_STRENGTHS = "parent_strengths", _("vanhemmuuden vahvuudet")
    PARENT_ABILITY = "parent_ability", _("vanhemman toimintakyky")
    PARENT_UNDERSTANDING = "parent_understanding", _("vanhemman kyky ymmärtää lasta")
    PARENT_PLACES = "parent_places", _("vanhemman omat arjen ympäristöt")
    CIRCUMSTANCES = "circumstances", _("perheen olosuhteet ja verkostot")
    HISTORY = "history", _("perheen historia")
    SERVICES = "services", _("palvelut")


STAR_ASPECTS: dict[StarHeading, list[StarAspect]] = {
    StarHeading.HEALTH: [StarAspect.CHILD_STRENGTHS, StarAspect.CHILD_ABILITY, StarAspect.CHILD_PLACES],
    StarHeading.RELATIONS: [],
    StarHeading.SELF: [],
    StarHeading.EVERYDAY: [],
    StarHeading.PARENTHOOD: [
        StarAspect.PARENT_STRENGTHS,
        StarAspect.PARENT_ABILITY,
        StarAspect.PARENT_UNDERSTANDING,
        StarAspect.PARENT_PLACES,
    ],
    StarHeading.SURROUNDINGS: [StarAspect.CIRCUMSTANCES, StarAspect.HISTORY, StarAspect.SERVICES],
}


class StarVoice(TextChoices):
    """In whose words something of the star is."""

    CHILD = "child", _("lapsen")
    PARENT = "parent", _("vanhemman")
    CLOSE = "close", _("läheisen")
    WORKER = "worker", _("työntekijän")


class StarTone(TextChoices):
    """How the family sees a heading. There are no scores."""

    NONE = "none", _("ei puhuttu nyt")
    STRENGTH = "strength", _("voimavara")
    TALK = "talk", _("tästä puhutaan")
    BOTH = "both", _("voimavara, ja tästä puhutaan")


class CalendarFailure(TextChoices):
    """Why an external calendar could not be read, as a sentence for its owner."""

    ADDRESS = "address", _("Osoite ei kelpaa. Kopioi se uudelleen kalenteristasi.")
    SEALED = "sealed", _("Osoitetta ei voi enää lukea. Poista kalenteri ja lisää se uudelleen.")
    FORBIDDEN = "forbidden", _("Osoite vie paikkaan, josta kalentereita ei haeta.")
    UNKNOWN_HOST = "unknown_host", _("Palvelinta ei löydy. Tarkista osoite.")
    UNREACHABLE = "unreachable", _("Kalenterin palvelin ei vastaa.")
    CERTIFICATE = "certificate", _("Kalenterin palvelimen varmenne ei kelpaa.")
    TOO_SLOW = "too_slow", _("Kalenterin palvelin vastaa liian hitaasti.")
    REDIRECTS = "redirects", _("Osoite ohjaa eteenpäin liian monta kertaa.")
    REFUSED = "refused", _("Palvelin ei anna kalenteria. Osoite on voinut vanhentua.")
    BROKEN = "broken", _("Kalenterin palvelimessa on häiriö.")
    TOO_BIG = "too_big", _("Kalenteri on liian suuri. Se saa olla enintään 5 megatavua.")
    NO_CALENDAR = "no_calendar", _("Osoitteessa ei ole kalenteria. Kopioi kalenterin ICS-osoite.")
    UNREADABLE = "unreadable", _("Kalenterin tiedot ovat virheelliset, eikä niitä voi lukea.")
    TOO_DENSE = "too_dense", _("Kalenterissa on tapahtuma, joka toistuu liian tiheästi.")
    TOO_MANY = "too_many", _("Kalenterissa on liian paljon tapahtumia.")
    TOO_HEAVY = "too_heavy", _("Kalenterin lukeminen kestää liian kauan.")
