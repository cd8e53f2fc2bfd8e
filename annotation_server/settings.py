"""Django's settings, from the environment. Every variable is described in docs/configuration.md; none is needed on a laptop."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from annotation_server import embedded
from annotation_server.embedded.files import write_private
from annotation_server.environment import (
    address,
    choice,
    cosine,
    encoding,
    flag,
    networks,
    number,
    text,
    words,
)

WEB = ("http", "https")
REDIS = ("redis", "rediss", "unix")
# Those of captioner/config.py, which the web side does not import.
CAPTIONER_PRESETS = ("altogether", "small", "tiny")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(text("ALTOGETHER_VAR", str(BASE_DIR / "var"))).resolve()


def secret_key() -> str:
    """SECRET_KEY, or a random one that is made once and kept under var/."""
    if given := text("SECRET_KEY"):
        return given
    path = VAR / "secret_key"
    if not path.exists():
        ours = VAR / f"secret_key.{os.getpid()}"
        write_private(ours, secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # of processes that start together the first one's key is everybody's
            path.hardlink_to(ours)
        ours.unlink()
    return path.read_text().strip()


def database() -> Any:
    """DATABASE_URL, else the embedded Postgres that runs now."""
    running = embedded.running_addresses(VAR)
    url = text("DATABASE_URL") or (running.database_url if running else "")
    if not url:  # Commands that need no database (help, spectacular, collectstatic) still work.
        return {"ENGINE": "django.db.backends.postgresql", "NAME": "altogether", "HOST": "127.0.0.1"}
    try:
        parsed = dj_database_url.parse(
            url, conn_max_age=number("DATABASE_CONN_MAX_AGE", 600, least=0), conn_health_checks=True
        )
    except (ValueError, dj_database_url.ParseError):
        sys.exit("DATABASE_URL cannot be read. Write postgres://USER:PASSWORD@HOST:PORT/NAME.")
    if "postgresql" not in str(parsed["ENGINE"]):
        sys.exit("DATABASE_URL must name a Postgres database: postgres://USER:PASSWORD@HOST:PORT/NAME.")
    # Statements that come again are planned once a connection: planning costs more than running them.
    parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), "server_side_binding": True, "prepare_threshold": 2}
    return parsed


def picture_storage() -> dict[str, Any]:
    """MEDIA_ROOT, or the S3 bucket MEDIA_S3_BUCKET; keys come from the environment as boto3 reads it (AWS_ACCESS_KEY_ID …)."""
    bucket = text("MEDIA_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": bucket,
        "endpoint_url": address("MEDIA_S3_ENDPOINT", schemes=WEB) or None,
        "location": text("MEDIA_S3_PREFIX"),
        "default_acl": None,
        "file_overwrite": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def sign_in_providers() -> dict[str, Any]:
    """The one OpenID Connect provider that OIDC_SERVER_URL names, as allauth wants it described."""
    server = address("OIDC_SERVER_URL", schemes=WEB)
    if not server:
        return {}
    provider = {
        "provider_id": "oidc",
        "name": text("OIDC_NAME", "OpenID Connect"),
        "client_id": text("OIDC_CLIENT_ID"),
        "secret": text("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [provider], "OAUTH_PKCE_ENABLED": True}}


def redis_url() -> str:
    """REDIS_URL, else the embedded server that runs now."""
    running = embedded.running_addresses(VAR)
    return address("REDIS_URL", schemes=REDIS) or (
        running.redis_url if running else "redis://127.0.0.1:6379/0"
    )


DEBUG = flag("DEBUG")
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
HTTPS = flag("HTTPS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "annotation_server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "annotation_server.api.caching.NothingIsKept",
    "annotation_server.api.request_bounds.RequestBounds",
    "annotation_server.api.static_files.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "annotation_server.urls"
WSGI_APPLICATION = "annotation_server.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]

DATABASES = {"default": database()}
AUTH_USER_MODEL = "annotation_server.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Accounts (allauth): by invitation only, under a name, with a password, a passkey, a link or another site's sign-in.
LOGIN_REDIRECT_URL = "/"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {"socialaccount_login_error": "/sign-in", "account_signup": "/sign-in"}
ACCOUNT_ADAPTER = "annotation_server.api.account.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
MFA_ADAPTER = "annotation_server.api.account.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Altogether"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "annotation_server.api.account.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = sign_in_providers()
OIDC_SIGN_UP = flag("OIDC_SIGN_UP")
USERSESSIONS_ADAPTER = "annotation_server.api.account.adapters.SessionsAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", 1 if flag("BEHIND_PROXY") else 0, least=0)
# Failed sign-ins are counted by all web processes together, and also while Redis is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "counters",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# Files: the front end is built with hashed names; images live in Django's storage.
FRONT_END = Path(text("FRONT_END_DIST", str(BASE_DIR / "frontend" / "dist")))
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [path for path in [FRONT_END] if path.is_dir()]
STORAGES = {
    "default": picture_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Vite writes a hash into each name under assets/, so those files can be cached for good.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = Path(text("MEDIA_ROOT", str(VAR / "media")))
RUNS_ROOT = Path(text("RUNS_ROOT", str(VAR / "runs")))
IMPORTS_ROOT = Path(text("IMPORTS_ROOT", str(VAR / "imports")))
EXPORTS_ROOT = Path(text("EXPORTS_ROOT", str(VAR / "exports")))
CAPTIONER_CACHE = Path(text("CAPTIONER_CACHE", str(VAR / "captioner")))
CAPTIONER_BASES = Path(text("CAPTIONER_BASES", str(VAR / "bases")))
CAPTIONER_PROCESSES = number("CAPTIONER_PROCESSES", 0, least=0)
CAPTIONER_PRESET = choice("CAPTIONER_PRESET", "tiny", of=CAPTIONER_PRESETS)
CAPTION_BLOCK_IMAGES = number("CAPTION_BLOCK_IMAGES", 512)
CAPTION_RAY_ACTORS = number("CAPTION_RAY_ACTORS", 0, least=0)
CAPTION_RAY_ADDRESS = text("CAPTION_RAY_ADDRESS")
# Two images whose embeddings have at least this cosine are near-duplicates.
NEAR_DUPLICATE_LIKENESS = cosine("NEAR_DUPLICATE_LIKENESS", 0.99)
IMAGE_PIXEL_LIMIT = number("IMAGE_PIXEL_LIMIT", 100_000_000)
IMPORT_ALLOWED_NETWORKS = networks("IMPORT_ALLOWED_NETWORKS")
IMPORT_S3_BUCKETS = words("IMPORT_S3_BUCKETS")
IMPORT_SOURCE_LIMIT = number("IMPORT_SOURCE_LIMIT", 200 * 1024**3)
IMPORT_FILES_LIMIT = number("IMPORT_FILES_LIMIT", 2_000_000)
IMPORT_SECONDS_LIMIT = number("IMPORT_SECONDS_LIMIT", 48 * 3600)
IMPORT_PREVIEW_SECONDS_LIMIT = number("IMPORT_PREVIEW_SECONDS_LIMIT", 600)
IMPORT_MEMORY_LIMIT = number("IMPORT_MEMORY_LIMIT", 4 * 1024**3)
IMPORT_ZIP_ENCODING = encoding("IMPORT_ZIP_ENCODING", "cp437")
IMPORT_HF_REPOSITORIES = words("IMPORT_HF_REPOSITORIES")
IMPORT_EXPIRY_DAYS = number("IMPORT_EXPIRY_DAYS", 7)
# What a route's body may weigh is in api/request_bounds.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# A job whose heartbeat is older than this is taken up again by another worker.
JOB_HEARTBEAT_SECONDS = number("JOB_HEARTBEAT_SECONDS", 5)
JOB_STALE_SECONDS = number("JOB_STALE_SECONDS", 30)
JOB_REAP_SECONDS = number("JOB_REAP_SECONDS", 15)
JOB_MAX_ATTEMPTS = number("JOB_MAX_ATTEMPTS", 3)

WEBHOOK_SECONDS = number("WEBHOOK_SECONDS", 5)
WEBHOOK_ALLOWED_NETWORKS = networks("WEBHOOK_ALLOWED_NETWORKS")

REDIS_URL = redis_url()
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
# Publishing wakes a worker up; when the broker is away the reaper does that later, so nobody waits for it.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "cpu"
# What keeps the others going is short, and no long work stands before it.
SHORT = {"queue": "short"}
CELERY_TASK_ROUTES = {
    "annotation_server.gpu.*": {"queue": "gpu"},
    "annotation_server.cpu.reap_jobs": SHORT,
    "annotation_server.cpu.clear_sessions": SHORT,
    "annotation_server.cpu.expire_uploads": SHORT,
    "annotation_server.cpu.send_webhooks": SHORT,
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "reap_jobs": {"task": "annotation_server.cpu.reap_jobs", "schedule": float(JOB_REAP_SECONDS)},
    "clear_sessions": {"task": "annotation_server.cpu.clear_sessions", "schedule": 600.0},
    "expire_uploads": {"task": "annotation_server.cpu.expire_uploads", "schedule": 3600.0},
    "send_webhooks": {
        "task": "annotation_server.cpu.send_webhooks",
        "schedule": float(WEBHOOK_SECONDS),
        "options": {"expires": WEBHOOK_SECONDS},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotation_server.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "annotation_server.api.token_limits.WithinTokenLimits",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotation_server.api.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "annotation_server.api.pagination.ById",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotation_server.api.problems.as_problem_document",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Altogether",
    "DESCRIPTION": "Annotation in rounds: alt-texts become captions, with a captioner in the loop.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotation_server.api.account.schema.add_accounts",
        "annotation_server.api.refusals.add_refusals",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "Role": "annotation_server.choices.Role",
        "Split": "annotation_server.choices.Split",
        "StartingText": "annotation_server.choices.StartingText",
        "CheckKind": "annotation_server.choices.CheckKind",
        "RoundState": "annotation_server.choices.RoundState",
        "TaskState": "annotation_server.choices.TaskState",
        "Verdict": "annotation_server.choices.Verdict",
        "ConceptOutcome": "annotation_server.choices.ConceptOutcome",
        "DropReason": "annotation_server.choices.DropReason",
        "RunState": "annotation_server.choices.RunState",
        "CaptionSource": "annotation_server.choices.CaptionSource",
        "ImportState": "annotation_server.choices.ImportState",
        "ImportFormat": "annotation_server.formats.readers.reader.READERS",
        "StartFrom": "annotation_server.choices.StartFrom",
        "BaseState": "annotation_server.choices.BaseState",
        "JobKind": "annotation_server.choices.JobKind",
        "JobState": "annotation_server.choices.JobState",
        "TokenScope": "annotation_server.choices.TokenScope",
        "DeliveryState": "annotation_server.choices.DeliveryState",
    },
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "annotation_server.api.account.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "annotation_server.log_lines.LogLines",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": choice("LOG_LEVEL", "INFO", of=LOG_LEVELS)},
}
