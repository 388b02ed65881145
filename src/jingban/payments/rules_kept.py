"""The rules a preview was made with: their texts are kept once, and named by digest in what was made."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.payments.models import RuleText
from jingban.rules.loader import Step, order, parse, steps
from jingban.store import bulk


def keep(targets: Iterable[str]) -> dict[str, str]:
    """Step → digest of everything that building ``targets`` runs; texts not known yet are kept. Inside the caller's transaction."""
    plan = order(targets)
    digests = {step.name: step.digest for step in plan}
    known = set(RuleText.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    new = {step.digest: step for step in plan if step.digest not in known}
    bulk.insert(RuleText, ["digest", "step", "text"], ((d, step.name, step.text) for d, step in new.items()))
    return digests


def of_then(digests: dict[str, str]) -> dict[str, Step]:
    """The steps as they read then. A step whose SELECT is still the same is today's."""
    today = steps()
    old = {name: digest for name, digest in digests.items() if digest != digest_now(name)}
    texts = dict(RuleText.objects.filter(digest__in=old.values()).values_list("digest", "text"))
    return {**today, **{name: parse(texts[digest], name) for name, digest in old.items()}}


def changed(digests: dict[str, str]) -> list[str]:
    """Names of the steps that read differently today, or are gone."""
    return sorted(name for name, digest in digests.items() if digest != digest_now(name))


def digest_now(name: str) -> str:
    """Digest of a step today; "" when there is none of that name."""
    step = steps().get(name)
    return step.digest if step else ""
