"""The shipped law, loaded once."""

from pathlib import Path

import pytest

from jingban.policy import Policy


@pytest.fixture(scope="session")
def law() -> Policy:
    """Shipped, and the tests' counties say that they add nothing."""
    return Policy.load([Path(__file__).parents[1] / "support" / "nothing_local"])


@pytest.fixture(scope="session")
def demo() -> Policy:
    return Policy.load(["demo/miyi-2020"])
