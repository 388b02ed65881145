"""Starting Django for commands that need the database; nothing else here, so that importing it costs nothing."""

from __future__ import annotations

import os


def open_database() -> None:
    """Configure Django with the centre's settings (``jingban.conf``). Safe to call twice."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingban.settings")
    django.setup()
