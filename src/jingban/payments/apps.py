"""Payments as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "jingban.payments"
    label = "payments"
    verbose_name = "待遇发放"
