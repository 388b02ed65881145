"""Signed-in sessions, of pages and of the command line alike: how long they live, whose they are, how one is ended.

A session is a row of Django's own table. It ends when it was idle too long, when it is too old, when its account is closed or
its password changes, and when its owner ends it from another one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

SEEN = "seen"
SINCE = "since"
_STEP = 60
"""Seconds between two notes that a session was used: reading a page does not write each time."""


def used(session: Any, at: dt.datetime) -> bool:
    """Note that a session was used. False when it had been idle too long or is too old: the caller ends it."""
    now = int(at.timestamp())
    seen, since = int(session.get(SEEN, now)), int(session.get(SINCE, now))
    centre = settings.CENTRE
    if now - seen > centre.idle_minutes * 60 or now - since > centre.session_hours * 3600:
        return False
    if SEEN not in session or now - seen >= _STEP:
        session[SEEN], session[SINCE] = now, since
    return True


def sign_in(user: User, at: dt.datetime) -> str:
    """A session of the command line. Returns its key, which is all that is needed to act: keep it secret."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(settings.CENTRE.session_hours * 3600)
    used(session, at)
    session.create()
    return str(session.session_key)


def account_of(token: str, at: dt.datetime) -> str | None:
    """Whose session it is; None when it is over."""
    session = SessionStore(token)
    user = _owner(session)
    if user is None:
        return None
    if not used(session, at):
        session.delete()
        return None
    if session.modified:
        session.save(must_create=False)
    return user.username


def _owner(session: SessionStore) -> User | None:
    number = session.get(SESSION_KEY)
    user = User.objects.filter(pk=number, is_active=True).first() if number else None
    if user is None or not constant_time_compare(
        str(session.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash()
    ):
        return None
    return user


def sign_out(token: str) -> None:
    """End a session."""
    SessionStore(token).delete()
