"""Ratios: what a number with a percent sign (or its percent sign lost) is said to be."""

from __future__ import annotations

import re

from jingban.checker.reading import cues
from jingban.checker.reading.lexicon import any_of, canon, known, scope_of
from jingban.checker.reading.parts import Frame, PartList, Reading
from jingban.checker.reading.phrases import basis_of, is_goal, subject_of
from jingban.checker.reading.quantity import Quantity
from jingban.values.patterns import lazy

_RESPECTIVE = lazy(r"分别|依次")
_ALSO = lazy(r"[、,和及与]")
_ROW = lazy(r"(?:[、,和及与]-?\d[\d.]*[%％])*")
DIVIDES = "divides the figure before it"
"""累计结余A中,甲占x%,乙占y%: the parts themselves are printed nowhere."""
LEVEL_MARK = lazy(r"\([^()]*\)")


class Ratios:
    """The part of the reader that reads ratios. Its state is the reader's."""

    out: Reading
    frame: Frame
    head: Quantity | None
    stack: list[PartList]
    levels: list[Quantity]
    before: list[Quantity]
    changes: list[Quantity]
    moved: tuple[Quantity, Quantity] | None
    whole_name: str
    against: str
    names: list[str]

    def ratio(self, q: Quantity, i: int) -> None:
        self.names = []
        bare = LEVEL_MARK.sub("", re.sub(r"^[、和及]", "", q.clause))
        before, q.head, q.against = self.out.quantities[i - 1] if i else None, self.head, self.against
        if (
            re.fullmatch(r"的约?", q.gap)
            and before is not None
            and before.level
            and before.family not in ("%", "百分点")
        ):
            self._direct(q, before, i)
        elif found := cues.change_rate().search(bare):
            self._rate(q, found, bare)
            if found["either"]:
                q.sign = 0
        elif (
            (found := cues.share().search(bare))
            and not cues.rate_name().search(bare)
            and not is_goal(found["whole"] or "", self.frame)
        ):
            self._share(q, found, bare)
        elif (
            (compared := cues.compare().search(bare.removesuffix("的")))
            and before is not None
            and before.family == "%"
            and before.sentence == q.sentence
            and re.match(rf"(?:相比|相较|比)?,?(?:{any_of('up', 'down')})", self.out.passage.text[q.end :])
        ):
            q.kind, q.how = "percent", [*q.how, "compared with"]
            q.against = self.against = basis_of(self.frame, compared["who"])
            self.moved = (q, before)
        elif cues.arrive().search(bare) and before is not None and before.family == q.family:
            q.kind = "percent"
            self.moved = (before, q)
        elif (found := cues.move().search(bare)) and not re.search(r"目标|力争|不", bare):
            self._rate(q, found, bare)
        elif found := cues.either().search(bare):
            self._rate(q, found, bare)
            q.sign = 0
        elif re.search(r"(?:比|较)(?:上年|去年|同期)[^,;。]*[多少高低]了?$", bare):
            q.kind, q.sign, q.against = "rate", -1 if bare.rstrip("了")[-1] in "少低" else 1, "prior"
            q.change = self.near_change(q)
        elif found := cues.completion().search(bare) or cues.rate_name().search(bare):
            q.kind, q.whole_name = "completion", found[1] or ""
            if "率" in bare:
                q.names = canon(bare)
        elif cues.named_rate().search(bare):
            q.kind, q.names = "named_rate", canon(re.sub(r"(?:为|达到?|是|:|约|均)*$", "", bare))
        else:
            q.kind, q.names = "percent", canon(bare)
        if q.kind in ("rate",):
            q.group = [q]
            q.moved = self.moved
        if q.kind in ("rate", "share") and len(self.levels) > 1:
            q.head, q.heads = self.levels[0], self.levels
        elif q.kind in ("rate", "share") and (run := self._run_before(q, i)):
            q.head, q.heads = run[0], run

    def _run_before(self, q: Quantity, i: int) -> list[Quantity]:
        """A 3人、B 4人、C 5人,占比分别为…: the levels in a row that as many ratios answer, one by one."""
        if not _RESPECTIVE.search(q.clause):
            return []
        count = 1 + len(_ALSO.findall(_ROW.match(self.out.passage.text[q.end :])[0]))  # type: ignore[index]
        run: list[Quantity] = []
        for one in reversed(self.out.quantities[:i]):
            if (
                not one.level
                or one.bracketed
                or one.sentence != q.sentence
                or (run and one.family != run[0].family)
            ):
                break
            run.insert(0, one)
            if len(run) == count or not re.match(r"[、,和及与]", one.gap):
                break
        return run if len(run) == count > 1 else []

    def _direct(self, q: Quantity, base: Quantity, i: int) -> None:
        """占本年支出合计729.3万元的100%, 为年初预算1600万元的93.75%: the base stands right before."""
        q.whole = base
        q.kind = (
            "completion"
            if re.search(r"目标|任务|预算|计划|上年|去年|完成", base.gap[-20:]) and "占" not in base.gap[-20:]
            else "share"
        )
        q.head = next(
            (
                one
                for one in reversed(self.out.quantities[: i - 1])
                if one.kind == "level" and one.family == base.family and not one.bracketed
            ),
            None,
        )
        if self.head is base:
            self.head = q.head
        base.kind = "reference"
        for one in self.stack:
            one.members = [m for m in one.members if m is not base]
        if self.levels and self.levels[0] is base and self.before:
            self.levels = self.before
        q.how.append("base right before")

    def _share(self, q: Quantity, found: re.Match[str], bare: str) -> None:
        q.kind = "share"
        whole = re.sub(r"分别|各|^比|^全部", "", found["whole"] or "")
        q.whole_name = whole
        if q.unsigned:
            q.how.append("no percent sign")
        part = re.sub(r"\([^()]*\)?", "", bare[: found.start()])
        before = self.out.quantities[self.out.quantities.index(q) - 1]
        if re.match(r"中[,:]", q.gap) or (DIVIDES in before.how and re.match(r"[,、和及]", q.gap)):
            q.how.append(DIVIDES)
        q.part_name = re.sub(
            r"^(?:其中|均|约|也|其|分别|合计|各|共|则|就|仅|支出|总额|人数|金额|,|、)+", "", part
        )
        if not whole and not re.search(r"占比?$", bare[: found.end()]) and self.whole_name:
            q.whole_name = self.whole_name

    def _rate(self, q: Quantity, found: re.Match[str], bare: str) -> None:
        q.kind = "rate"
        q.word = (
            found[0]
            if not found.groupdict().get("up") and not found.groupdict().get("down")
            else found["up"] or found["down"]
        )
        q.sign = 1 if found.groupdict().get("up") else -1 if found.groupdict().get("down") else 0
        q.subject = subject_of(bare[: found.start()])
        q.scope = scope_of(bare)
        q.change = self.near_change(q)

    def near_change(self, q: Quantity) -> Quantity | None:
        """The change a rate stands beside, unless it speaks of something else or is measured from something else."""
        last = self.changes[-1] if self.changes else None
        if last is None or last.sentence != q.sentence:
            return None
        if (
            q.subject
            and any(map(known, q.subject))
            and last.subject
            and not set(q.subject) & set(last.subject)
        ):
            return None
        if (
            q.subject
            and not last.subject
            and last.head is not None
            and all(map(known, (*q.subject, *last.head.names)))
            and not set(q.subject) & set(last.head.names)
        ):
            return None
        if q.against and last.against and q.against != last.against:
            return None
        return last
