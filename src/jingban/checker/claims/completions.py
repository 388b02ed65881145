"""Completion claims: '预算数A，决算数B，完成预算的p%', '任务A的p%', and execution rates of printed pairs."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from jingban.checker.claims.narrative import Bound, Narrative
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.verdict import Reading, best, ratio
from jingban.values.patterns import lazy

_GOAL = lazy(r"任务|目标|计划")
_DONE = lazy(r"完成|实际|实现|达到")
_PEOPLE = {"persons": "persons", "person-times": "persons", "money": "money", "plain": "money"}


class Completion(Struct):
    """``rate`` = actual / budget. ``explicit``: both stand in its sentence after the rate before it."""

    sentence: Sentence
    rate: Token
    actual: Bound | None = None
    budgets: list[Bound] = field(default_factory=list)
    explicit: bool = False
    task: bool = False
    """The base is a task or target, not a budget (N113)."""

    def readings(self) -> Iterator[Reading]:
        if self.actual is None:
            return
        for budget in self.budgets:
            found = ratio(self.rate.figure, self.actual.token.figure, budget.token.figure)
            if found:
                yield found

    def best(self) -> Reading | None:
        return best(self.readings())


def completions(narrative: Narrative) -> list[Completion]:
    """Every completion rate with the actual and the budgets the words allow."""
    found: list[Completion] = []
    for sentence in narrative.sentences:
        barrier = 0
        for index, token in enumerate(sentence.tokens):
            if token.role != "completion":
                if token.figure.dimension == "ratio" and token.role != "share":
                    barrier = index + 1
                continue
            claim = Completion(sentence, token)
            claim.task = any(word in token.base for word in ("任务", "目标", "计划"))
            if token.direct is not None:
                _direct(claim, index)
            else:
                _listed(narrative, claim, barrier, index)
            found.append(claim)
            barrier = index + 1
    return found


def _direct(claim: Completion, index: int) -> None:
    tokens = claim.sentence.tokens
    base = claim.rate.direct
    assert base is not None
    kind = _PEOPLE.get(tokens[base].figure.dimension, tokens[base].figure.dimension)
    claim.budgets = [Bound(claim.sentence, tokens[base])]
    for token in reversed(tokens[:base]):
        if token.thing and _PEOPLE.get(token.figure.dimension, token.figure.dimension) == kind:
            claim.actual = Bound(claim.sentence, token)
            claim.explicit = True
            return


def _task(claim: Completion, tokens: list[Token]) -> bool:
    """'参保任务A人，实际完成B人，完成任务的p%': the figure named a task is the base, the last other one was done."""
    things = [token for token in tokens if token.thing and not token.bracketed]
    goals = [token for token in things if _GOAL.search(token.label) and not _DONE.search(token.label)]
    if not goals:
        return False
    done = [
        token
        for token in things
        if token not in goals
        and _PEOPLE.get(token.figure.dimension) == _PEOPLE.get(goals[-1].figure.dimension)
        and _DONE.search(token.label or token.gap)
    ]
    if len(goals) != 1 or not done:
        return False
    claim.actual = Bound(claim.sentence, done[-1])
    claim.budgets = [Bound(claim.sentence, goals[0])]
    claim.explicit = True
    return True


def _listed(narrative: Narrative, claim: Completion, barrier: int, index: int) -> None:
    tokens = claim.sentence.tokens[barrier:index]
    if claim.task and _task(claim, tokens):
        return
    here = [Bound(claim.sentence, token) for token in tokens if token.amount and not token.bracketed]
    actuals = [one for one in here if one.token.role == "actual"] or [
        one for one in here if one.token.role == "value"
    ]
    budgets = [one for one in here if one.token.role == "budget"]
    if actuals:
        claim.actual = actuals[-1]
    if budgets and actuals:
        kept = [one for one in budgets if one.token.figure.dimension == actuals[-1].token.figure.dimension]
        claim.budgets, claim.explicit = _as_named(claim.rate.base, kept), bool(kept)
        return
    if claim.actual is None or claim.rate.clause != claim.actual.token.clause:
        return
    if not barrier:
        for one in narrative.earlier(claim.sentence):
            budgets = [Bound(one, token) for token in one.tokens if token.role == "budget"]
            if budgets and not any(token.role == "completion" for token in one.tokens):
                claim.budgets = _as_named(claim.rate.base, budgets[-1:])
            if any(token.amount for token in one.tokens):
                return


def _as_named(phrase: str, budgets: list[Bound]) -> list[Bound]:
    """Keep the budgets the phrase names (年初, 调整, 全年); all of them when it names none."""
    for word in ("年初", "调整", "全年"):
        if word in phrase:
            named = [one for one in budgets if word in one.label]
            if named:
                return named
    return budgets
