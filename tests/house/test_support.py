"""What the tests lean on holds: a loop names each case that fails, and none at all is a failure."""

from __future__ import annotations

import pytest

from tests.support.looping import failures


def is_even(number: int) -> None:
    assert number % 2 == 0, "odd"


def test_a_loop_names_each_case_that_fails() -> None:
    assert failures(is_even, [2, 4]) == []
    assert [line.splitlines()[0] for line in failures(is_even, [1, 2, 3])] == ["1: odd", "3: odd"]


def test_a_loop_over_nothing_holds_nothing() -> None:
    assert failures(is_even, []) == ["no case was checked"]


def test_an_error_in_a_loop_names_its_case() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        failures(lambda number: 1 // number, [1, 0])
    assert raised.value.__notes__ == ["in the case 0"]
