"""One synthetic person of the sample and what will happen to them in the year."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass, field

from jingban.cli.county.places import Village


@dataclass(slots=True)
class Person:
    """``kind``: recipient, held (suspended before the year), contributor, new (enrolled in the year), outside (fishers who
    chose another scheme). ``role``: the one special thing that happens to this person, empty for most. Money in fen."""

    kind: str
    role: str = ""
    birth: dt.date = dt.date(1950, 1, 1)
    male: bool = True
    number: str = ""
    name: str = ""
    ethnicity: str = "汉族"
    village: Village | None = None
    group_no: int = 1
    phone: str = ""
    bank: str = ""
    account: str = ""
    groups: tuple[int, ...] = ()
    years: int = 0
    """Contribution years through 2019."""
    start: int = 0
    """First month of the pension (0: not in receipt)."""
    special: bool = False
    balance_fen: int = 0
    """Account at the award; the pension part is balance / 139."""
    ledgers: dict[int, int] = field(default_factory=dict)
    """Opening sub-ledgers."""
    certified: dt.date | None = None
    tier_fen: int = 0
    """Own contribution paid in the year (0: none)."""
    event_month: int = 0
    """Month of death, stop, claim … whatever ``role`` says."""
    decided: dt.date | None = None
    """Day of the award, for those awarded in the year."""
    last_paid: int = 0
    """For late reports: the last month paid before it became known."""
    held_since: int = 0
    amount_fen: int = 0
    """Money of the event: subsidy of fishers and land-lost farmers, catch-up payment."""
    pieces: int = 1
    """Years caught up; each costs ``amount_fen``."""
    fails: tuple[int, ...] = ()
    """Payroll months whose transfer the bank sends back."""

    wrong_sex: bool = False
    """The former system holds the other sex than the ID number."""

    @property
    def died_on(self) -> dt.date:
        """Day of the death, for those who die in the year."""
        year, month = divmod(self.event_month, 12)
        return dt.date(year, month + 1, 1 + zlib.crc32(self.number.encode()) % 28)

    @property
    def birth_month(self) -> int:
        return self.birth.year * 12 + self.birth.month - 1
