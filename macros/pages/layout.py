"""The shell of a page: the theme's page with place-holders, rendered once and filled for each page that shares it.

Between two records of one kind the theme's HTML differs only in head, title and content (design.md, decision 4), so
rendering the theme again for each would repeat the same work ten thousand times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT = re.compile(r"kepu-slot-([a-z]+)-tols-upek")


def slot(name: str) -> str:
    """Return the place-holder for a value; letters and dashes only, so that no template or filter changes it."""
    return f"kepu-slot-{name}-tols-upek"


@dataclass(frozen=True)
class Shell:
    """A page with gaps.

    Attributes:
        pieces: literal text and names of slots in turn, beginning and ending with text.
    """

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Shell:
        """Cut rendered HTML at its place-holders."""
        return cls(tuple(_SLOT.split(html)))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the page with its gaps filled.

        Args:
            values: slot → HTML; whoever fills it has escaped what came out of records.

        Raises:
            KeyError: a slot has no value.
        """
        parts = list(self.pieces)
        parts[1::2] = [values[name] for name in self.pieces[1::2]]
        return "".join(parts)
