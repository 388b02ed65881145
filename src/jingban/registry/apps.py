"""The registry as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "jingban.registry"
    label = "registry"
    verbose_name = "登记簿"
