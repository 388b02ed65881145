"""Which lines are headings, and of what level: 第一部分 1, 一、 2, （一） 3, 1. 4, （1） 5."""

from __future__ import annotations

import re

from jingban.values.patterns import lazy

_CN = "一二三四五六七八九十百"
PART = lazy(rf"^第[{_CN}\d]+(部分|章|篇)")
ATTACHMENT = lazy(rf"^(附件|附表|附录)\s*[\d{_CN}]*([-－—][\d{_CN}]+)?\s*[:：]?$")
LEVEL2 = lazy(rf"^[{_CN}]+\s*[、.．]")
LEVEL3 = lazy(rf"^[(（]\s*[{_CN}]+\s*[)）]")
LEVEL3_DIGIT = lazy(r"^[(（]\s*\d{1,2}\s*[)）]")
LEVEL4 = lazy(r"^\d{1,2}\s*[、.．](?!\d)")
NUMBERED = lazy(
    rf"^([{_CN}]+\s*[、.．]|[(（]\s*[{_CN}\d]+\s*[)）]|\d{{1,2}}\s*[、.．](?!\d)|[①-⑳]|第[{_CN}\d]+(部分|章|条))"
)
_PLAIN = lazy(r"(说明|概况|情况|名词解释|附件|附表|目录|机构设置|部门职责|评价报告|自评报告|总结)[。]?$")
_SENTENCE = lazy(r"[，,；;！？!?]|。(?!$)")
_LIST = lazy(r"^[-•·*]\s+")
HEADING_CHARS_MAX = 42
RUN_IN_CHARS_MAX = 26
STOPPED_CHARS_MAX = 24
SUBJECT_CHARS_MAX = 100
_SUBJECT = lazy(r"[(（]项[)）][。：:]?$")
_STATES = lazy(r"无|没有|本单位|本部门.*年")


def strip_list_mark(text: str) -> str:
    """``- 一、部门职责`` without the list mark."""
    return _LIST.sub("", text.strip())


def level_of(text: str) -> int | None:
    """Heading level of a whole line, or None when it is running text."""
    line = strip_list_mark(text)
    if LEVEL4.match(line) and _SUBJECT.search(line) and len(line) <= SUBJECT_CHARS_MAX:
        return 4
    if not line or len(line) > (STOPPED_CHARS_MAX if line.endswith("。") else HEADING_CHARS_MAX):
        return None
    if PART.match(line) or ATTACHMENT.match(line):
        return 1 if not _SENTENCE.search(line) else None
    if _SENTENCE.search(line) or re.search(r"[:：]$|[:：].{8,}", line):
        return None
    if LEVEL2.match(line):
        return 2
    if LEVEL3.match(line):
        return 3
    if LEVEL4.match(line):
        return 4 if not re.search(r"\d(\.\d+)?\s*(万|亿)?元", line) else None
    if LEVEL3_DIGIT.match(line):
        return 5
    if re.sub(r"\s", "", line) == "目录":
        return 1
    if len(line) <= (14 if line.endswith("。") else 30) and _PLAIN.search(line) and not _STATES.search(line):
        return 1 if line.endswith("报告") else 2
    return None


def run_in(text: str) -> tuple[int, int] | None:
    """``（一）主要职能。某局负责……``: (level, length of the heading with its full stop), None without one."""
    line = text
    offset = len(text) - len(text.lstrip())
    stripped = line.strip()
    level = 2 if LEVEL2.match(stripped) else 3 if LEVEL3.match(stripped) else None
    if level is None:
        return None
    stop = stripped.find("。")
    if (
        not 0 < stop < RUN_IN_CHARS_MAX
        or stop == len(stripped) - 1
        or re.search(r"[，,；;\d]", stripped[:stop])
    ):
        return None
    return level, offset + stop + 1
