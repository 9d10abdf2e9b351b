"""Measure the commands that everybody runs on a small site: this repository's own records.

    python -m benchmarks.small [--beside CHECKOUT] [--rounds 5]

Two programs, if another checkout is named, take turns over the same projects: with the site's own settings, and with the
outputs switched off that a site asks for (traditional script, Markdown, booklets, posters, the bundle). Each build begins
without a finished site; what earlier runs kept of pictures, compiled templates and dictionaries is there, as it is for an
editor. The same build again, which finds nothing to do, is timed apart.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import ENVIRONMENT, Measurement, measure, middle, module
from benchmarks.records import REPOSITORY

_OPTIONAL = re.compile(r"^ +(?:traditional|markdown|booklets|posters|bundle): .*\n", re.MULTILINE)
_GOAL = 0.3
_Rows = dict[str, list[Measurement]]


def lay(folder: Path, is_plain: bool) -> Path:
    """Copy this repository's site into a folder, as it is or without its optional outputs, and return its place."""
    for name in ("data", "content", "overrides"):
        shutil.copytree(REPOSITORY / name, folder / name)
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(_OPTIONAL.sub("", settings) if is_plain else settings, "utf-8")
    return folder


def jobs(projects: dict[str, Path], sites: Path) -> Iterator[tuple[str, list[str | Path]]]:
    """Yield what is measured of a program: a name and the command. Sites are left where they are: a disk is slow to take
    many files where as many have just been deleted.
    """
    yield "imports", [sys.executable, "-c", "import macros.cli.main, macros.cli.build, macros.site.build"]
    for name, project in projects.items():
        yield f"check, {name}", module("macros", "--root", project, "check")
        yield f"build, {name}", module("macros", "--root", project, "build", sites / project.name)
        yield f"build again, {name}", module("macros", "--root", project, "build", sites / project.name)


def _environment() -> dict[str, str]:
    """Return what commands find: the day of the last commit, and Python's own cache of modules as anywhere else."""
    day = subprocess.check_output(("git", "log", "-1", "--format=%ct"), cwd=REPOSITORY, text=True).strip()
    kept = {name: value for name, value in ENVIRONMENT.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "SOURCE_DATE_EPOCH": day}


def run(programs: dict[str, Path], rounds: int) -> dict[str, _Rows]:
    """Let programs take turns; the first round only fills what they keep.

    Args:
        programs: checkouts by name.
        rounds: how often each is measured.

    Returns:
        For each program what each of its commands took, in each round.
    """
    taken: dict[str, _Rows] = {name: {} for name in programs}
    environment = _environment()
    with TemporaryDirectory() as folder:
        kinds = {"own settings": False, "without options": True}
        projects = {name: lay(Path(folder) / name.replace(" ", "-"), is_plain) for name, is_plain in kinds.items()}
        for number in range(rounds + 1):
            for name, program in programs.items():
                for job, command in jobs(projects, Path(folder) / f"{name}-{number}"):
                    result = measure(command, program, environment, quiet=True)
                    if number:
                        taken[name].setdefault(job, []).append(result)
    return taken


def report(taken: dict[str, _Rows]) -> None:
    """Print medians, and of two programs the ratio of processor time beside the goal."""
    ours, *others = taken.values()
    for job, results in ours.items():
        mine = middle(results)
        line = f"{job:<32}{mine.processor_seconds:>7.2f} s of processor, {mine.seconds:.2f} s"
        for other in others:
            theirs = middle(other[job])
            ratio = mine.processor_seconds / theirs.processor_seconds
            line += f"; beside {theirs.processor_seconds:.2f}, {theirs.seconds:.2f} s: {ratio:.2f} (goal {_GOAL})"
        print(line)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.small", description="Measure small builds and checks.")
    parser.add_argument("--beside", type=Path, help="another checkout, such as the last version, to take turns with")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default: 5)")
    given = parser.parse_args()
    programs = {"this": REPOSITORY} | ({"other": given.beside.resolve()} if given.beside else {})
    report(run(programs, given.rounds))


if __name__ == "__main__":
    main()
