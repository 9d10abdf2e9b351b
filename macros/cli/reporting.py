"""Write problems for people, for programs and for GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from macros.cli.console import printable
from macros.records.problems import Level, Problem, summarize


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
    entries = [{**asdict(problem), "level": str(problem.level)} for problem in problems]
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
