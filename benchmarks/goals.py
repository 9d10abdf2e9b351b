"""What the generator has to reach beside its peers; each goal is a ratio of two figures of one run, or seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.builds import EVERYTHING, HUGO, IN_NAV, PAGEFIND, PAGES, Build

WHOLE_SITE = (10_000, 0.28), (3_000, 0.35), (0, 0.6)
"""From so many pages on, the most of Hugo's and Pagefind's time together that a whole site may take (issue 18)."""


@dataclass(frozen=True)
class Goal:
    """One figure and what it may be at most.

    Attributes:
        label: what the figure is.
        figure: what was measured.
        most: the largest figure that reaches the goal.
        unit: of the figure; empty for a ratio.
    """

    label: str
    figure: float
    most: float
    unit: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure is small enough."""
        return self.figure <= self.most


def beside_hugo(builds: Mapping[str, Build]) -> list[Goal]:
    """Return the goals beside Hugo and Pagefind, which work one after the other: times add up, memory does not."""
    most = next(share for fewest, share in WHOLE_SITE if builds[EVERYTHING].pages >= fewest)
    whole, pages = builds[EVERYTHING].taken, builds[PAGES].taken
    hugo, pagefind = builds[HUGO].taken, builds[PAGEFIND].taken
    both = hugo.processor_seconds + pagefind.processor_seconds
    memory = max(hugo.megabytes, pagefind.megabytes)
    return [
        Goal("whole site, time beside Hugo + Pagefind", whole.seconds / (hugo.seconds + pagefind.seconds), most),
        Goal("whole site, processor time beside Hugo + Pagefind", whole.processor_seconds / both, most),
        Goal("whole site, memory beside Hugo + Pagefind", whole.megabytes / memory, 0.3),
        Goal("pages alone, time beside Hugo", pages.seconds / hugo.seconds, 1.1),
        Goal("pages alone, processor time beside Hugo", pages.processor_seconds / hugo.processor_seconds, 1.1),
    ]


def beside_stock(builds: Mapping[str, Build]) -> Goal:
    """Return the goal beside stock Material that lists all pages in its navigation."""
    ratio = builds[EVERYTHING].taken.seconds / builds[IN_NAV].taken.seconds
    return Goal("whole site, time beside stock Material in nav", ratio, 1 / 15)


def after_cold(cold: float, unchanged: float) -> Goal:
    """Return the goal of a build when nothing has changed, from the seconds of both builds."""
    return Goal("nothing changed, time beside a cold build", unchanged / cold, 1 / 3)


def after_edit(seconds: float) -> Goal:
    """Return the goal of an edit."""
    return Goal("a record edited, until it is in the browser", seconds, 1, "s")


def tenfold(large: Build, small: Build) -> list[Goal]:
    """Return the goals of a build of 100,000 records beside one of 10,000."""
    return [
        Goal("100,000 records, time beside 10,000", large.taken.seconds / small.taken.seconds, 11),
        Goal("100,000 records, memory", large.taken.megabytes, 3000, "MB"),
    ]
