"""Bringing cases, deciding them, and what can be asked of them."""

from jingban.casework.services.bring import Brought, bring
from jingban.casework.services.decide import decide, resubmit, withdraw
from jingban.casework.services.state import current, open_cases

__all__ = ["Brought", "bring", "current", "decide", "open_cases", "resubmit", "withdraw"]
