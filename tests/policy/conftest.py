"""The shipped law, loaded once."""

import pytest

from jingban.policy import Policy


@pytest.fixture(scope="session")
def law() -> Policy:
    return Policy.load()


@pytest.fixture(scope="session")
def demo() -> Policy:
    return Policy.load(["demo/miyi-2020"])
