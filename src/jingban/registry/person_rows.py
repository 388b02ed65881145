"""Rows about people: references by ID number or personal number, resolved at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from jingban.registry.models import Identity
from jingban.store import bulk, live
from jingban.store.rows import Rows
from jingban.values.citizen_id import normalise
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id

PersonRef = int | str
"""A person: the register's id, or text that is an ID number or the personal number."""

R = TypeVar("R")


class PersonRows(Rows[R]):
    """Records each of which names a person."""

    def resolve(self, attribute: str = "person") -> dict[int, int]:
        """Index -> person id for every good row; unknown or ambiguous references are rejected (REG-101, REG-102)."""
        wanted = {index: getattr(record, attribute) for index, record in self.good()}
        known = find_persons(wanted.values())
        for index, reference in wanted.items():
            match known.get(reference, ()):
                case [one]:
                    self.people[index] = one
                case []:
                    self.reject(index, "REG-101", _("登记簿中没有此人"), subject=masked(reference))
                case _:
                    self.reject(
                        index, "REG-102", _("证件号码对应多人，请改用个人编号"), subject=masked(reference)
                    )
        return self.people


def masked(reference: PersonRef) -> str:
    """A reference as messages may show it."""
    return f"#{reference}" if isinstance(reference, int) else mask_id(reference)


def find_persons(references: Iterable[PersonRef]) -> dict[PersonRef, list[int]]:
    """Reference -> person ids. Text is tried as ID number of a live identity and as personal number. Three queries at most."""
    unique: Sequence[PersonRef] = list(dict.fromkeys(references))
    found: dict[PersonRef, list[int]] = {reference: [] for reference in unique}
    numbers = [reference for reference in unique if isinstance(reference, int)]
    if numbers:
        for (person,) in bulk.fetch(
            f"SELECT id FROM registry_person p WHERE {bulk.among('p.id')}", [bulk.listed(numbers)]
        ):
            found[person].append(person)
    texts: dict[str, list[str]] = {}
    for reference in unique:
        if isinstance(reference, str):
            texts.setdefault(normalise(reference), []).append(reference)
    if not texts:
        return found
    keys = bulk.listed(texts)
    by_id = f"SELECT i.id_number, i.person_id FROM registry_identity i WHERE {bulk.among('i.id_number', text=True)}"
    by_id += f" AND {live.where(Identity._meta.db_table, 'i')}"
    by_number = f"SELECT p.number, p.id FROM registry_person p WHERE {bulk.among('p.number', text=True)}"
    for key, person in {*bulk.fetch(by_id, [keys]), *bulk.fetch(by_number, [keys])}:
        for reference in texts[key]:
            found[reference].append(person)
    return found
