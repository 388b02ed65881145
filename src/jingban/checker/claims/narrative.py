"""All sentences of a document in order, and the look-ups binding needs: what stands before, what bears a label."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct, field

from jingban.checker.claims import labels
from jingban.checker.claims.sentence import Sentence, Token, read_sentences
from jingban.checker.context import Context
from jingban.checker.model import Heading, Paragraph

GLOSSARY = ("名词解释", "专业术语")
"""Sections that explain terms: their figures are no statements of the agency."""


class Bound(Struct, frozen=True):
    """A token in its sentence."""

    sentence: Sentence
    token: Token

    @property
    def label(self) -> str:
        return self.token.label

    @property
    def of_insurance(self) -> bool:
        """Money of an insurance fund, told by the words before the figure: never the agency's own."""
        before = self.sentence.text[: self.token.figure.start - self.sentence.start]
        return "保险基金" in before or "保险基金" in self.sentence.section

    def __str__(self) -> str:
        return f"{self.token.label or '…'} {self.token.figure.text}"


class Narrative(Struct, dict=True):
    """``sentences`` in reading order; ``home`` maps a sentence to its place."""

    sentences: list[Sentence]
    home: dict[int, int] = field(default_factory=dict)
    year: int | None = None

    def earlier(self, sentence: Sentence, reach: int = 0) -> Iterator[Sentence]:
        """Sentences before this one, nearest first: of its paragraph, then of ``reach`` more paragraphs of its section."""
        place = self.home[id(sentence)]
        paragraph, left = sentence.paragraph, reach
        for one in reversed(self.sentences[max(0, place - 40) : place]):
            if one.paragraph is not paragraph:
                if left == 0 or one.section != sentence.section:
                    return
                left -= 1
                paragraph = one.paragraph
            yield one

    @cached_property
    def amounts(self) -> list[Bound]:
        """Every amount stated outside causes, in order."""
        return [
            Bound(sentence, token)
            for sentence in self.sentences
            for token in sentence.tokens
            if token.amount and token.figure.dimension in ("money", "plain")
        ]

    def is_current(self, token: Token) -> bool:
        """Whether the figure is about the document's own year as far as the words tell."""
        return not token.year or token.year == str(self.year)

    def same_label(self, label: str) -> list[Bound]:
        """Amounts of the document's year anywhere whose label may name the same thing."""
        return [
            one
            for one in self.amounts
            if one.label and self.is_current(one.token) and labels.same_thing(label, one.label)
        ]


def narrate(context: Context) -> Narrative:
    """Read all paragraphs once; glossaries are left out."""
    found: list[Sentence] = []
    glossary = False
    for block in context.document.blocks:
        if isinstance(block, Heading):
            glossary = any(word in block.text for word in GLOSSARY)
        elif isinstance(block, Paragraph):
            if any(word in block.section for word in GLOSSARY) or (glossary and not block.section):
                continue
            found.extend(read_sentences(block, context.figures.of(block)))
    return Narrative(found, {id(one): index for index, one in enumerate(found)}, context.year)
