"""The grammar of clauses: what each number of a passage is said to be, and what it hangs on.

One pass from left to right. The words before a number tell its kind (:mod:`cues`); head, list, group of coordinated
numbers, change and topic are carried along and end where people end them (。 ; 其中 此外 与上年相比 …).
"""

from __future__ import annotations

import re

from jingban.checker.reading import cues
from jingban.checker.reading.lexicon import any_of, canon, known, scope_of
from jingban.checker.reading.numbers import quantities
from jingban.checker.reading.parts import Frame, PartList, Reading
from jingban.checker.reading.phrases import YEAR, basis_of, subject_of, subject_of_base, year_of
from jingban.checker.reading.quantity import Quantity
from jingban.checker.reading.ratios import LEVEL_MARK, Ratios
from jingban.checker.text.passages import Passage
from jingban.values.patterns import lazy

_ITEM = lazy(r"([^()。,;:\d.]{2,})\((?:\d+)?[类款项]\)")
_SPLIT = lazy(r"[、和及与]")
_SHARED = lazy(r"分别|各自?|均|依次")
_MORE = lazy(r"(?:比|较)[^,;。]*(?:年|期|预算|数|算)[^,;。]{0,10}[多少高低]了?$")
_COUNTED = lazy(r"[,，]?(?:共|共计|涉及|分为?|包括|为)(?:有)?")
_TITLE = lazy(r"(?:^|[。;])(?:\d{1,2}[.、]|\(\d\)|[①-⑳])?([^。;:,]{3,24})[。:][^。;:]*$")
_OPENING = lazy(r"(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]+\))?(?:截[至止])?((?:19|20)\d{2})年")
_OUTGO = lazy(r"支出|年末.*结[余转]")
_SCORED = lazy(r",?(?:实际|自评|实|该项|指标)?(?:得分?|评分|扣分后得)(?:为|:)?")


def read(passage: Passage, frame: Frame) -> Reading:
    """Every number of one passage with its roles."""
    return _Reader(passage, frame).run()


class _Reader(Ratios):
    def __init__(self, passage: Passage, frame: Frame) -> None:
        self.passage, self.frame, self.text = passage, frame, passage.text
        self.out = Reading(passage, quantities(passage))
        self.sentence = 0
        self.head: Quantity | None = None
        self.first: Quantity | None = None
        self.stack: list[PartList] = []
        self.levels: list[Quantity] = []
        """The last group of coordinated levels, and the one before it."""
        self.before: list[Quantity] = []
        self.changes: list[Quantity] = []
        self.moved: tuple[Quantity, Quantity] | None = None
        self.topic: tuple[str, ...] = ()
        self.whole_name = self.against = ""
        self.names: list[str] = []
        heading = passage.path[-1] if passage.path and not passage.cell else ""
        self.default = "now" if re.search(r"[比较与]", heading) else year_of(frame, heading)

    # ------------------------------------------------------------------ the pass
    def run(self) -> Reading:
        end = 0
        for i, q in enumerate(self.out.quantities):
            q.gap = self.text[end : q.start]
            end = q.end
            self._enter(q, i)
            if i and self._follows(q, self.out.quantities[i - 1]):
                self._coordinate(q, self.out.quantities[i - 1])
            elif q.family in ("%", "百分点") or q.unsigned:
                self.ratio(q, i)
            else:
                self._amount(q, i)
            if q.kind == "share":
                self.whole_name = q.whole_name
            q.topics = [
                one
                for one in (
                    self.head,
                    *(w for s in self.stack[-1:] for w in s.wholes[:1]),
                    self.first,
                    self.out.quantities[0],
                )
                if one is not None and one is not q
            ]
        tail = self.text[end:]
        if re.search(r"(?:其中|包括|如下|方面|构成|分为?|明细|包含|用于)[^,。;:]{0,6}[:,]$", tail) or (
            tail.endswith(":") and len(tail) < 24
        ):
            self.out.pending = True
        return self.out

    def _enter(self, q: Quantity, i: int) -> None:
        """Sentence, clause and brackets of a number; what ends with a sentence ends."""
        gap = q.gap
        if i and re.search(r"[。!?]", gap):
            self.sentence += 1
            self.stack = [one for one in self.stack if one.spread]
            self.changes, self.moved = [], None
            self.against = ""
        if ";" in gap and len(self.stack) > 1:
            self.stack = self.stack[:1]
        q.sentence = self.sentence
        clause = re.split(r"[,;。:!]", gap)[-1]
        flat = re.sub(r"\([^()]*\)", "", gap)
        if "(" in flat:
            q.bracketed = True
            before, _open, clause = clause.rpartition("(")
            if not clause and cues.compare().search(before) and self.text[q.end : q.end + 1] == ")":
                clause = before  # 比上年决算数(A)增加B: the bracket holds the base itself
        elif i and self.out.quantities[i - 1].bracketed and ")" not in re.sub(r"\([^()]*\)", "", gap):
            q.bracketed = True
        if ")" in flat and clause.count(")") > clause.count("("):
            clause = clause.split(")", 1)[1]
        q.clause = clause
        compared = list(cues.against().finditer(re.split(r"[。;]", gap)[-1]))
        if compared:
            told = compared[-1]
            self.against = (
                "prior" if told["same"] else "ring" if told["ring"] else basis_of(self.frame, told["who"])
            )
        elif ";" in gap:
            self.against = ""

    # ------------------------------------------------------------------ coordination
    def _follows(self, q: Quantity, before: Quantity) -> bool:
        if before.family != q.family or before.bracketed != q.bracketed:
            return False
        return bool(cues.goes_on().fullmatch(q.gap)) and (q.gap != "," or before.number.unit == q.number.unit)

    def _coordinate(self, q: Quantity, before: Quantity) -> None:
        if not before.group:
            before.group = [before]
        before.group.append(q)
        q.group = before.group
        for role in (
            "kind",
            "basis",
            "when",
            "against",
            "word",
            "sign",
            "whole_name",
            "head",
            "scope",
            "bracketed",
            "subject",
            "moved",
        ):
            setattr(q, role, getattr(before, role))
        place = q.group.index(q)
        if place < len(self.names):
            q.names = canon(self.names[place])
        q.how.append("coordination")
        if q.kind == "level":
            if self.stack and not q.bracketed:
                self.stack[-1].members.append(q)
            if not q.bracketed:
                self.head = q
        elif q.kind == "change":
            self.changes.append(q)
        if q.kind == "rate" and place < len(self.changes):
            q.change = self.changes[place]
            q.group[0].change = self.changes[0]
        levels = before.heads or self.levels
        if q.kind in ("change", "rate", "share") and len(levels) > place:
            q.head = levels[place]
            q.heads = levels

    # ------------------------------------------------------------------ amounts
    def _amount(self, q: Quantity, i: int) -> None:
        before = self.out.quantities[i - 1] if i else None
        bare = LEVEL_MARK.sub("", re.sub(r"^[、和及]", "", q.clause))
        q.against = self.against
        after = self.text[q.end : q.end + 26]
        compared = cues.compare().search(bare)
        if (
            compared
            and not cues.move().search(bare)
            and not cues.gap().search(bare)
            and cues.based().match(after.removeprefix(")"))
        ):
            self._base(q, compared["who"])
        elif found := cues.gap().search(bare):
            q.kind, q.word = "gap", found["word"]
            q.sign = -1 if found["word"] in ("小于", "低于", "少于", "不足") else 1
            q.against, q.head = basis_of(self.frame, found["what"]), self.head
        elif cues.arrive().search(bare) and not cues.budget().search(bare):
            self._arrive(q, before, bare)
        elif (found := cues.move().search(bare)) and not re.search(
            r"(?:以|拟|应|需|不|再|新|每年)$", bare[: found.start()]
        ):
            self._change(q, found, bare, before)
        elif found := cues.either().search(bare):
            self._change(q, found, bare, before)
            q.sign = 0
        elif found := re.search(r"(?<=.)(?P<none>[多少高低])了?$", bare) if _MORE.search(bare) else None:
            self._change(q, found, bare, before)
            q.sign = -1 if bare.rstrip("了")[-1] in "少低" else 1
        elif re.search(r"(?:比|较)(?:上年|去年|上一年|预算|20\d\d年)[^,;。的]{0,14}[多少超节]", bare):
            q.kind, q.head = "unknown", self.head
        elif cues.mean().search(bare):
            q.kind, q.names, q.head = "mean", canon(bare), self.head
        elif cues.price().search(bare):
            q.kind, q.head = "price", self.head
        elif (
            q.family == "分"
            and before is not None
            and before.family == "分"
            and before.sentence == q.sentence
            and _SCORED.fullmatch(q.gap)
        ):
            self._score(q, before)
        else:
            self._level(q, before, bare)

    def _base(self, q: Quantity, who: str) -> None:
        """较上年决算数A(增加B)"""
        basis = basis_of(self.frame, who)
        q.basis = "budget" if basis == "budget" else "target" if basis == "target" else "actual"
        q.when = "now" if basis in ("budget", "target") else basis
        q.names = subject_of_base(who) or self.topic
        q.scope = scope_of(who)
        q.kind, q.how = "level", [*q.how, "compared with"]
        q.against = basis
        self.against = basis
        self.moved = None

    def _arrive(self, q: Quantity, before: Quantity | None, bare: str) -> None:
        q.kind = "level"
        if (
            before is not None
            and before.family == q.family
            and before.sentence == q.sentence
            and before.level
        ):
            before.kind = "old"
            self.moved = (before, q)
            for one in self.stack:
                one.members = [m for m in one.members if m is not before]
            q.basis = before.basis
            q.how.append("old to new")
            q.names = before.names
        q.names = q.names or subject_of(cues.arrive().split(bare)[0]) or self.topic
        if not q.bracketed:
            self.head = q
            self.first = self.first or q

    def _change(self, q: Quantity, found: re.Match[str], bare: str, before: Quantity | None) -> None:
        groups = found.groupdict()
        q.kind = "change"
        q.word = groups.get("up") or groups.get("down") or found[0]
        q.sign = 1 if groups.get("up") else -1 if groups.get("down") else 0
        q.subject = subject_of(bare[: found.start()])
        if (own := re.match(r"(?:其中|而)?((?:19|20)\d{2}年)[^,;。]{0,12}?[比较]", bare)) is not None:
            q.when = year_of(self.frame, own[1])
        q.scope = scope_of(bare)
        q.head = self.levels[0] if len(self.levels) > 1 else self.head
        q.heads = self.levels
        q.moved = self.moved
        q.group = [q]
        self.changes = [q]
        if (
            before is not None
            and before.kind == "level"
            and "compared with" in before.how
            and before.sentence == q.sentence
            and before.family == q.family
        ):
            q.base = before

    def _score(self, q: Quantity, weight: Quantity) -> None:
        q.kind, q.whole, q.names = "score", weight, weight.names
        weight.kind = "weight"
        for one in self.stack:
            one.members = [m for m in one.members if m is not weight]
        if self.stack:
            self.stack[-1].members.append(q)
        if self.head is weight:
            self.head = None

    # ------------------------------------------------------------------ levels
    def _level(self, q: Quantity, before: Quantity | None, bare: str) -> None:
        q.kind = "level"
        clause = re.sub(r"^[、和及]", "", q.clause)
        opened = list(cues.opener().finditer(re.split(r"[。]", q.gap)[-1]))
        cut = cues.opener().search(clause)
        phrase = clause[cut.end() :] if cut and cut.end() < len(clause) else clause
        comparing = bool(re.search(r"(?:^|[^对])(?:与|比|较)[^,。;]*$", clause))
        phrase = self._basis(q, phrase, comparing)
        self._name(q, phrase, before)
        if q.when == "now" and q.basis != "target" and not comparing and not YEAR.search(phrase):
            q.when = self._when(q, clause)
        self._hang(q, before, opened, comparing)

    def _basis(self, q: Quantity, phrase: str, comparing: bool) -> str:
        """Budget, target or outcome; the words that say so come off the phrase."""
        plain = cues.plain(phrase)
        budget, actual, target = (
            cues.budget().search(plain),
            cues.actual().search(plain),
            cues.target().search(plain),
        )
        if cues.prior().search(phrase):
            q.when = "prior"
        elif YEAR.search(phrase):
            q.when = year_of(self.frame, phrase)
        if target and not (budget and not re.search(r"目标|任务|计划|指标值", target[0])):
            q.basis, q.limit = "target", target["limit"] or target["sign"] or ""
            return phrase[: target.start()]
        if budget and (not self.frame.budget or "年初预算" in phrase):
            if "年初" in phrase and not YEAR.search(phrase) and not re.search(r"上年|去年", phrase):
                q.when = "now"
            q.basis = "budget"
            return phrase[: budget.start()]
        if budget and self.frame.budget:
            return re.sub(r"(?:预算)?(?:数|安排)?(?:为|是|各)?$", "", phrase) or phrase
        if actual:
            kept = phrase[: actual.start()]
            side = re.match(r"收入|支出", phrase[actual.start() :])
            return kept + (side[0] if side and kept else "")
        return phrase

    def _name(self, q: Quantity, phrase: str, before: Quantity | None) -> None:
        items = _ITEM.findall(self.text[: q.start])
        phrase = re.sub(r"收入?[、和与]支出?", "收支", phrase)
        sub = re.sub(r"[为是:达共计约]+$", "", phrase)
        self.names = []
        if "、" in sub and (shared := _SHARED.search(phrase)):
            self.names = [one for one in _SPLIT.split(sub[: shared.start()]) if one]
            q.names = canon(self.names[0]) if self.names else ()
            if not re.match(r"[、,和及与]-?\d", self.text[q.end : q.end + 3]):
                q.names = tuple(dict.fromkeys(name for one in self.names for name in canon(one)))
        else:
            q.names = canon(phrase)
        if items and (not q.names or q.names[0] in ("执行数", "本年支出合计", "年初预算", "全年预算")):
            q.names = (items[-1],)
        q.scope = scope_of(phrase) or scope_of("".join(self.passage.path[-2:]))
        if not q.names and (title := _TITLE.search(q.gap)) and any(map(known, named := canon(title[1]))):
            q.names = self.topic = named
        if not q.names:
            q.inherited = True
            q.names = self.topic or (canon(self.passage.path[-1]) if self.passage.path else ())
            q.how.append("name inherited")
        elif q.when == "now":
            self.topic = q.names

    def _when(self, q: Quantity, clause: str) -> str:
        if self.default != "now" and not YEAR.search(clause):
            return self.default
        sentence = self.text.rfind("。", 0, q.start) + 1
        clause_ = self.text.rfind(";", sentence, q.start) + 1
        for start in (clause_, sentence):
            opening = _OPENING.match(self.text[start:]) if start or start == sentence else None
            if opening:
                told = self.text[start : q.start]
                return "now" if re.search(r"比|较|与", told) else year_of(self.frame, opening[0])
        return "now"

    def _other_side(self, q: Quantity) -> bool:
        """收入A,其中B、C;支出D: a new clause about the other side of the account, or its result, is no part."""
        wholes = [name for one in self.stack[-1].wholes[:1] for name in one.names]
        if ";" not in q.gap or not q.names or not wholes:
            return False
        name, whole = q.names[0], wholes[0]
        if "收支结余" in name:
            return True
        return known(name) and "收入" in whole and "支出" not in whole and bool(_OUTGO.search(name))

    def _counted_whole(self, q: Quantity, count: Quantity | None) -> Quantity | None:
        """项目支出A,共3个:甲a;乙b;丙c: the list behind a count divides the sum before it."""
        if count is None or q.bracketed or count.family == q.family or not _COUNTED.fullmatch(count.gap):
            return None
        at = self.out.quantities.index(count)
        whole = self.out.quantities[at - 1] if at else None
        fits = (
            whole is not None and whole.kind == "level" and whole.family == q.family and not whole.bracketed
        )
        return whole if fits and whole is not None and whole.sentence == q.sentence else None

    def _hang(
        self, q: Quantity, before: Quantity | None, opened: list[re.Match[str]], comparing: bool
    ) -> None:
        """Lists, head and group."""
        current = q.when in ("now", self.default)
        if opened and current:
            wholes = list(dict.fromkeys(one for one in (self.head, self.first) if one is not None))
            new = PartList(wholes, [], opened[-1][0], self.sentence, False, q.bracketed, self.passage)
            self.out.lists.append(new)
            if q.bracketed:
                new.members.append(q)
            else:
                self.stack.append(new)
        elif q.gap.startswith(":") and (whole := self._counted_whole(q, before)) is not None:
            new = PartList([whole], [], ":", self.sentence, False, False, self.passage)
            self.stack.append(new)
            self.out.lists.append(new)
        elif (
            q.gap.startswith(":")
            and before is not None
            and before.kind == "level"
            and not q.bracketed
            and before.family == q.family
        ):
            new = PartList([before], [], ":", self.sentence, False, False, self.passage)
            self.stack.append(new)
            self.out.lists.append(new)
        elif self.stack and not q.bracketed and (cues.closer().search(q.gap) or self._other_side(q)):
            self.stack.pop()
        plain_total = re.fullmatch(
            rf"(?:{any_of('total')})(?:为|约|支出|金额)*", re.sub(r"[,;。、]", "", q.gap)
        )
        if self.stack and not q.bracketed and current and q.basis != "target" and not plain_total:
            self.stack[-1].members.append(q)
        if (
            q.bracketed
            or (not current and comparing)
            or (q.basis == "budget" and comparing and self.head is not None)
        ):
            return
        if current and not (q.basis == "target" and self.head is not None):
            self.head = q
            if self.first is None or (re.search(r"[。;]", q.gap) and not self.stack):
                self.first = q
            self.before, self.levels = self.levels, [q]
            q.group = self.levels
            self.moved = None
