"""The law once more, in plain Python, one person at a time, slowly: every engine must give exactly these rows.

Written from the text of the rules (domain R1.2 to R1.17), not from the SQL. Facts and law come as rows of the same relations.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from jingban.policy.tables import SCALARS
from tests.rules.reference_facts import (
    DRAW,
    GOVERNMENT_MONEY,
    INTEREST,
    MOVED,
    PAID_OUT,
    PRINCIPAL,
    Known,
    Owed,
    World,
    half_up,
    in_turn,
    shares_of,
    up_to_tenth,
)


class Person(Known):
    """What follows from what is known of one person."""

    def reached(self) -> tuple[int, int]:
        """Pension age, and the first month in which the person is as old as the law of that month asks."""
        month = min(row[2] for row in self.world["p_scalar"] if row[1] == SCALARS["pension_age"])
        while (age := self._switch("pension_age", month)) is None or month < self.birth + 12 * age:
            month += 1
        return age, month

    # -- what accrues ---------------------------------------------------------------------------------------------
    def accrues(self, month: int) -> bool:
        """R1.6-05, R1.11, R1.12-01, R1.16-05."""
        if self.award is None or month < self.award[1] or month > self.payroll:
            return False
        if self.death is not None and month > self.death:
            return False
        if self.other is not None and month >= self.other:
            return False
        return not any(kind == 1 and start <= month < end for _, start, end, kind in self._rows("f_stop"))

    def basic(self, month: int) -> Owed:
        """The basic pension by pay item: the layers in force, added (R1.7)."""
        owed: Owed = defaultdict(int)
        for _, _, item, _, _, amount in self._law("p_basic", month, 3, 4):
            owed[item, month] += amount
        return owed

    def age(self, month: int) -> int:
        """Completed years, from the month after the birthday month."""
        return (month - 1 - self.birth) // 12

    def pension(self, month: int) -> Owed:
        """All monthly items of one month."""
        owed = self.basic(month)
        assert self.award is not None
        for _, _, item, low, high, _, _, amount, measured, group in self._law("p_age", month, 5, 6):
            if measured and self.award[1] >= measured:
                continue
            if group and not any(g == group and a <= month < b for _, g, a, b in self._rows("f_group")):
                continue
            if low <= self.age(measured or month) < high:
                owed[item, month] += amount
        for _, _, item, _, _, base, unit, counts in self._law("p_years", month, 3, 4):
            paid = self.award[2]
            counted = (paid, paid - self.caught_up(), min(paid, self.uninterrupted()))[counts]
            owed[item, month] += max(0, counted - base) * unit
        for _, start, balance, divisor in self._rows("f_annuity"):
            if start <= month:
                owed[201, month] += half_up(Fraction(balance, divisor))
        return owed

    def owed(self) -> Owed:
        """Everything owed in the scope, by item and month; nothing at zero."""
        owed: Owed = defaultdict(int)
        for _, start, end in self._rows("f_scope"):
            for month in range(start, min(end, self.payroll + 1)):
                if self.accrues(month):
                    for key, amount in self.pension(month).items():
                        owed[key] += amount
                owed[201, month] += self.kept(month)
        for key, amount in [*self._funeral(), *self._returned(), *self._duplicates()]:
            owed[key] += amount
        return {key: amount for key, amount in owed.items() if amount}

    def kept(self, month: int) -> int:
        """R1.16-05: account pension paid for a month of another benefit is not claimed back, or only what the fund bore of it."""
        if self.other is None or month < self.other or month > (self.death or month) or month > self.payroll:
            return 0
        if any(kind == 1 and start <= month < end for _, start, end, kind in self._rows("f_stop")):
            return 0
        paid = self.settled()[201, month]
        if self._switch("dual_receipt_reclaims", month) == 1:
            drawn = -sum(amount for _, kind, _, at, amount in self.entries if kind == DRAW and at == month)
            paid = min(paid, drawn)
        return max(0, paid)

    def _funeral(self) -> list[tuple[tuple[int, int], int]]:
        """R1.12-02: in receipt in the month of death, or a contributor of enough years; a death after the payroll month is not yet one."""
        month = self.death
        if month is None or month > self.payroll or not self.in_scope(month):
            return []
        found = []
        for _, _, _, fixed, months, base, years in self._law("p_funeral", month, 1, 2):
            elsewhere = self.other is not None and self.other <= month
            waiting = (self.award is None or self.award[1] > month) and not elsewhere
            contributor = waiting and 0 < years <= self.uninterrupted()
            if self.accrues(month) or contributor:
                counted = {0: (101, 102, 103, 104), 1: (101, 102), 2: (101,)}[base]
                basic = sum(amount for (item, _), amount in self.basic(month).items() if item in counted)
                found.append(((301, month), fixed + months * basic))
        return found

    def close(self) -> tuple[int, int] | None:
        """Month and reason of the close of the account: 1 death, 4 another benefit."""
        if self.other is not None and (self.death is None or self.other <= self.death):
            return self.other, 4
        return None if self.death is None else (self.death, 1)

    def _still_owed(self, month: int) -> bool:
        """Whether a draw for this month stands after the close."""
        closed = self.close()
        assert closed is not None
        return month <= closed[0] if closed[1] == 1 else True

    def ledgers_at_close(self) -> dict[int, int]:
        """R1.12-03: sub-ledgers with later draws restored and open months drawn."""
        balances: dict[int, int] = defaultdict(int)
        for ledger, kind, _, month, amount in self.entries:
            if kind != PAID_OUT and (kind != DRAW or self._still_owed(month)):
                balances[ledger] += amount
        for (ledger, month), amount in self.open_draws().items():
            if self._still_owed(month):
                balances[ledger] += amount
        return balances

    def _returned(self) -> list[tuple[tuple[int, int], int]]:
        closed = self.close()
        if closed is None or closed[0] > self.payroll or not self.in_scope(closed[0]):
            return []
        mine = [amount for ledger, amount in self.ledgers_at_close().items() if self._comes_back(ledger)]
        return [((302, closed[0]), max(0, sum(mine)))]

    def _comes_back(self, ledger: int) -> bool:
        """R1.4-02, R1.16-05: government money only to heirs, and only where the law of the month gives it to them."""
        closed = self.close()
        assert closed is not None
        heritable = closed[1] == 1 and self._switch("heirs_include_subsidy", closed[0]) == 1
        return ledger not in GOVERNMENT_MONEY or heritable

    def _duplicates(self) -> list[tuple[tuple[int, int], int]]:
        """R1.16-04: own money and aid of the months that the employees' scheme covers, year by year."""
        paid: dict[int, int] = defaultdict(int)
        for _, year, _, amount, kind in self._rows("f_contribution"):
            if kind in (1, 2, 4):
                paid[year] += amount
        found = []
        for year, amount in paid.items():
            january = 12 * year
            if january <= self.payroll and self.in_scope(january):
                found.append(((303, january), half_up(Fraction(amount * self._covered_elsewhere(year), 12))))
        return found

    def _covered_elsewhere(self, year: int) -> int:
        """Months of a year, no later than the payroll month, in which the employees' scheme covers the person."""
        return sum(
            any(start <= month < end for _, start, end in self._rows("f_covered"))
            for month in range(12 * year, min(12 * year + 12, self.payroll + 1))
        )

    # -- the account ----------------------------------------------------------------------------------------------
    def open_annuity(self) -> dict[int, tuple[int, int]]:
        """Month -> (settled, open) of item 201."""
        settled = self.settled()
        months = {month for item, month in settled if item == 201}
        for _, start, end in self._rows("f_scope"):
            months |= {month for month in range(start, min(end, self.payroll + 1)) if self.accrues(month)}
        found = {}
        for month in sorted(months):
            owed = (self.pension(month)[201, month] if self.accrues(month) else 0) + self.kept(month)
            if owed != settled[201, month]:
                found[month] = settled[201, month], owed - settled[201, month]
        return found

    def open_draws(self) -> dict[tuple[int, int], int]:
        """Ledger, month -> signed account entry that the open account pension brings (R1.8-02, -03)."""
        entries: dict[tuple[int, int], int] = defaultdict(int)
        for month, (settled, amount) in self.open_annuity().items():
            if amount < 0:
                for ledger, back in self._restored(month, settled, -amount).items():
                    entries[ledger, month] += back
        balances: dict[int, int] = defaultdict(int)
        for ledger, kind, _, _, amount in self.entries:
            balances[ledger] += amount if kind != PAID_OUT else 0
        for (ledger, _), amount in list(entries.items()):
            balances[ledger] += amount
        standing = sorted((ledger, amount) for ledger, amount in balances.items() if amount > 0)
        total = sum(amount for _, amount in standing)
        fixed = self._switch("draw_order", self.payroll) == 1
        drawn = 0
        for month, (_, amount) in self.open_annuity().items():
            if amount > 0 and total:
                before, drawn = drawn, min(total, drawn + amount)
                share_out = in_turn if fixed else shares_of
                later, earlier = share_out(standing, drawn), share_out(standing, before)
                for ledger, share in later.items():
                    entries[ledger, month] -= share - earlier[ledger]
        return {key: amount for key, amount in entries.items() if amount}

    def _restored(self, month: int, settled: int, amount: int) -> dict[int, int]:
        by_ledger: dict[int, int] = defaultdict(int)
        for ledger, kind, _, at, entry in self.entries:
            if kind == DRAW and at == month:
                by_ledger[ledger] -= entry
        drawn = sorted((ledger, taken) for ledger, taken in by_ledger.items() if taken > 0)
        total = sum(taken for _, taken in drawn)
        from_fund = max(0, settled - total)
        return shares_of(drawn, min(total, max(0, amount - from_fund)))

    # -- payment --------------------------------------------------------------------------------------------------
    def difference(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Item, month -> (owed, settled) where they are not equal."""
        owed, settled = self.owed(), self.settled()
        pairs = {key: (owed.get(key, 0), settled.get(key, 0)) for key in owed.keys() | settled.keys()}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}

    def reason(self) -> int:
        """1 dead, 5 dead without a payee, 2 held, 4 another benefit, 3 certificate lapsed, 0 none (R1.10, R1.11)."""
        if self.death is not None and self.death <= self.payroll:
            return 1 if self._rows("f_payee") else 5
        if any(kind == 2 and start <= self.payroll < end for _, start, end, kind in self._rows("f_stop")):
            return 2
        if self.other is not None and self.other <= self.payroll:
            return 4
        if self.award is None or self._law("p_waiver", self.payroll, 1, 2):
            return 0
        seen = [month for _, month in self._rows("f_certified") if month <= self.payroll]
        (cycle,) = [row[3] for row in self._law("p_cycle", self.payroll, 1, 2)]
        return 3 if self.payroll > (max(seen) if seen else self.award[1]) + cycle else 0

    def lines(self) -> list[tuple[int, ...]]:
        """person, item, month, amount, owed, settled, channel, reason."""
        difference, reason = self.difference(), self.reason()
        closing = (self.death is not None and self.death <= self.payroll) or (
            self.other is not None and self.other <= self.payroll
        )
        net: dict[int, int] = defaultdict(int)
        for (_, month), (owed, settled) in difference.items():
            net[0 if closing else month] += owed - settled
        rows = []
        for (item, month), (owed, settled) in difference.items():
            amount = net[0 if closing else month]
            if amount == 0:
                channel = 5
            elif amount < 0:
                channel = 3
            else:
                channel = {1: 2, 2: 4, 3: 4, 5: 4}.get(reason, 1)
            rows.append((self.id, item, month, owed - settled, owed, settled, channel, reason))
        return sorted(rows)

    def draw_entries(self) -> list[tuple[int, ...]]:
        released = {row[2] for row in self.lines() if row[1] == 201 and row[6] != 4}
        return sorted(
            (self.id, ledger, month, amount)
            for (ledger, month), amount in self.open_draws().items()
            if month in released
        )

    def payout_entries(self) -> list[tuple[int, ...]]:
        """Bring every returned sub-ledger to what was not paid out yet, when the balance line is released."""
        months = [row[2] for row in self.lines() if row[1] == 302 and row[6] != 4]
        if not months:
            return []
        left: dict[int, int] = defaultdict(int)
        closed = self.close()
        if closed is not None and self._returned() and self._returned()[0][1] > 0:
            for ledger, amount in self.ledgers_at_close().items():
                if self._comes_back(ledger):
                    left[ledger] += amount
        for ledger, kind, _, _, amount in self.entries:
            left[ledger] += amount if kind == PAID_OUT else 0
        return sorted((self.id, ledger, max(months), -amount) for ledger, amount in left.items() if amount)

    def refund_entries(self) -> list[tuple[int, ...]]:
        """A refund leaves the ledgers its money went to: aid first, own contributions the rest (R1.16-04)."""
        left: dict[int, int] = defaultdict(int)
        for _, item, month, _, owed, settled, channel in (row[:7] for row in self.lines()):
            if item != 303 or channel == 4:
                continue
            paid = [
                (row[3], row[4])
                for row in self._rows("f_contribution")
                if row[1] == month // 12 and row[4] in (1, 2, 4)
            ]
            total, aid = sum(fen for fen, _ in paid), sum(fen for fen, kind in paid if kind == 4)
            part = owed * aid // total - settled * aid // total if total > 0 else 0
            left[6] += part
            left[1] += owed - settled - part
        ((payroll,),) = self.world["f_run"]
        return sorted((self.id, ledger, payroll, -amount) for ledger, amount in left.items() if amount)

    # -- contributions and interest -------------------------------------------------------------------------------
    def interest(self, year: int) -> list[tuple[int, ...]]:
        """person, ledger, year, amount (R1.5-03), by the formula."""
        (law,) = [row for row in self.world["p_interest"] if row[0] == self.region and row[1] == year]
        rate, current = Fraction(law[2], 10**6), Fraction(law[3], 10**6)
        if self._frozen(year):
            return []
        ends = [row[-1] for name in ("f_death", "f_moved", "f_interest_to") for row in self._rows(name)]
        last = min(ends) - 12 * year + 1 if ends else 13
        stands = 12 if last > 12 else max(0, last - law[5])
        products: dict[int, Fraction] = {}
        balance = 0
        rows = []
        for ledger in sorted({entry[0] for entry in self.entries}):
            mine = [entry for entry in self.entries if entry[0] == ledger]
            brought = sum(amount for _, _, _, month, amount in mine if month < 12 * year)
            interest = brought * rate * stands / 12
            for _, kind, of_year, month, amount in mine:
                number = month - 12 * year + 1
                gone = kind == PAID_OUT or (kind == MOVED and number == last)
                if number <= min(12, last) and not gone and not (kind == INTEREST and of_year == year):
                    balance += amount
                if not 1 <= number <= 12 or kind == INTEREST:
                    continue
                if kind == PRINCIPAL:
                    interest += amount * current * max(0, stands - number + law[4]) / 12
                else:
                    interest += amount * rate * max(0, stands - number + law[5]) / 12
            if interest:
                products[ledger] = interest
        rows = [(self.id, ledger, year, half_up(interest)) for ledger, interest in products.items()]
        total = sum(products.values(), Fraction(0))
        if law[6] == 1 and total > 0 and balance >= 0:
            more = up_to_tenth(balance + total) - balance - sum(row[-1] for row in rows)
            rows[0] = (*rows[0][:-1], rows[0][-1] + more)
        return rows

    def _frozen(self, year: int) -> bool:
        trued = self._switch("interest_true_up", 12 * year) == 1
        gone = any(entry[1] == PAID_OUT for entry in self.entries) or bool(self._rows("f_moved"))
        posted = any(row[1] == 403 and row[2] == year for row in self._rows("f_posted"))
        return gone and posted and not trued

    def monthly_product(self, ledger: int, year: int) -> Fraction:
        """R1.5-04, the other form: a twelfth of the rate on the balance of every month."""
        (law,) = [row for row in self.world["p_interest"] if row[0] == self.region and row[1] == year]
        assert law[2] == law[3]
        assert law[4] == law[5]
        interest = Fraction(0)
        for month in range(12 * year, 12 * year + 12):
            seen = month if law[4] == 1 else month - 1
            balance = sum(
                amount
                for mine, kind, _, at, amount in self.entries
                if mine == ledger and at <= seen and not (kind == INTEREST and at >= 12 * year)
            )
            interest += Fraction(balance * law[2], 12 * 10**6)
        return interest

    def _member(self, group: int, start: int, end: int) -> bool:
        return any(g == group and a < end and b > start for _, g, a, b in self._rows("f_group"))

    def subsidy(self, year: int) -> int:
        """R1.2-07."""
        january = 12 * year
        counted = [
            amount
            for _, y, month, amount, kind in self._rows("f_contribution")
            if y == year
            and (
                (kind in (1, 3) and january <= month < january + 12)
                or (kind == 2 and self._switch("catch_up_subsidy", month) == 1)
            )
        ]
        paid = sum(counted)
        hardship = any(self._member(group, january, january + 12) for group in (1, 2, 3, 4, 7))
        reached = [
            (tier, subsidy)
            for region, low, high, tier, subsidy, only in self.world["p_tier"]
            if region == self.region and low <= year < high and tier <= paid and (hardship or not only)
        ]
        if not counted:
            return 0
        return max(reached)[1] if reached else 0

    def government_paid(self, year: int) -> int:
        """R1.3-03, -04."""
        january = 12 * year
        join = self._switch("join_age", january + 11)
        age, _month = self.reached()
        if join is None or self.birth + 12 * age < january or self.birth + 12 * join >= january + 12:
            return 0
        if self.award is not None and self.award[1] <= january:
            return 0
        if self.death is not None and self.death < january:
            return 0
        offers = []
        for region, group, low, high, amount, priority, test in self.world["p_daijiao"]:
            window = (january, january + 12) if test == 1 else (january - 1, january)
            if region == self.region and low <= year < high and self._member(group, *window):
                offers.append((priority, group, amount))
        return min(offers)[2] if offers else 0

    def _least(self, year: int, through: int) -> int:
        """R1.2-03: the lowest tier open for a year; nothing where the government paid or the law has no tiers.

        What the government paid for a year of the years brought in (``through``) is in those, and opens nothing here.
        """
        mine = [row for row in self._rows("f_contribution") if row[1] == year]
        hardship = any(self._member(group, 12 * year, 12 * year + 12) for group in (1, 2, 3, 4, 7))
        tiers = [
            tier
            for region, low, high, tier, only, _ in self.world["p_scale"]
            for _, _, month, _, kind in mine
            if region == self.region
            and low <= (month // 12 if kind == 2 else year) < high
            and (hardship or not only)
        ]
        government = year > through and any(row[4] == 3 for row in mine)
        return 0 if government else min(tiers, default=0)

    def entitlement(self) -> tuple[int, int, int] | None:
        """Start month, required and paid years (R1.6), or None while a condition is missing."""
        (launch,) = [month for region, month in self.world["p_launch"] if region == self.region]
        age, reached = self.reached()
        then = Fraction(max(0, launch - self.birth), 12)
        age_then = -int(-then // 1) if self._switch("age_rounding", reached) == 1 else int(then)
        minimum = self._switch("required_years", reached)
        assert minimum is not None
        required = min(minimum, max(0, age - age_then))
        history = self._rows("f_history")
        brought, through = (history[0][1], history[0][2]) if history else (0, 0)
        first: dict[int, int] = {}
        ordinary, worth = set(), defaultdict(int)
        for _, year, month, amount, kind in self._rows("f_contribution"):
            if kind == 2 or (kind != 4 and year > through):
                first[year] = min(month, first.get(year, month))
                ordinary |= set() if kind == 2 else {year}
                worth[year] += amount
        first = {year: month for year, month in first.items() if worth[year] >= self._least(year, through)}
        # R1.16-04: month by month; only what the employees' scheme does not cover is paid here, and twelve make a year.
        months = [
            (when, year) for when, year in sorted((when, year) for year, when in first.items())
            for _ in range(12 - self._covered_elsewhere(year))
        ]  # fmt: skip
        paid = brought + len(months) // 12
        if paid < required:
            return None
        start = max(reached + 1, launch)
        if required > brought:
            when, year = months[12 * (required - brought) - 1]
            if year in ordinary or self._switch("catch_up_back_pay", when) != 1:
                start = max(start, when + 1)
        if self.death is not None and self.death < start:
            return None
        if self.other is not None and self.other <= start:
            return None
        return start, required, paid

    def proposal(self) -> tuple[int, int, int, int] | None:
        """Ready, balance, divisor and account pension of who has reached the age before the payroll month (R1.8-01)."""
        age, reached = self.reached()
        if (
            reached >= self.payroll
            or self.award is not None
            or self.death is not None
            or self.other is not None
        ):
            return None
        (divisor,) = [row[4] for row in self._law("p_divisor", self.payroll, 1, 2) if row[3] == age]
        balance = max(0, sum(amount for *_, amount in self.entries))
        return int(self.entitlement() is not None), balance, divisor, half_up(Fraction(balance, divisor))


def people(world: World) -> list[Person]:
    return [Person(world, row[0]) for row in sorted(world["f_person"])]
