"""Build sites with several programs, again and again in turn, and keep the middle of what each took.

In turn: whatever else the machine does for a while strikes all programs alike.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measure import Measurement, measure, middle, module, size
from benchmarks.peers import programs
from benchmarks.records import REPOSITORY

EVERYTHING = "ours: pages, search, CSV, JSON"
PAGES = "ours: pages"
HUGO = "Hugo"
PAGEFIND = "Pagefind"
IN_NAV = "Material, in nav"
OUT_OF_NAV = "Material, out of nav"
ZENSICAL = "Zensical"
LONGEST_REPEATED_SECONDS = 100


@dataclass(frozen=True)
class Program:
    """A way to make a site.

    Attributes:
        label: what it is called.
        command: program and arguments.
        out: the folder that it makes; removed before each run.
        folder: where it runs.
    """

    label: str
    command: Sequence[str | Path]
    out: Path
    folder: Path = REPOSITORY


@dataclass(frozen=True)
class Build:
    """What a program took and made.

    Attributes:
        label: what was built.
        taken: time and memory; of several runs the median of each.
        pages: number of HTML files.
        files: number of all files.
        megabytes: size of all files.
    """

    label: str
    taken: Measurement
    pages: int
    files: int
    megabytes: float


def ours(project: Path, folder: Path) -> list[Program]:
    """Return our own builds: whole but for the workbooks, and of the pages alone."""
    whole, pages = folder / "whole", folder / "pages"
    return [
        Program(EVERYTHING, module("benchmarks.without_workbooks", project, whole), whole),
        Program(PAGES, module("benchmarks.pages_only", project, pages), pages),
    ]


def hugo(project: Path, folder: Path) -> list[Program]:
    """Write the site for Hugo, and return Hugo's build and Pagefind's index of it."""
    source = folder / "hugo"
    measure(module("benchmarks.peers.hugo", project, source))
    site = source / "public"
    index: Sequence[str | Path] = [programs.pagefind(), "--quiet", "--site", site]
    return [
        Program(HUGO, [programs.hugo(), "--quiet", "--noBuildLock"], site, source),
        Program(PAGEFIND, index, site / "pagefind", source),
    ]


def stock(project: Path, folder: Path, labels: Sequence[str]) -> list[Program]:
    """Write the sites for stock Material and Zensical, and return their builds.

    Args:
        project: folder of the records.
        folder: where the sites are written.
        labels: which of `IN_NAV`, `OUT_OF_NAV` and `ZENSICAL`.
    """
    return [_stock(project, folder / str(number), label) for number, label in enumerate(labels)]


def _stock(project: Path, source: Path, label: str) -> Program:
    measure(module("benchmarks.peers.markdown", project, source, *(["--out-of-nav"] if label == OUT_OF_NAV else [])))
    site = source / "site"
    if label == ZENSICAL:
        return Program(label, [programs.zensical(), "build"], site, source)
    return Program(label, module("mkdocs", "build", "--quiet", "--config-file", source / "mkdocs.yml"), site)


def build_all(programs: Sequence[Program], runs: int) -> Mapping[str, Build]:
    """Run all programs in turn, as often as asked for, and return what each took and made, by label.

    A program that takes minutes runs once: what disturbs a machine for a moment does not matter to it.
    """
    builds: dict[str, list[Build]] = {program.label: [] for program in programs}
    for number in range(1, runs + 1):
        for program in programs:
            if any(build.taken.seconds > LONGEST_REPEATED_SECONDS for build in builds[program.label]):
                continue
            build = _build(program)
            print(f"  {number}/{runs} {program.label}: {build.taken.seconds:.1f} s", flush=True)
            builds[program.label].append(build)
    return {label: replace(same[-1], taken=middle([build.taken for build in same])) for label, same in builds.items()}


def _build(program: Program) -> Build:
    shutil.rmtree(program.out, ignore_errors=True)
    taken = measure(program.command, program.folder)
    files = [path for path in program.out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return Build(program.label, taken, pages, len(files), size(program.out))
