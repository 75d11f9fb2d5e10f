"""How hard the property tests search: the same few cases each time in CI, fresh ones and more by request."""

import os

from hypothesis import HealthCheck, settings

EFFORT = int(os.environ.get("SERVICEBOOK_EFFORT", "1"))
"""Times the usual number of examples; above 1 they are random, so that a long run finds what CI does not."""


def examples(number: int) -> settings:
    """Settings for one property: `number` examples in CI, reproducible and with no clock."""
    return settings(
        max_examples=number * EFFORT,
        derandomize=EFFORT == 1,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
