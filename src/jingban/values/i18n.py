"""Two languages: Chinese is the source text, English comes from one gettext catalogue.

``from jingban.values.i18n import gettext as _``. The language is chosen once per process, before commands are
imported; web pages switch per request through Django, whose ``LOCALE_PATHS`` names the same catalogue.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
_state: dict[str, _gettext.NullTranslations] = {"zh": _gettext.NullTranslations()}
_active = "zh"
_here: ContextVar[str | None] = ContextVar("language", default=None)
"""The language of one web request, where it is not that of the process."""


def language_from(args: list[str]) -> str:
    """``zh`` or ``en``, from ``--lang`` (either spelling), then ``JINGBAN_LANG``; Chinese otherwise."""
    wanted = os.environ.get("JINGBAN_LANG", "")
    for position, arg in enumerate(args):
        if arg == "--lang" and position + 1 < len(args):
            wanted = args[position + 1]
        elif arg.startswith("--lang="):
            wanted = arg.partition("=")[2]
    return "en" if wanted.lower().startswith("en") else "zh"


def activate(language: str) -> None:
    """Choose the language of every later :func:`gettext` call."""
    global _active
    _load(language)
    _active = language
    # click looks its own words up in the domain "messages" by the environment's languages
    _gettext.bindtextdomain("messages", str(LOCALE_DIR))
    os.environ["LANGUAGE"] = "en" if language == "en" else "zh_CN"


def _load(language: str) -> None:
    if language not in _state:
        _state[language] = _gettext.translation("django", LOCALE_DIR, languages=[language], fallback=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language inside the block, in this thread only: ``en``, or Chinese for anything else."""
    wanted = "en" if language == "en" else "zh"
    _load(wanted)
    before = _here.set(wanted)
    try:
        yield
    finally:
        _here.reset(before)


def active() -> str:
    """The language in force: ``zh`` or ``en``."""
    return _here.get() or _active


def gettext(message: str) -> str:
    """The message in the language in force; the Chinese source where no translation exists."""
    return _state[_here.get() or _active].gettext(message) if message else message


def document(message: str) -> str:
    """The text of a document: always the Chinese source, whatever language its reader's screen speaks.

    What an agency publishes or hands over is Chinese; a half-translated form would be no form at all.
    """
    return message


@cache
def spellings(text: str) -> tuple[str, ...]:
    """Every language's spelling of a text that :func:`gettext` gave: a file made on a Chinese screen is read on an English one."""
    english = _gettext.translation("django", LOCALE_DIR, languages=["en"], fallback=True).gettext
    return tuple(dict.fromkeys([text, english(text) if text else text, *_sources().get(text, ())]))


@cache
def _sources() -> dict[str, list[str]]:
    """English → the Chinese messages that read so."""
    found: dict[str, list[str]] = {}
    catalogue = _gettext.translation("django", LOCALE_DIR, languages=["en"], fallback=True)
    for source, english in getattr(catalogue, "_catalog", {}).items():
        if isinstance(source, str) and source:
            found.setdefault(english, []).append(source)
    return found
