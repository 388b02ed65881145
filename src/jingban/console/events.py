"""What the login library tells and the centre must know: a password changed by its owner."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from django.dispatch import receiver

from jingban.casework.services.secrets import note_own


@receiver(password_changed)
def owner_changed_password(user: Any, **_more: Any) -> None:
    """The handed-over password is no more; that the owner changed it stands on the audit chain."""
    note_own(user.get_username())
