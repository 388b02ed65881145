"""Passwords that were handed over are changed by their owners before anything else; who set one last is known.

Code CAS-729: the new password is the old one.
"""

from __future__ import annotations

from django.contrib.auth.models import User

from jingban.casework.models import Secret
from jingban.store import audit
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def handed_by(account: str) -> str:
    """Who handed over the password that the owner has still to change; empty when there is nothing to change."""
    last = Secret.objects.filter(account=account).order_by("-pk").values_list("handed", "actor").first()
    return last[1] if last and last[0] else ""


def last_set(account: str) -> Secret | None:
    """The last time somebody set this account's password."""
    return Secret.objects.filter(account=account).select_related("origin").order_by("-pk").first()


def note_set(account: str, actor: str, origin: Origin) -> None:
    """Within the caller's transaction: the password was set, by its owner or by somebody who handed it over."""
    Secret.objects.create(account=account, handed=actor != account, actor=actor, origin=origin)


def note_own(account: str) -> None:
    """The owner changed it."""
    with entering(Door(account, "account.password")) as origin:
        note_set(account, account, origin)
        audit.append([audit.Entry(account, "account.password", account)], origin.recorded_at)


def change_own(user: User, password: str) -> None:
    """The owner's new password. Refuses CAS-709 (not good enough) and CAS-729 (the same again)."""
    from jingban.casework.services.duties import check_password_rules

    if user.check_password(password):
        raise refuse("CAS-729", _("新口令与原来的相同，请换一个"))
    check_password_rules(password, user)
    with entering(Door(user.username, "account.password")) as origin:
        user.set_password(password)
        user.save(update_fields=["password"])
        note_set(user.username, user.username, origin)
        audit.append([audit.Entry(user.username, "account.password", user.username)], origin.recorded_at)
