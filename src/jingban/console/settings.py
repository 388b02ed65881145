"""Settings of the web server: those of the centre, and what only pages need (login, lists, forms, static files).

Commands never load this module, so their start does not grow with it.
"""

from __future__ import annotations

from jingban.settings import *  # noqa: F403
from jingban.settings import BASE_DIR, CENTRE, INSTALLED_APPS

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "whitenoise.runserver_nostatic",
    "django.contrib.humanize",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
WEB_TABLES = ("account", "mfa", "usersessions", "axes")
"""Apps whose tables `jingban serve` lays itself: they hold no fact of the centre."""

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "jingban.console.middleware.one_language",
    "jingban.console.middleware.content_policy",
    "jingban.console.middleware.refusals",
    "jingban.console.protect.idle",
    "jingban.console.protect.first_things",
    "jingban.console.middleware.configuration",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "jingban.console.urls"
WSGI_APPLICATION = "jingban.console.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # ours go before those of the login library
        "DIRS": [BASE_DIR / "console" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jingban.console.context.around",
            ],
        },
    }
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "console/table.html"

# Login: accounts are opened by the security administrator, never by their users.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "jingban.console.login.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# axes counts failed logins, for every process and across restarts; allauth would count them again in memory
ACCOUNT_RATE_LIMITS = {"login": False, "login_failed": False}
MFA_ADAPTER = "jingban.console.login.FactorAdapter"
MFA_FORMS = {
    "authenticate": "jingban.console.login.CodeForm",
    "reauthenticate": "jingban.console.login.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = CENTRE.name
MFA_TOTP_TOLERANCE = 1  # half minutes that a telephone's clock may be off
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_CLIENT_IP_CALLABLE = "jingban.console.protect.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "console/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# Headers and cookies. ``https = true`` in jingban.toml says that a TLS proxy stands in front.
SESSION_COOKIE_AGE = CENTRE.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CENTRE.https
SECURE_HSTS_SECONDS = 31_536_000 if CENTRE.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CENTRE.https else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in CENTRE.allowed_hosts if CENTRE.https and host[:1].isalpha()
]
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jingban.console.views.errors.csrf"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "axes": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
