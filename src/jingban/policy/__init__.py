"""The law as dated, cited parameters (YAML), with a loader that refuses nonsense.

``Policy.load(overlays=()).value("required_years", "510421", month(2020, 7))``
"""

from jingban.policy.lookup import Policy, Share, Span, StackLayer

__all__ = ["Policy", "Share", "Span", "StackLayer"]
