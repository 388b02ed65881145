"""Casework as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "jingban.casework"
    label = "casework"
    verbose_name = "业务办理"
