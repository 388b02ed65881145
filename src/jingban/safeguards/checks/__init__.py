"""The standing monthly checks (R1.19-04), one a file: ``NAME``, ``TITLE`` and ``run(region, month) -> list[Found]``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jingban.safeguards.checks import (
    account_shared,
    address_cluster,
    age_anomaly,
    certified_impossible,
    dead_but_paid,
    death_order,
    dual_paid,
    identity_invalid,
    payee_differs,
    prison_paid,
)
from jingban.safeguards.services.find import Found, Raised, raise_all
from jingban.store.origins import Door
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

_MODULES = (
    dead_but_paid, death_order, prison_paid, dual_paid, age_anomaly, identity_invalid, account_shared, address_cluster,
    payee_differs, certified_impossible,
)  # fmt: skip
CHECKS: dict[str, tuple[str, Callable[[int, int], list[Found]]]] = {
    module.NAME: (module.TITLE, module.run) for module in _MODULES
}


def run_checks(region: int, month: int, door: Door, names: Sequence[str] = ()) -> dict[str, Raised]:
    """Run the standing checks for a payroll month and raise what is new. Code SAF-203: no such check."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        text = _("没有核查项“%(name)s”；可用：%(names)s")
        raise refuse("SAF-203", text % {"name": unknown[0], "names": "、".join(CHECKS)})
    return {
        name: raise_all(CHECKS[name][1](region, month), month, door, action=f"check.{name}")
        for name in names or CHECKS
    }
