"""N202 amount against count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.statements import Statement
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy


class AmountWithoutCount(Rule):
    """问题：公务接待费大于零而接待批次、人次为零；购车支出大于零而购置 0 辆；反之有次数而金额为零；国内、外事接待、会议、培训各与自己的次数核；批次多于人次。
    依据：“三公”经费公开要素：金额与批次、人次、团组、辆数须相互对应。
    反例：公务接待费支出0.13万元；国内公务接待0批次，0人次。
    正例：公务接待费支出0.13万元；国内公务接待2批次，9人次。
    例外：公务用车运行费大于零而保有量为零的为警告（可能租用或报废）；外事接待另列的合并计算。
    怎么改：核对接待清单，补正次数或金额。

    English: Money was spent but the count is zero, or the other way round.

    Not reported: Running costs without vehicles are a warning (rented or scrapped); receptions of foreign
    guests are added.
    """

    code = "N202"
    name = "amount-without-count"
    title = "有金额无次数"
    title_en = "Amount without count"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        statements = [one for one in context.claims.statements if one.basis == "决算"]
        counts = list(_counts(context))
        yield from self._pair(
            _largest(statements, "公务接待费"),
            counts,
            lazy(r"接待"),
            ("batches", "person-times", "persons"),
            _("接待批次、人次"),
        )
        yield from self._pair(
            _largest(statements, "公务用车购置费"),
            counts,
            lazy(r"(?:购置|购入|更新).{0,8}(?:公务用车|车辆|轿车)|(?:公务用车|车辆)购置(?!及)"),
            ("vehicles",),
            _("购置辆数"),
        )
        yield from self._pair(
            _largest(statements, "因公出国（境）费"),
            counts,
            lazy(r"出国"),
            ("pieces", "persons", "person-times", "things", "times"),
            _("团组、人次"),
        )
        yield from self._pair(
            _largest(statements, "公务用车运行维护费"),
            counts,
            lazy(r"保有|共有(?:公务用)?车辆"),
            ("vehicles",),
            _("公务用车保有量"),
            "warning",
            both=False,
        )

        for sentence in context.claims.sentences:
            for amount, mine in _kinds(sentence):
                yield from self._kind(sentence, amount, mine)

    def _kind(self, sentence: Sentence, amount: Token, counts: list[Token]) -> Iterator[Answer]:
        """'外事接待支出0.00万元，接待0批次，0人次': one kind against its own counts; nobody comes in two groups at once."""
        first, where = counts[0], amount.figure
        subject = _("{} 与次数").format(amount.label)
        groups = next((one.figure for one in counts if one.figure.dimension == "batches"), None)
        people = next((one.figure for one in counts if one.figure.dimension in _PEOPLE), None)
        severity: Severity | None = "warning"
        if where.value and not any(one.figure.value for one in counts):
            message, severity = _("“{}”{}，而次数为 0").format(amount.label, where.text), None
        elif not where.value and any(one.figure.value for one in counts):
            message = _("“{}”为 0，而次数不为 0（{}）").format(
                amount.label, "、".join(one.figure.text for one in counts)
            )
        elif groups is not None and people is not None and groups.value > people.value:
            message, first = _("“{}”{}，只有 {}").format(amount.label, groups.text, people.text), counts[0]
        else:
            yield Verified(subject, where.source)
            return
        yield Problem(
            message,
            first.figure.source,
            answers.quote(sentence, first),
            (amount.label, "金额与次数"),
            stated=first.figure.text,
            severity=severity,
            related=(where.source,),
        )

    def _pair(
        self,
        amount: Statement | None,
        counts: list[Bound],
        words: re.Pattern[str],
        dimensions: tuple[str, ...],
        name: str,
        severity: Severity | None = None,
        *,
        both: bool = True,
    ) -> Iterator[Answer]:
        if amount is None:
            return
        mine = [
            one
            for one in counts
            if one.token.figure.dimension in dimensions
            and _is_about(one, words)
            and not re.search(r"陪同", one.token.label)
        ]
        here = [one for one in mine if one.sentence.section == amount.bound.sentence.section]
        here = here or [one for one in mine if "三公" in one.sentence.section]
        elsewhere = [one for one in mine if one not in here and one.token.figure.value]
        mine = here or mine
        if not mine:
            return
        subject = _("{} 与{}").format(amount.bound.label, name)
        counted = any(one.token.figure.value for one in mine)
        if bool(amount.figure.value) == counted or (counted and not both):
            yield Verified(subject, amount.figure.source)
            return
        first = mine[0]
        if amount.figure.value:
            message = _("“{}”{}，而{}为 0").format(amount.indicator, amount.figure.text, name)
        else:
            message = _("“{}”为 0，而{}不为 0（{}）").format(amount.indicator, name, first.token.figure.text)
            severity = "warning"
        yield Problem(
            message,
            first.token.figure.source,
            answers.quote(first.sentence, first.token),
            (amount.indicator, "金额与次数"),
            stated=first.token.figure.text,
            severity=severity,
            related=(amount.figure.source, *(one.token.figure.source for one in mine[1:6])),
            details=(
                *(f"{one.token.label} {one.token.figure.text}" for one in [amount.bound, *mine[:6]]),
                *(_("别处写：{} {}").format(one.token.label, one.token.figure.text) for one in elsewhere[:3]),
            ),
        )


def _kinds(sentence: Sentence) -> Iterator[tuple[Token, list[Token]]]:
    """Every amount of a kind of reception, of meetings or of training with the counts that follow it at once."""
    for index, token in enumerate(sentence.tokens):
        if token.figure.dimension != "money" or not token.amount or not _KIND.search(token.label):
            continue
        counts: list[Token] = []
        for one in sentence.tokens[index + 1 :]:
            if (
                one.figure.dimension not in _COUNTS
                or one.clause != token.clause
                or one.bracketed
                or token.bracketed
            ):
                break
            counts.append(one)
        if counts:
            yield token, counts


_KIND = lazy(r"(?:国内|外事|外宾|国\(境\)外)[^,;。]{0,8}接待|会议费|培训费")
_PEOPLE = ("persons", "person-times")
_COUNTS = ("batches", "times", *_PEOPLE)
_TOPIC = lazy(r"接待|出国|团组|保有|共有|现有|购置|购入|更新|报废|会议|培训|采购|运行")


def _is_about(count: Bound, words: re.Pattern[str]) -> bool:
    """The last topic named before the figure is the wanted one: '购置公务用车0辆；…保有量3辆' counts two things."""
    figure, start = count.token.figure, count.sentence.start
    named = list(words.finditer(count.sentence.text[: figure.end - start]))
    if not named:
        return False
    between = _TOPIC.findall(count.sentence.text[named[-1].end() : figure.start - start])
    return all(words.search(topic) or topic == "团组" for topic in between)


def _largest(found: list[Statement], name: str) -> Statement | None:
    mine = [one for one in found if one.indicator == name]
    return max(mine, key=lambda one: one.figure.value, default=None)


def _counts(context: Context) -> Iterator[Bound]:
    for sentence in context.claims.sentences:
        for token in sentence.tokens:
            counts = token.figure.dimension not in ("money", "ratio", "plain", "price")
            if counts and token.role != "cause" and context.claims.narrative.is_current(token):
                yield Bound(sentence, token)
