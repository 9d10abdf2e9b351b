"""Faults of YAML text, before the file's name is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Fault:
    """A fault at a line and column of the text, both from 1."""

    line: int
    column: int
    message: str
    rule: str


class SyntaxFaults(Exception):
    """Raised for text that can't be read as a record; carries every fault that was found, sorted."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(self.faults)


def fault_at(mark: Any, message: str, rule: str) -> Fault:
    """Return a fault at one of the parser's marks, which count from 0."""
    return Fault(mark.line + 1, mark.column + 1, message, rule)
