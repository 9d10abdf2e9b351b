"""Turn pydantic's findings into problems in Chinese at the place of the fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from macros.records.model.annotations import EMPTY
from macros.records.model.groups import FieldGroup
from macros.records.model.terms import near, shorten
from macros.records.model.walk import ValuePath, group_class
from macros.records.problems import Problem
from macros.records.yaml.document import Document
from macros.text.characters import UNSEEN, described


def translate(
    error: ValidationError, model: type[FieldGroup], document: Document, prefix: ValuePath = ()
) -> Iterator[Problem]:
    """Yield one problem for each finding.

    Args:
        error: what pydantic found.
        model: the class that was validated.
        document: the file that the values came from.
        prefix: path of the validated value in the file.
    """
    for details in findings(error):
        path = tuple(step for step in details["loc"])
        message = _MESSAGES.get(details["type"], _other)
        rule, text = message(details, path, model)
        missing = details["type"] == "missing"
        place = path[:-1] if missing else path
        at = details.get("ctx", {}).get("at", -1)
        problem = document.problem((*prefix, *place), text, rule, key=details["type"] == "extra_forbidden", at=at)
        yield replace(problem, steps=(*prefix, *path))


def findings(error: ValidationError) -> list[ErrorDetails]:
    """Return what pydantic found, without what follows from the rest: a list is too short when what stands in it is wrong."""
    found = error.errors(include_url=False)
    return [details for details in found if details["type"] != "too_short" or not details["input"]]


Message = tuple[str, str]
"""Rule and message of a problem."""


def _complaint(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    context = details.get("ctx", {})
    return str(context["rule"]), _titled(_title(model, path), str(context["message"]))


def _titled(title: str, message: str) -> str:
    """Put the field's title before a message that does not begin with it."""
    return message if message.startswith(title) else f"{title}：{message}"


def _missing(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    where = f"（{_way(path[:-1])}）" if len(path) > 1 else ""
    return "missing-field", f"缺少 {path[-1]}（{_title(model, path)}）{where}；请补上一行 “{path[-1]}: …”"


def _way(path: ValuePath) -> str:
    return " ".join(step if isinstance(step, str) else f"第 {step + 1} 项" for step in path)


def _unknown(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    fields = group_class(model, path[:-1]).model_fields
    titles = {field.alias or name: field.title or name for name, field in fields.items()}
    if path == ("id",):
        return "unknown-field", "文件里不写 id，文件名就是 id；请删掉这一行"
    if hidden := UNSEEN.search(str(path[-1])):
        return "unknown-field", f"字段名里有{described(hidden[0])}；请删掉它"
    hint = _nearest(str(path[-1]), titles) or "可以写：" + "、".join(titles)
    return "unknown-field", f"没有 “{shorten(str(path[-1]))}” 这个字段；{hint}。请改正或删掉"


def _nearest(word: str, titles: dict[str, str]) -> str:
    """Return the names that the editor may have meant, who may have written the Chinese title instead."""
    close = [name for name in titles if titles[name] == word] or near(word, titles)
    return "相近的有：" + "、".join(f"{name}（{titles[name]}）" for name in close) if close else ""


def _not_a_list(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    if details["input"] is None:
        return "empty", f"{_title(model, path)}：{EMPTY}"
    return "not-a-list", f"{_title(model, path)}：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"


def _too_few(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    return "empty", f"{_title(model, path)}：列表是空的；这里至少要写一项"


def _not_a_group(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    inner = group_class(model, path)
    names = "、".join(field.alias or name for name, field in inner.model_fields.items())
    if details["input"] is None:
        return "empty", _titled(_title(model, path), EMPTY)
    return "not-a-group", _titled(_title(model, path), f"这里要分项写，每行一个 “字段: 值”；字段有：{names}")


def _other(details: ErrorDetails, path: ValuePath, model: type[FieldGroup]) -> Message:
    return "wrong-value", f"{_title(model, path)}：值不对；请对照编辑指南改正"


def _title(model: type[FieldGroup], path: ValuePath) -> str:
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return ""
    last = max(position for position, step in enumerate(path) if step == names[-1])
    fields = group_class(model, path[:last]).model_fields
    titles = (field.title for name, field in fields.items() if (field.alias or name) == names[-1])
    return next(titles, None) or names[-1]


_MESSAGES: dict[str, Callable[[ErrorDetails, ValuePath, type[FieldGroup]], Message]] = {
    "complaint": _complaint,
    "missing": _missing,
    "extra_forbidden": _unknown,
    "tuple_type": _not_a_list,
    "too_short": _too_few,
    "model_type": _not_a_group,
    "model_attributes_type": _not_a_group,
}
