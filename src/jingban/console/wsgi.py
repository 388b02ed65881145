"""What the web server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingban.console.settings")
application = get_wsgi_application()

from jingban.console.jobs import reap  # noqa: E402 - needs the settings above

reap()  # what was being done when the last server stopped
