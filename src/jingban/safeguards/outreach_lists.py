"""The lists of the enrolment drive and of message consents."""

from __future__ import annotations

from jingban.registry.lists.entry import ListEntry

OUTREACH: tuple[ListEntry, ...] = ()
