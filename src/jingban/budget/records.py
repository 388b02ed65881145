"""What enters the agency's books: one record type a list, as a clerk types it or a file brings it. Amounts in fen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class UnitRecord:
    code: str
    name: str
    kind: str
    superior: str = ""
    duties: str = ""
    row: int = 0


@dataclass(slots=True, kw_only=True)
class ProjectRecord:
    unit: str
    code: str
    name: str
    since_year: int
    through_department: bool = True
    row: int = 0


@dataclass(slots=True, kw_only=True)
class LineRecord:
    """Base of every money line; ``unit`` and ``project`` are codes."""

    unit: str
    year: int
    source: str
    function_code: str
    amount_fen: int
    economic_code: str = ""
    category: str = ""
    project: str = ""
    note: str = ""
    row: int = 0


@dataclass(slots=True, kw_only=True)
class AppropriationRecord(LineRecord):
    kind: str
    document: str
    day: dt.date
    reason: str = ""
    payer_level: str = ""


@dataclass(slots=True, kw_only=True)
class ReceiptRecord(LineRecord):
    voucher: str
    day: dt.date


@dataclass(slots=True, kw_only=True)
class PaymentRecord(LineRecord):
    voucher: str
    day: dt.date
    payee: str = ""
    from_carried: bool = False


@dataclass(slots=True, kw_only=True)
class OpeningRecord(LineRecord):
    pass


@dataclass(slots=True, kw_only=True)
class SurplusMoveRecord:
    unit: str
    year: int
    kind: str
    amount_fen: int
    voucher: str
    row: int = 0


@dataclass(slots=True, kw_only=True)
class StaffingRecord:
    unit: str
    year: int
    post: str
    posts: int
    opening_staff: int
    closing_staff: int
    document: str = ""
    row: int = 0


@dataclass(slots=True, kw_only=True)
class ReceptionRecord:
    unit: str
    year: int
    day: dt.date
    guests: int
    matter: str
    amount_fen: int
    voucher: str
    foreign: bool = False
    row: int = 0


@dataclass(slots=True, kw_only=True)
class TripRecord:
    unit: str
    year: int
    day: dt.date
    persons: int
    matter: str
    amount_fen: int
    voucher: str
    row: int = 0


@dataclass(slots=True, kw_only=True)
class VehicleRecord:
    unit: str
    year: int
    plate: str
    use: str
    disposed_year: int | None = None
    row: int = 0


@dataclass(slots=True, kw_only=True)
class AssetRecord:
    unit: str
    year: int
    name: str
    kind: str
    value_fen: int
    in_use: bool = True
    disposed_year: int | None = None
    row: int = 0


@dataclass(slots=True, kw_only=True)
class ProcurementRecord:
    unit: str
    year: int
    kind: str
    subject: str
    planned_fen: int = 0
    contract_fen: int = 0
    small_business: bool = False
    micro_business: bool = False
    day: dt.date | None = None
    row: int = 0


@dataclass(slots=True, kw_only=True)
class GatheringRecord:
    unit: str
    year: int
    kind: str
    day: dt.date
    subject: str
    persons: int
    amount_fen: int
    voucher: str = ""
    row: int = 0


@dataclass(slots=True, kw_only=True)
class PublishedFigureRecord:
    unit: str
    year: int
    form: str
    row_key: str
    column: str
    amount_fen: int
    evidence: str
    row: int = 0


@dataclass(slots=True, kw_only=True)
class ReasonRecord:
    unit: str
    year: int
    matter: str
    text: str
    function_code: str = ""
    row: int = 0
