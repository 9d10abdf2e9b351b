"""Problems as a form tells them: each with the names of the fields that it is in, in a summary that leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.editing.source.source_file import model_of
from macros.editor.answers import HOME
from macros.editor.guidance import form_message
from macros.editor.record_check import FieldProblem
from macros.editor.shown import joined
from macros.records.model.walk import ValuePath
from macros.records.problems import Level, Problem


@dataclass(frozen=True)
class FormFault:
    """One fault as the summary above the form tells it.

    Attributes:
        name: of the field in the form; empty if it is about the whole.
        title: of the field.
        message: what is wrong and what to do.
        is_error: whether it stops saving.
        address: of the form of another record that would become wrong; empty if it is about this one.
    """

    name: str
    title: str
    message: str
    is_error: bool
    address: str = ""


def message_of(path: ValuePath | None, problem: Problem) -> str:
    """Return what is to be said; of what would become wrong elsewhere also where."""
    message = form_message(problem)
    return message if path is not None or address_of_other(path, problem) else f"{problem.path}：{message}"


def address_of_other(path: ValuePath | None, problem: Problem) -> str:
    """Return the form of the other record that would become wrong; empty if it is about this one."""
    model = model_of(problem.path) if path is None else None
    identifier = problem.path.rpartition("/")[2].rpartition(".")[0]
    return f"{HOME}records/{model.kind}/{identifier}/" if model else ""


def names_of(path: ValuePath | None) -> Iterator[str]:
    """Yield the names of what a path leads through, the innermost first: a form has a place for one of them."""
    steps = path or ()
    return (joined(*steps[:end]) for end in range(len(steps), 0, -1))


def summary_of(problems: Iterable[FieldProblem], titles: Mapping[str, str]) -> Iterator[FormFault]:
    """Yield the faults for the summary, each with the innermost field of the form that it is in."""
    for path, problem in problems:
        name = next((way for way in names_of(path) if way in titles), "")
        other, is_error = address_of_other(path, problem), problem.level is Level.ERROR
        yield FormFault(name, titles.get(name, ""), message_of(path, problem), is_error, other)
