"""Write problems for people, for programs and for GitHub's annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from macros.publishing.release.errors import PublishingError
from macros.records.problems import Level, Problem, ProblemsFound, summarize
from macros.text.characters import printable


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text for people or programs; whatever a record or a file says in it, it steers no terminal.

    Args:
        text: one line or several.
        err: print to the standard error.
        nl: end with a line break.
    """
    click.echo("\n".join(map(printable, text.split("\n"))), err=err, nl=nl)


def report(problems: Sequence[Problem], form: str) -> str:
    """Return all problems in one of the forms of `FORMS`.

    Args:
        problems: what was found.
        form: ``text``, ``json`` or ``github``.
    """
    return FORMS[form](sorted(problems))


def _text(problems: Sequence[Problem]) -> str:
    return "\n".join([*(printable(str(problem)) for problem in problems), summarize(problems)])


def _json(problems: Sequence[Problem]) -> str:
    entries = [problem.as_data for problem in problems]
    return json.dumps({"problems": entries, "summary": summarize(problems)}, ensure_ascii=False, indent=2)


def _github(problems: Sequence[Problem]) -> str:
    return "\n".join([*map(_annotation, problems), summarize(problems)])


def _annotation(problem: Problem) -> str:
    command = "error" if problem.level is Level.ERROR else "warning"
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    return f"::{command} {place},title={_property(problem.rule)}::{_data(problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": _text, "json": _json, "github": _github}


def say_step(step: str) -> None:
    """Say what begins, to people only: a log needs no progress."""
    if sys.stderr.isatty():
        say(step, err=True)


def problems_of_build(out: Path, build: Callable[[], list[Problem]]) -> list[Problem]:
    """Return the notices of a build, or why it made nothing.

    Args:
        out: the folder that it makes.
        build: does it.
    """
    try:
        return build()
    except ProblemsFound as found:
        return found.problems
    except PublishingError as error:
        return [Problem(out.as_posix(), 1, 1, str(error), "publishing")]
