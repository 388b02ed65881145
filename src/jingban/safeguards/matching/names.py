"""Names for comparison: toneless pinyin, character by character, so that homophones are equal (pypinyin)."""

from __future__ import annotations

from collections.abc import Iterable


def pinyin_table(names: Iterable[str]) -> dict[int, str]:
    """Translation table of every character that occurs, for ``str.translate``.

    One reading for each character, whatever its neighbours: both sides then agree even where a surname is read specially.
    """
    from pypinyin import Style, lazy_pinyin

    characters = sorted(set().union(*names)) if names else []
    return {
        ord(one): lazy_pinyin(one, style=Style.NORMAL, errors="default")[0] + " "
        for one in characters
        if not one.isspace()
    }


def pinyin(names: Iterable[str]) -> dict[str, str]:
    """Name -> its syllables, each followed by a blank."""
    unique = set(names)
    table = pinyin_table(unique)
    return {name: name.translate(table) for name in unique}
