"""Build a site whole: render into a fresh folder, crawl it, and only then swap it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from macros.configuration import read_configuration
from macros.plugin import render_site
from macros.publishing.build import replacing
from macros.publishing.verify import verify
from macros.records.problems import Problem, ProblemsFound, has_errors


def build_site(root: Path, out: Path) -> list[Problem]:
    """Build the site of a project into a folder.

    Args:
        root: the project's folder.
        out: the folder of the finished site; replaced as a whole, or untouched on any failure.

    Returns:
        Notices; errors are raised.

    Raises:
        ProblemsFound: the crawl found a dead link, a foreign request or the like.
        PublishingError: the folder can't be written or replaced.
    """
    site = read_configuration(root).site
    with replacing(out, root) as folder:
        render_site(root, folder)
        problems = _without_repetition(verify(folder, site.url or None))
        if has_errors(problems):
            raise ProblemsFound(problems)
    return problems


def _without_repetition(problems: list[Problem]) -> list[Problem]:
    """Tell a fault that many pages share, such as one in the header, once, and on how many pages it stands."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(f"{problem.rule} {problem.message.replace('../', '')}", []).append(problem)
    return [_told_once(group) for group in groups.values()]


def _told_once(group: list[Problem]) -> Problem:
    first = group[0]
    return replace(first, message=f"{first.message}（共 {len(group)} 页如此）") if len(group) > 1 else first
