"""What the tests share. Hypothesis is deterministic here, so that a failure is the same for everybody."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from volgens.reader.network import Reader

settings.register_profile(
    "volgens", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("volgens")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the weights that ship, loaded once."""
    return Reader()
