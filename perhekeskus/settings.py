"""Settings, all from the environment; every variable is described in docs/operations.md."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue
from redis.backoff import NoBackoff
from redis.retry import Retry

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- what this installation is -------------------------------------------------------------------

# production: the real thing; demonstration: invented people, open sign-ins; test: the test suite.
ENVIRONMENT = env.str("ENVIRONMENT", default="production")
if ENVIRONMENT not in {"production", "demonstration", "test"}:
    raise ImproperlyConfigured("ENVIRONMENT on production, demonstration tai test.")
DEMONSTRATION = ENVIRONMENT == "demonstration"
PRODUCTION = ENVIRONMENT == "production"

DEMONSTRATION_SECRET_KEY = "vain-esittelyyn-ei-koskaan-tuotantoon-0123456789-abcdefghij"
SECRET_KEY = env.str("SECRET_KEY", default=DEMONSTRATION_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)

DATA_DIR = Path(env.str("DATA", default=str(BASE_DIR / ".data")))
EMBEDDED_DATABASE = env.bool("EMBEDDED_DATABASE", default=False)
EMBEDDED_IN_PRODUCTION = env.str("EMBEDDED_DATABASE_IN_PRODUCTION", default="")

if PRODUCTION:
    if SECRET_KEY == DEMONSTRATION_SECRET_KEY or len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "Tuotanto ei käynnisty esittelyn avaimella. Aseta SECRET_KEY: vähintään 50 satunnaista merkkiä."
        )
    if DEBUG:
        raise ImproperlyConfigured("Tuotanto ei käynnisty, kun DEBUG on päällä. Poista DEBUG.")
    if (EMBEDDED_DATABASE or not env.str("DATABASE_URL", default="")) and (
        EMBEDDED_IN_PRODUCTION != "yes-i-take-the-backups-myself"
    ):
        raise ImproperlyConfigured(
            "Tuotanto ei käynnisty mukana tulevalla tietokannalla. Aseta DATABASE_URL, tai jos todella"
            " haluat sen: EMBEDDED_DATABASE_IN_PRODUCTION=yes-i-take-the-backups-myself."
        )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])

# --- applications --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "plans",
    "meetings",
    "network",
    "perhekeskus",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "django_htmx",
    "django_structlog",
    "lucide",
    "phonenumber_field",
]
# These two come with requirements/dev.txt only; they check migrations while they are written.
if env.bool("LINT_APPS", default=ENVIRONMENT == "test"):
    INSTALLED_APPS += ["django_linear_migrations", "django_migration_linter"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "perhekeskus.logs.RequestMiddleware",
    "perhekeskus.middleware.PrivateByDefaultMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "perhekeskus.middleware.SignInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "perhekeskus.middleware.KeptFormsMiddleware",
    "perhekeskus.history.HistoryMiddleware",
]

ROOT_URLCONF = "perhekeskus.urls"
WSGI_APPLICATION = "perhekeskus.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "perhekeskus.context_processors.house",
            ],
            "builtins": ["perhekeskus.templatetags.house"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = "house"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("house",)
CRISPY_FAIL_SILENTLY = False

# --- database, broker ----------------------------------------------------------------------------

# No ATOMIC_REQUESTS: an action opens its own transaction, a read that is logged does too.
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///yhteinen_aika")}
DATABASES["default"].update(
    {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
)
# The tests' own databases begin as copies of this one, when it is named: `make test` migrates it once.
if template := env.str("TEST_TEMPLATE", default=""):
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    # A page that queues a message does not wait for a broker that is away: beat drains later.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
    "global_keyprefix": env.str("BROKER_PREFIX", default="yhteinen-aika:"),
}
CELERY_TASK_TIME_LIMIT = 300
# Calendars have a queue of their own: the worker takes from each in turn, no message waits behind them.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("calendars")]
CELERY_TASK_ROUTES = {"meetings.tasks.refresh_*": {"queue": "calendars"}}

# Tries to sign in are counted here, for all processes together, and how far an import has come is told.
CACHES = {
    "default": {
        "BACKEND": "perhekeskus.cache.SharedCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env.str("BROKER_PREFIX", default="yhteinen-aika:") + "cache",
        "OPTIONS": {
            "serializer": "perhekeskus.cache.JsonSerializer",
            # A page does not wait for a cache that is away: it is asked once, and not for long.
            "retry": Retry(NoBackoff(), 0),
            "socket_timeout": 0.5,
            "socket_connect_timeout": 0.5,
        },
    }
}
CELERY_TIMEZONE = "Europe/Helsinki"

PGHISTORY_APPEND_ONLY = True

# --- people and signing in -----------------------------------------------------------------------

AUTH_USER_MODEL = "network.Worker"
AUTHENTICATION_BACKENDS = ["perhekeskus.sign_in.WithUnit"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if ENVIRONMENT == "test":
    # A slow hash protects a stolen table of passwords; the tests have none to protect, and sign in often.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "perhekeskus.sign_in.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# The administrator gives the address and changes it: nobody adds another one for themselves.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
MFA_ADAPTER = "perhekeskus.sign_in.SealedSecondStep"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A stranger who asks for a new password gets no mail that mentions us.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Yhteinen aika"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

SESSION_ENGINE = "perhekeskus.sessions"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=9) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "perhekeskus.views.errors.csrf_failure"

# --- language, time ------------------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti"))]
# The catalogues are made of locale/*.po into the data folder when a process starts.
CATALOGUE_DIR = Path(env.str("CATALOGUE_DIR", default="") or DATA_DIR / "locale")
LOCALE_PATHS = [CATALOGUE_DIR]
FORMAT_MODULE_PATH = ["perhekeskus.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_I18N = True
PHONENUMBER_DEFAULT_REGION = "FI"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"

# --- files and headers ---------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [BASE_DIR / "static"]
# Fonts are subset out of their wheel into the data folder at set-up: none is kept in the repository.
FONT_DIR = Path(env.str("FONT_DIR", default="") or DATA_DIR / "fonts")
if FONT_DIR.is_dir():
    STATICFILES_DIRS.append(("fonts", FONT_DIR))
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=PRODUCTION or DEMONSTRATION)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Without collected files they are served straight from the apps' folders, as the tests do.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
MEDIA_ROOT = DATA_DIR / "media"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = env.bool("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^terveys"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Tries to sign in are counted by the address that the proxy saw, not by the proxy's own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- messages ------------------------------------------------------------------------------------

DEMONSTRATION_MAILBOX = env.bool("DEMONSTRATION_MAILBOX", default=DEMONSTRATION)
_mail = env.email_url(
    "EMAIL_URL",
    default="dummymail://" if PRODUCTION or DEMONSTRATION else "memorymail://",
)
vars().update(_mail)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
if DEMONSTRATION and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "perhekeskus.demo.DemonstrationMailbox"
if PRODUCTION and not env.str("EMAIL_URL", default=""):
    raise ImproperlyConfigured("Tuotanto tarvitsee sähköpostipalvelimen. Aseta EMAIL_URL.")
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Yhteinen aika <yhteinen-aika@perhekeskus.example>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="perhekeskus.example")

# file: a line per message into DATA/tekstiviestit; http: one POST per message to SMS_URL.
# In production nothing is assumed: a message into a file that nobody reads would count as sent.
SMS_BACKEND = env.str(
    "SMS_BACKEND", default="demonstration" if DEMONSTRATION else "none" if PRODUCTION else "file"
)
SMS_URL = env.str("SMS_URL", default="")
SMS_TOKEN = env.str("SMS_TOKEN", default="")

OUTBOX_PAUSES_MINUTES = env.list("OUTBOX_PAUSES_MINUTES", cast=int, default=[1, 5, 15, 60, 240, 720])
OUTBOX_CLAIM_SECONDS = env.int("OUTBOX_CLAIM_SECONDS", default=120)
OUTBOX_BEAT_SECONDS = env.int("OUTBOX_BEAT_SECONDS", default=60)
# How often files that were left half done are looked for, and how long one may stand still.
IMPORT_BEAT_SECONDS = env.int("IMPORT_BEAT_SECONDS", default=60)

# --- what is fetched from elsewhere: workers' own calendars ----------------------------------------

FETCH_PORTS = env.list("FETCH_PORTS", cast=int, default=[443])
# An address and port of this machine that the tests may fetch from, and the authority behind its certificate.
FETCH_TEST_SERVER = env.str("FETCH_TEST_SERVER", default="")
FETCH_TEST_CA = env.str("FETCH_TEST_CA", default="")
if (FETCH_TEST_SERVER or FETCH_TEST_CA) and ENVIRONMENT != "test":
    raise ImproperlyConfigured("FETCH_TEST_SERVER ja FETCH_TEST_CA ovat vain testejä varten. Poista ne.")
CALENDAR_REFRESH_MINUTES = env.int("CALENDAR_REFRESH_MINUTES", default=15)

# Answers from calendars (iCalendar REPLY): the mailbox that is read for them, imaps://user:password@host, and
# its address, to which each invitation adds a secret of its own. Without them answers are given by the link.
IMAP_URL = env.str("IMAP_URL", default="")
REPLY_ADDRESS = env.str("REPLY_ADDRESS", default="")
if PRODUCTION and IMAP_URL and not IMAP_URL.startswith("imaps://"):
    raise ImproperlyConfigured("Vastauspostilaatikko luetaan salatusti. Aseta IMAP_URL muotoon imaps://…")

# --- the house's own settings --------------------------------------------------------------------

SHARED_TIME_NAME = env.str("SHARED_TIME_NAME", default="Yhteinen aika")
GUIDANCE_PHONE = env.str("GUIDANCE_PHONE", default="017 000 0000")
FEEDBACK_EMAIL = env.str("FEEDBACK_EMAIL", default="palaute@perhekeskus.example")
# The wellbeing services counties whose municipalities the dashboard tells of, by their Finnish names;
# none: those where the network has units.
COUNTIES = env.list("COUNTIES", default=[])
SMALL_NUMBER_LIMIT = env.int("SMALL_NUMBER_LIMIT", default=5)
if PRODUCTION and SMALL_NUMBER_LIMIT < 3:
    raise ImproperlyConfigured("SMALL_NUMBER_LIMIT on vähintään 3: pienempi raja ei piilota yhtään lukua.")
# The county's counts for anybody (/avoin-data/), and by what licence; off, the addresses don't exist.
OPEN_DATA = env.bool("OPEN_DATA", default=True)
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="CC BY 4.0")
OPEN_DATA_LICENCE_URL = env.str(
    "OPEN_DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/deed.fi"
)
INVITATION_LINK_DAYS = env.int("INVITATION_LINK_DAYS", default=60)
# How long a time is usually held while the family thinks.
HOLD_HOURS = env.int("HOLD_HOURS", default=48)
# Until four in the afternoon so many days before a shared time the invited are waited for.
ANSWER_DAYS_BEFORE = env.int("ANSWER_DAYS_BEFORE", default=2)
FAMILY_LINK_DAYS = env.int("FAMILY_LINK_DAYS", default=365)
# How long the link to a copy of a plan lives, when the family's permission doesn't end before.
COPY_LINK_DAYS = env.int("COPY_LINK_DAYS", default=180)
# The one-time code that a family's link asks for: how long it lives, how many are sent.
FAMILY_CODE_MINUTES = env.int("FAMILY_CODE_MINUTES", default=10)
FAMILY_CODES_PER_HOUR = env.int("FAMILY_CODES_PER_HOUR", default=5)
FAMILY_CODES_PER_DAY = env.int("FAMILY_CODES_PER_DAY", default=15)
# After this long without a visit the family's page asks for a new code.
FAMILY_IDLE_MINUTES = env.int("FAMILY_IDLE_MINUTES", default=30)
# How long what was typed too late (signed out, away from the page) is kept for its writer.
KEPT_FORM_MINUTES = env.int("KEPT_FORM_MINUTES", default=60)
# A worker's card asks its owner when it has not been confirmed for so long.
CARD_DAYS = env.int("CARD_DAYS", default=365)
# How long those who were at a shared time still see its page.
AFTERWARDS_DAYS = env.int("AFTERWARDS_DAYS", default=14)
# How long after a shared time those who were there are asked how it was.
FEEDBACK_DAYS = env.int("FEEDBACK_DAYS", default=30)
# An open situation that nobody has touched for so many days comes up to its holder, then to the supervisor.
UNTOUCHED_DAYS = env.int("UNTOUCHED_DAYS", default=14)
UNTOUCHED_SUPERVISOR_DAYS = env.int("UNTOUCHED_SUPERVISOR_DAYS", default=28)
# A koppi that was offered and that nobody has taken in so many days comes up in the same way.
UNCAUGHT_OFFER_DAYS = env.int("UNCAUGHT_OFFER_DAYS", default=7)
# A question that nobody has answered in so many days is brought to mind once.
CONSULTATION_REMINDER_DAYS = env.int("CONSULTATION_REMINDER_DAYS", default=3)
# A family that contacts us is answered within so many hours, counted on working days only; by then half of it
# has made the contact urgent, and after half as much again the supervisor is told.
CONTACT_ANSWER_HOURS = env.int("CONTACT_ANSWER_HOURS", default=48)
# An unfinished call is a family's words that nobody acts on: forgotten when untouched for so many days.
CALL_DRAFT_DAYS = env.int("CALL_DRAFT_DAYS", default=14)
# How many contacts one address, and all of them together, may send in an hour; how many codes may be tried.
CONTACTS_PER_HOUR = env.int("CONTACTS_PER_HOUR", default=10)
CONTACTS_PER_HOUR_OF_ALL = env.int("CONTACTS_PER_HOUR_OF_ALL", default=300)
CONTACT_CODE_TRIES_PER_HOUR = env.int("CONTACT_CODE_TRIES_PER_HOUR", default=20)
# A family that asks to be contacted about its plan is contacted within so many working days.
CONTACT_REQUEST_DAYS = env.int("CONTACT_REQUEST_DAYS", default=2)
# A promised contact that is late by so many working days comes up to the pair, then to the supervisor.
PROMISE_PAIR_DAYS = env.int("PROMISE_PAIR_DAYS", default=2)
PROMISE_SUPERVISOR_DAYS = env.int("PROMISE_SUPERVISOR_DAYS", default=5)
# After so many months without a forum the coordinators are reminded of the area.
FORUM_INTERVAL_MONTHS = env.int("FORUM_INTERVAL_MONTHS", default=8)

# What beat asks of the upper floors: the task's name, and a crontab of Helsinki's clock.
PERIODIC_TASKS = {
    "network.tasks.send_regular_letters": crontab(minute=10),
    "network.tasks.fold_tallies": crontab(),
    "network.tasks.tell_of_left_questions": crontab(minute="*/5"),
    "meetings.tasks.expire_invitations": crontab(minute="*/5"),
    "meetings.tasks.sweep_holds": crontab(minute="*/5"),
    "meetings.tasks.tell_of_late_contacts": crontab(minute="*/10"),
    "meetings.tasks.forget_call_drafts": crontab(minute="*/10"),
    "meetings.tasks.return_stranded_offers": crontab(minute="*/5"),
    "meetings.tasks.tell_of_untouched": crontab(minute=20),
    "meetings.tasks.look_for_earlier": crontab(minute="*/15"),
    "meetings.tasks.close_polls": crontab(minute="*/5"),
    "meetings.tasks.fetch_answers": crontab(minute="*/2"),
    # Asked each hour: made once, on the second of the month or as soon after it as anybody asks.
    "meetings.tasks.make_monthly_report": crontab(minute=40),
    # Asked at once by the press; each minute for those that were left.
    "meetings.tasks.make_asked_reports": crontab(),
    "meetings.tasks.publish_open_data": crontab(minute=45),
    "plans.tasks.tell_of_late_promises": crontab(minute="*/10"),
    "plans.tasks.settle_responsibilities": crontab(minute="*/5"),
    "network.tasks.remind_of_old_cards": crontab(hour=8, minute=10, day_of_week="mon-fri"),
    "perhekeskus.tasks.forget_kept_forms": crontab(minute="*/10"),
}

# Whoever looks at a demonstration looks at it in its first minutes, not after the next full hour.
AT_START = ["meetings.tasks.publish_open_data", "meetings.tasks.make_monthly_report"] if DEMONSTRATION else []

# The tables of moves that docs/architecture.md draws, named so that the ground imports nobody.
STATE_TABLES = {
    "situation": "meetings.states.STAGE_MOVES",
    "meeting": "meetings.states.MEETING_MOVES",
    "handover": "meetings.states.HANDOVER_MOVES",
    "contact": "meetings.states.CONTACT_MOVES",
    "consultation": "network.states.CONSULTATION_MOVES",
    "responsibility": "plans.states.HANDING_MOVES",
    "development_need": "network.states.DEVELOPMENT_MOVES",
    "grievance": "network.states.GRIEVANCE_MOVES",
    "invitation": "network.states.INVITATION_MOVES",
    "directory_import": "network.states.IMPORT_MOVES",
    "plan": "plans.states.PLAN_MOVES",
    "measure": "plans.states.MEASURE_MOVES",
    "message": "perhekeskus.states.MESSAGE_MOVES",
}

# --- logs: what happened, never whom it was about ------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "perhekeskus.logs.formatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "perhekeskus": {"level": "INFO"},
        "network": {"level": "INFO"},
        "meetings": {"level": "INFO"},
        "plans": {"level": "INFO"},
        "django_structlog": {"level": env.str("REQUEST_LOG_LEVEL", default="WARNING")},
        # A 404 is an answer here, and its path can hold a token.
        "django.request": {"level": "ERROR"},
    },
}
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
