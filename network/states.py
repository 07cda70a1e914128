"""Choices of the network and the moves of an invitation."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    SOCIAL_HEALTH = "social_health", _("sosiaali- ja terveyspalvelut")
    EDUCATION = "education", _("sivistyspalvelut")
    YOUTH = "youth", _("nuorisopalvelut")
    THIRD_SECTOR = "third_sector", _("järjestöt")
    PARISH = "parish", _("seurakunta")
    POLICE = "police", _("poliisi")
    CULTURE = "culture", _("kulttuuri")
    TECHNICAL = "technical", _("tekninen toimi")


class GroupKind(TextChoices):
    CLINIC = "clinic", _("neuvolatyöryhmä")
    PUPIL_STEERING = "pupil_steering", _("oppilashuollon ohjausryhmä")
    PUPIL_CARE = "pupil_care", _("koulukohtainen oppilashuoltoryhmä")
    MYR = "myr", _("moniammatillinen yhteistyöryhmä (MYR)")
    HYVA = "hyva", _("HYVÄ-ryhmä")
    DAY_CARE = "day_care", _("päivähoitotiimi")
    YOUTH = "youth", _("nuorten monialainen verkosto")
    WORKSHOP = "workshop", _("perhekeskustyöpaja")
    OTHER = "other", _("muu ryhmä")


class GroupRole(TextChoices):
    CHAIR = "chair", _("puheenjohtaja")
    SECRETARY = "secretary", _("sihteeri")
    MEMBER = "member", _("jäsen")


# Those who keep a group's page and write for it.
KEEPERS = [GroupRole.CHAIR, GroupRole.SECRETARY]


class RegularLetterKind(TextChoices):
    BULLETINS = "bulletins", _("viikon kooste tiedotteista")
    FORUMS = "forums", _("muistutus puuttuvasta foorumista")
    UNTOUCHED = "untouched", _("tieto odottavista tilanteista")
    UNHELPED = "unhelped", _("tieto tilanteista, joihin yksiköstä ei löydy auttajaa")


class ForumKind(TextChoices):
    AREA = "area", _("alueellinen foorumi")
    DAY_CARES = "day_cares", _("kierros päiväkodeissa")
    SCHOOLS = "schools", _("kierros kouluissa")


class ForumAnswer(TextChoices):
    PENDING = "pending", _("ei vielä vastannut")
    COMING = "coming", _("tulossa")
    MAYBE = "maybe", _("ehkä tulossa")
    NOT_COMING = "not_coming", _("ei pääse")


class GrievanceTheme(TextChoices):
    ACCESS = "access", _("apuun pääsy ja jonot")
    GAP = "gap", _("palvelu puuttuu")
    DISTANCE = "distance", _("matkat ja kuljetukset")
    INFORMATION = "information", _("tiedonkulku palvelujen välillä")
    SCHOOL = "school", _("koulun tai varhaiskasvatuksen järjestelyt")
    LIVELIHOOD = "livelihood", _("asuminen ja toimeentulo")
    LEISURE = "leisure", _("vapaa-aika ja harrastukset")
    OTHER = "other", _("muu")


class GrievanceState(TextChoices):
    RECORDED = "recorded", _("kirjattu")
    UNDER_WAY = "under_way", _("käsittelyssä")
    ANSWERED = "answered", _("vastattu")
    DONE = "done", _("korjattu")
    PUT_ASIDE = "put_aside", _("jätetty sikseen")


GRIEVANCE_MOVES: dict[GrievanceState, set[GrievanceState]] = {
    GrievanceState.RECORDED: {GrievanceState.UNDER_WAY, GrievanceState.PUT_ASIDE},
    GrievanceState.UNDER_WAY: {
        GrievanceState.RECORDED,
        GrievanceState.ANSWERED,
        GrievanceState.PUT_ASIDE,
    },
    GrievanceState.ANSWERED: {
        GrievanceState.UNDER_WAY,
        GrievanceState.DONE,
        GrievanceState.PUT_ASIDE,
    },
    GrievanceState.DONE: {GrievanceState.UNDER_WAY},
    GrievanceState.PUT_ASIDE: {GrievanceState.RECORDED},
}
# Those that everybody in the network sees.
ANSWERED_GRIEVANCES = [GrievanceState.ANSWERED, GrievanceState.DONE]


class DevelopmentState(TextChoices):
    OPEN = "open", _("odottaa tekijää")
    UNDER_WAY = "under_way", _("työn alla")
    DONE = "done", _("valmis")
    PUT_ASIDE = "put_aside", _("jätetty sikseen")


# What was finished too early is taken up again, and what was put aside can wait for somebody anew.
DEVELOPMENT_MOVES: dict[DevelopmentState, set[DevelopmentState]] = {
    DevelopmentState.OPEN: {DevelopmentState.UNDER_WAY, DevelopmentState.PUT_ASIDE},
    DevelopmentState.UNDER_WAY: {
        DevelopmentState.OPEN,
        DevelopmentState.DONE,
        DevelopmentState.PUT_ASIDE,
    },
    DevelopmentState.DONE: {DevelopmentState.UNDER_WAY},
    DevelopmentState.PUT_ASIDE: {DevelopmentState.OPEN},
}


class Adoption(TextChoices):
    """How far a municipality is in taking the common way of working into use; the first five are a way."""

    NOT_DISCUSSED = "not_discussed", _("ei suunniteltu eikä keskusteltu")
    GOAL = "goal", _("tavoitteena, suunnittelu ei ole alkanut")
    PLANNED = "planned", _("käyttöönottoa tai kokeilua suunnitellaan")
    TRIAL = "trial", _("kokeilu käynnissä")
    ROOTED = "rooted", _("juurtumassa tai juurtunut")
    NOT_NEEDED = "not_needed", _("ei koettu tarpeelliseksi")
    NO_ANSWER = "no_answer", _("ei vastausta")


class Language(TextChoices):
    FINNISH = "fi", _("suomi")
    SWEDISH = "sv", _("ruotsi")
    ENGLISH = "en", _("englanti")


class SpokenLanguage(TextChoices):
    """Languages in which a worker can meet a family; ISO 639 codes, and the two sign languages."""

    FINNISH = "fi", _("suomi")
    SWEDISH = "sv", _("ruotsi")
    ENGLISH = "en", _("englanti")
    NORTHERN_SAMI = "se", _("pohjoissaame")
    INARI_SAMI = "smn", _("inarinsaame")
    SKOLT_SAMI = "sms", _("koltansaame")
    FINNISH_SIGN = "fse", _("suomalainen viittomakieli")
    SWEDISH_SIGN = "fss", _("suomenruotsalainen viittomakieli")
    ROMANI = "rmf", _("romani")
    KARELIAN = "krl", _("karjala")
    ESTONIAN = "et", _("viro")
    RUSSIAN = "ru", _("venäjä")
    UKRAINIAN = "uk", _("ukraina")
    ARABIC = "ar", _("arabia")
    SOMALI = "so", _("somali")
    KURDISH = "ku", _("kurdi")
    PERSIAN = "fa", _("persia")
    GERMAN = "de", _("saksa")
    FRENCH = "fr", _("ranska")
    SPANISH = "es", _("espanja")


class Weekday(IntegerChoices):
    MONDAY = 1, _("maanantai")
    TUESDAY = 2, _("tiistai")
    WEDNESDAY = 3, _("keskiviikko")
    THURSDAY = 4, _("torstai")
    FRIDAY = 5, _("perjantai")
    SATURDAY = 6, _("lauantai")
    SUNDAY = 7, _("sunnuntai")


class TeamCalling(TextChoices):
    """How the people of a team are asked to a shared time."""

    DIRECT = "direct", _("jäseniltä kysytään suoraan")
    COORDINATOR = "coordinator", _("tiimin koordinaattorin kautta")
    WEEKLY = "weekly", _("tiimin omina viikkoaikoina")


class ContactChannel(TextChoices):
    EMAIL = "email", _("sähköpostilla")
    SMS = "sms", _("tekstiviestillä")
    PHONE = "phone", _("puhelimitse")
    PAPER = "paper", _("paperilla")


class MemberRole(TextChoices):
    CHILD = "child", _("lapsi")
    GUARDIAN = "guardian", _("huoltaja")


class ConsentPurpose(TextChoices):
    INVITE = "invite", _("kutsutaan yhteiseen aikaan")
    CONSULT = "consult", _("kysytään neuvoa")
    COPY = "copy", _("saa suunnitelman")
    INFORM = "inform", _("pidetään ajan tasalla")


class ConsentMethod(TextChoices):
    FACE_TO_FACE = "face_to_face", _("kasvokkain")
    OWN_LINK = "own_link", _("perheen omalla sivulla")
    PHONE = "phone", _("puhelimessa")
    SIGNED_PAPER = "signed_paper", _("allekirjoitetulla paperilla")


class InvitationStatus(TextChoices):
    PENDING = "pending", _("ei vielä vastannut")
    ACCEPTED = "accepted", _("tulossa")
    TENTATIVE = "tentative", _("ehkä tulossa")
    DECLINED = "declined", _("ei pääse")
    EXPIRED = "expired", _("ei vastannut ajoissa")
    REVOKED = "revoked", _("peruttu")


# The statuses in which an invitation opens a door, and so needs a permission in force.
OPEN_INVITATIONS = [
    InvitationStatus.PENDING,
    InvitationStatus.ACCEPTED,
    InvitationStatus.TENTATIVE,
]


class ReplyOutcome(TextChoices):
    """What became of an answer that a calendar sent."""

    TAKEN = "taken", _("otettu vastaukseksi")
    UNKNOWN = "unknown", _("ei minkään kutsun")
    OUTDATED = "outdated", _("vanhentunut")
    REFUSED = "refused", _("kutsu on kiinni")


ANSWERS = [InvitationStatus.ACCEPTED, InvitationStatus.TENTATIVE, InvitationStatus.DECLINED]
_ANSWERS = set(ANSWERS)
_ASKED_ANEW = {InvitationStatus.PENDING, InvitationStatus.REVOKED}
INVITATION_MOVES: dict[InvitationStatus, set[InvitationStatus]] = {
    InvitationStatus.PENDING: _ANSWERS | {InvitationStatus.EXPIRED, InvitationStatus.REVOKED},
    # Moved to another time, it waits for an answer again.
    InvitationStatus.ACCEPTED: (_ANSWERS - {InvitationStatus.ACCEPTED}) | _ASKED_ANEW,
    InvitationStatus.TENTATIVE: (_ANSWERS - {InvitationStatus.TENTATIVE}) | _ASKED_ANEW,
    InvitationStatus.DECLINED: (_ANSWERS - {InvitationStatus.DECLINED}) | _ASKED_ANEW,
    # Sent again, it waits for an answer again.
    InvitationStatus.EXPIRED: {InvitationStatus.PENDING, InvitationStatus.REVOKED},
    InvitationStatus.REVOKED: set(),
}


class ImportKind(TextChoices):
    ORGANISATIONS = "organisations", _("Organisaatiot")
    UNITS = "units", _("Yksiköt")
    WORKERS = "workers", _("Työntekijät")
    CONTACT_RULES = "contact_rules", _("Yhteydenottolista")


# A coordinator takes these in and out too, not only an administrator.
KINDS_OF_COORDINATORS = [ImportKind.CONTACT_RULES]


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("odottaa tarkistusta")
    CHECKING = "checking", _("tarkistetaan")
    CHECKED = "checked", _("tarkistettu")
    APPLYING = "applying", _("viedään hakemistoon")
    APPLIED = "applied", _("viety hakemistoon")
    FAILED = "failed", _("ei onnistunut")
    CANCELLED = "cancelled", _("peruttu")


IMPORT_MOVES: dict[ImportState, set[ImportState]] = {
    ImportState.UPLOADED: {ImportState.CHECKING, ImportState.CANCELLED},
    ImportState.CHECKING: {ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED},
    ImportState.CHECKED: {ImportState.UPLOADED, ImportState.APPLYING, ImportState.CANCELLED},
    # Back to checked when the directory had changed meanwhile: what would be done is shown anew.
    ImportState.APPLYING: {ImportState.APPLIED, ImportState.CHECKED, ImportState.FAILED},
    ImportState.FAILED: {ImportState.UPLOADED, ImportState.CANCELLED},
    ImportState.APPLIED: set(),
    ImportState.CANCELLED: set(),
}

# What a person waits for: a worker takes it up, and takes it up again when it was left half done.
IMPORTS_UNDER_WAY = [ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING]


class RowOutcome(TextChoices):
    ADDED = "added", _("lisätään")
    CHANGED = "changed", _("muuttuu")
    UNCHANGED = "unchanged", _("ei muutu")
    BAD = "bad", _("jää pois")


class ConsultationStatus(TextChoices):
    ASKED = "asked", _("odottaa vastaajaa")
    PICKED_UP = "picked_up", _("vastaaja on löytynyt")
    ANSWERED = "answered", _("vastattu")
    CLOSED = "closed", _("käsitelty")
    WITHDRAWN = "withdrawn", _("peruttu")


class ConsultationResult(TextChoices):
    ENOUGH = "enough", _("Neuvo riitti")
    SHARED_TIME = "shared_time", _("Tarvitaan yhteinen aika")
    DIRECT = "direct", _("Perhe ja vastaaja ovat yhteydessä suoraan")


CONSULTATION_MOVES: dict[ConsultationStatus, set[ConsultationStatus]] = {
    ConsultationStatus.ASKED: {
        ConsultationStatus.PICKED_UP,
        ConsultationStatus.ANSWERED,
        ConsultationStatus.WITHDRAWN,
    },
    # Back to asked: the one who picked it up leaves it to the others.
    ConsultationStatus.PICKED_UP: {
        ConsultationStatus.ASKED,
        ConsultationStatus.ANSWERED,
        ConsultationStatus.WITHDRAWN,
    },
    ConsultationStatus.ANSWERED: {ConsultationStatus.CLOSED},
    ConsultationStatus.CLOSED: set(),
    ConsultationStatus.WITHDRAWN: set(),
}

# The statuses in which the question still waits for an answer.
OPEN_CONSULTATIONS = [ConsultationStatus.ASKED, ConsultationStatus.PICKED_UP]
