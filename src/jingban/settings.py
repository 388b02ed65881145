"""The one Django settings module. What a centre may choose stands in its ``jingban.toml`` (see ``jingban.conf``)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from jingban.conf import load
from jingban.values import confined

BASE_DIR = Path(__file__).resolve().parent
CENTRE = load()
confined.configure(confined.Limits.of(CENTRE.reading))

SECRET_KEY = CENTRE.secret_key
DEBUG = CENTRE.debug
ALLOWED_HOSTS = CENTRE.allowed_hosts
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": CENTRE.database}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(
        name
        for name in (
            "jingban.registry",
            "jingban.payments",
            "jingban.casework",
            "jingban.safeguards",
            "jingban.fund",
            "jingban.budget",
            "jingban.performance",
            "jingban.disclosure",
            "jingban.console",
        )
        if importlib.util.find_spec(f"{name}.apps")
    ),
]
MIDDLEWARE: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    }
]
STATIC_URL = "/static/"
