"""Accounts are opened for people, not by them; a second factor is as hard to guess as a password, and nobody drops it alone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError

from jingban.casework.services.factors import ALONE, count_wrong, open_to


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class _Counted:
    """A form that asks for a code: no more of them once the account is locked on this machine."""

    def clean_code(self) -> str:
        user, request = self.user, context.request  # type: ignore[attr-defined]
        if not open_to(user, request):
            raise PermissionDenied
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            count_wrong(user, request)
            raise


class CodeForm(_Counted, AuthenticateForm):  # type: ignore[misc]
    """The code asked for at the login."""


class CodeAgainForm(_Counted, ReauthenticateForm):  # type: ignore[misc]
    """The code asked for again before something important."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Nobody takes away the last second factor alone, not even its owner."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=ALONE)
        return authenticator.type not in ALONE or others.exclude(pk=authenticator.pk).exists()
