"""One test over many inputs: all that fail are named, not the first alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")


def failures(check: Callable[[Case], object], cases: Iterable[Case]) -> list[str]:
    """Check each of many cases, and name those that do not hold.

    Args:
        check: asserts what holds for one case.
        cases: what to check; shown by `repr` where it fails. No case at all is a failure too, since then nothing is held.

    Returns:
        One line a failing case, so that a test says ``assert failures(check, cases) == []``.
    """
    checked = list(cases)
    if not checked:
        return ["no case was checked"]
    found = []
    for case in checked:
        try:
            check(case)
        except (AssertionError, pytest.fail.Exception) as error:
            found.append(f"{case!r}: {error}")
        except Exception as error:
            error.add_note(f"in the case {case!r}")
            raise
    return found
