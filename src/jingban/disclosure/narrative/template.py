"""Templates a non-programmer can edit: plain text, one line a paragraph, ``{slot}`` where a figure goes.

::

    % a remark, not printed
    @表格单位 万元                     unit of the tables
    # 第一部分 概况                    a part (##, ### : sections)
    收入合计{本年收入}万元。             a paragraph
    [如果 收支总计.有变动|增加……|持平]   one or the other (the second may be left out)
    [逐个 类|；|{类.名称}{类.金额}万元]  once for every member, joined by ；
    @表 gk01   @图 支出结构   @附件       a table, a chart, the annexes

A paragraph that comes out empty is left out; a line that is one ``[逐个 X|换行|…]`` makes a paragraph a member. Signs as a
Chinese keyboard types them (｛｝［］｜＃＠％) are understood. A figure typed into a template (``12.5万元``) is refused: figures stand
in slots, so that an edited sentence keeps its figures bound.
Codes DIS-1xx: 101 bracket left open or too many, 102 unknown slot, 103 figure typed, 104 unknown directive, 105 slot without a
value; ``subject`` is the file, ``row`` the line, and the message says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process

from jingban.disclosure.model import Printed, Run
from jingban.forms.filled import Figure
from jingban.values.findings import Finding, Findings, Refused
from jingban.values.i18n import gettext as _

DIRECTIVES = ("表格单位", "表", "图", "附件")
_TYPED = re.compile(r"(?<![\d年第])\d+(?:\.\d+)?\s*(?:万元|亿元|元|%|％)(?!以上)")
PARAGRAPH = "换行"
_SIGNS = str.maketrans("｛｝［］｜", "{}[]|")
_MARKS = str.maketrans("＃＠％", "#@%")
_LEADING = re.compile(r"^[#@%＃＠％]+")


@dataclass(frozen=True, slots=True)
class Value:
    """What a slot prints: text with the figure behind it, or plain words."""

    text: str
    figure: Figure | None = None


Scope = Mapping[str, "Value | bool | list[Scope] | None"]
"""Slot name → value; True/False for conditions; a list for 逐个; None: the slot exists but has no value this year."""


@dataclass(frozen=True, slots=True)
class Slot:
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    condition: str
    then: tuple[Part, ...]
    other: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Each:
    name: str
    separator: str
    parts: tuple[Part, ...]


Part = str | Slot | Choice | Each


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a template: ``level`` 0 is a paragraph; ``directive`` lines carry their argument in ``argument``."""

    number: int
    kind: Literal["heading", "text", "directive"]
    parts: tuple[Part, ...] = ()
    level: int = 0
    directive: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    lines: tuple[Line, ...]


def parse(text: str, name: str) -> Template:
    """Read a template; refuses with every defect of the file at once."""
    findings = Findings()
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _LEADING.sub(lambda marks: marks[0].translate(_MARKS), raw.strip().translate(_SIGNS))
        if not line or line.startswith("%"):
            continue
        if line.startswith("@"):
            directive, _space, argument = line[1:].partition(" ")
            if directive not in DIRECTIVES:
                known = _("、").join(DIRECTIVES)
                message = _("不认识的指令“@%(name)s”，可用：%(known)s") % {"name": directive, "known": known}
                findings.add(Finding("DIS-104", message, row=number, subject=name))
                continue
            lines.append(Line(number, "directive", directive=directive, argument=argument.strip()))
            continue
        marks = re.match(r"#+", line)
        level = len(marks[0]) if marks else 0
        body = line[level:].strip()
        typed = _TYPED.search(re.sub(r"\{[^{}]*\}", "", body))
        if typed and not level:
            message = _("“%(figure)s”是直接写的数字；请改用花括号里的名称，数字由系统填入") % {
                "figure": typed[0]
            }
            findings.add(Finding("DIS-103", message, row=number, subject=name))
        try:
            lines.append(Line(number, "heading" if level else "text", _parts(body), level))
        except ValueError as wrong:
            findings.add(Finding("DIS-101", str(wrong), row=number, subject=name))
    if findings.errors:
        raise Refused(findings.errors)
    return Template(name, tuple(lines))


def _parts(text: str) -> tuple[Part, ...]:
    """Raises ``ValueError`` with a message when a bracket is not closed or a form is unknown."""
    parts: list[Part] = []
    position = 0
    plain = ""
    while position < len(text):
        mark = text[position]
        if mark == "{":
            end = text.find("}", position)
            if end < 0:
                raise ValueError(
                    _("花括号没有闭合，请补上“}”：%(text)s") % {"text": text[position : position + 20]}
                )
            parts += (
                [plain, Slot(text[position + 1 : end].strip())]
                if plain
                else [Slot(text[position + 1 : end].strip())]
            )
            plain, position = "", end + 1
        elif mark == "[":
            end = _closing(text, position)
            parts += [plain] if plain else []
            parts.append(_bracket(text[position + 1 : end]))
            plain, position = "", end + 1
        elif mark in "]}":
            raise ValueError(
                _("多了一个“%(mark)s”，请删去，或在前面补上“%(opening)s”：%(text)s")
                % {
                    "mark": mark,
                    "opening": {"]": "[", "}": "{"}[mark],
                    "text": text[max(position - 12, 0) : position + 1],
                }
            )
        else:
            plain += mark
            position += 1
    return tuple([*parts, plain] if plain else parts)


def _closing(text: str, start: int) -> int:
    depth = 0
    for position in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise ValueError(_("方括号没有闭合，请补上“]”：%(text)s") % {"text": text[start : start + 20]})


def _bracket(body: str) -> Part:
    pieces, depth, current = [], 0, ""
    for mark in body:
        depth += {"[": 1, "]": -1}.get(mark, 0)
        if mark == "|" and depth == 0:
            pieces.append(current)
            current = ""
        else:
            current += mark
    pieces.append(current)
    verb, _space, name = pieces[0].strip().partition(" ")
    if verb == "如果" and len(pieces) in (2, 3):
        return Choice(name.strip(), _parts(pieces[1]), _parts(pieces[2]) if len(pieces) == 3 else ())
    if verb == "逐个" and len(pieces) == 3:
        return Each(name.strip(), pieces[1], _parts(pieces[2]))
    raise ValueError(
        _("看不懂“[%(text)s”：应为 [如果 条件|……|……] 或 [逐个 名称|分隔|……]") % {"text": pieces[0]}
    )


class Filler:
    """Puts the values of one year into the lines of a template and collects every slot that has none."""

    def __init__(self, scope: Scope, name: str) -> None:
        self.scope, self.name = scope, name
        self.findings: dict[tuple[str, int, str], Finding] = {}

    def paragraphs(self, line: Line) -> Iterator[tuple[Run, ...]]:
        """The paragraphs of a line: one, none when it comes out empty, or one a member of ``[逐个 …|换行|…]``."""
        if len(line.parts) == 1 and isinstance(line.parts[0], Each) and line.parts[0].separator == PARAGRAPH:
            each = line.parts[0]
            for member in self._members(each, self.scope, line):
                runs = self._runs(each.parts, member, line)
                if runs:
                    yield runs
            return
        runs = self._runs(line.parts, self.scope, line)
        if runs:
            yield runs

    def _runs(self, parts: tuple[Part, ...], scope: Scope, line: Line) -> tuple[Run, ...]:
        runs: list[Run] = []
        for part in parts:
            if isinstance(part, str):
                found: tuple[Run, ...] = (part,)
            elif isinstance(part, Slot):
                found = self._slot(part, scope, line)
            elif isinstance(part, Choice):
                held = self._look(part.condition, scope, line)
                found = self._runs(part.then if held else part.other, scope, line)
            else:
                pieces = [self._runs(part.parts, member, line) for member in self._members(part, scope, line)]
                joined: list[Run] = []
                for piece in pieces:
                    joined += [part.separator, *piece] if joined else piece
                found = tuple(joined)
            for run in found:
                if isinstance(run, str) and runs and isinstance(runs[-1], str):
                    runs[-1] += run
                elif run != "":
                    runs.append(run)
        return tuple(runs)

    def _slot(self, part: Slot, scope: Scope, line: Line) -> tuple[Run, ...]:
        value = self._look(part.name, scope, line)
        if isinstance(value, Value):
            return (Printed(value.text, value.figure, part.name),) if value.figure else (value.text,)
        if value is None or isinstance(value, bool | list):
            if part.name in scope or part.name in self.scope:
                message = _(
                    "“{%(slot)s}”本年没有数，句子写不出；请补数，或用 [如果 …|…] 在没有数时换一句"
                ) % {"slot": part.name}
                self._note("DIS-105", line, part.name, message)
            return ("",)
        return ("",)

    def _members(self, part: Each, scope: Scope, line: Line) -> list[Scope]:
        value = self._look(part.name, scope, line)
        return [{**scope, **member} for member in value] if isinstance(value, list) else []

    def _look(self, name: str, scope: Scope, line: Line) -> Value | bool | list[Scope] | None:
        if name in scope:
            return scope[name]
        near = process.extractOne(name, list(scope), score_cutoff=50)
        message = _("模板里的“{%(slot)s}”不存在") % {"slot": name}
        if near:
            message += _("，是不是“{%(near)s}”？") % {"near": near[0]}
        self._note("DIS-102", line, name, message)
        return None

    def _note(self, code: str, line: Line, slot: str, message: str) -> None:
        self.findings[code, line.number, slot] = Finding(code, message, row=line.number, subject=self.name)
