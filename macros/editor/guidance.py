"""What a form tells editors: helps and messages in the words of a form instead of those of a file.

The models say how a field is written in a file; whoever ticks a box needs no ids, brackets or names of fields. Nothing is
added, and what no rule here fits stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from macros.editor.form_parts import Option, Widget
from macros.records.model.description import FieldDescription, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.problems import OF_DRAFT, Problem

_CHOOSING = (Widget.SELECT, Widget.CHECKS, Widget.REFERENCE)
_OF_FILES = re.compile(r"写词表里的一?个?词|英文名|例如 [a-z]+$|写成 ?[\[“]|content/|^写 id$|：? ?\[周")
_LISTED = re.compile(r"\[([^\[\]]*)\]")
_NAME_WITH_TITLE = re.compile(r"\b[a-z_]{2,}（([^（）]+)）")
_ID_BEHIND = re.compile(r"（[a-z0-9][a-z0-9-]*）")
_MISSING = re.compile(r"缺少 \w+（(.+?)）(?:（.*?）)?；请补上一行 “.*”$")
_BY_COMMAND = re.compile(r"请运行 kepu resolve \S+，它会问留哪一份")
_STAMP_BY_COMMAND = re.compile(r"运行 kepu stamp(?: \S+ 墙上的词)?，把它给的(?:那一串写|一串贴)在这里")
_BY_BUTTON = "在下面写墙上的词，按“算出印章”"
_NEW_FILE = re.compile(r"，或新建 data/\S+")


def form_help(model: type[FieldGroup], name: str, widget: Widget, options: Iterable[Option]) -> str:
    """Return what to write in a field of a form.

    Args:
        model: the kind or group that the field belongs to, whose other fields its help may name.
        name: name of the field.
        widget: what it is filled in with.
        options: what may be chosen.
    """
    text = _STAMP_BY_COMMAND.sub(_BY_BUTTON, _help(model, name))
    return _chosen(text, options) if widget in _CHOOSING else text


@cache
def _help(model: type[FieldGroup], name: str) -> str:
    field = next(one for one in fields_of(model) if one.name == name)
    clauses = [clause for clause in map(_without_files, field.help.split("；")) if clause]
    text = _LISTED.sub(lambda found: found[1].replace(", ", "、"), "；".join(clauses))
    named = [one for inner in (model, *([field.group] if field.group else ())) for one in fields_of(inner)]
    for one in named:
        text = re.sub(
            rf"(?<!kepu )(?<![\w/:.-]){re.escape(one.name)}(?![\w/:.-])", f"“{one.title}”", text, flags=re.ASCII
        )
    return text


def form_example(field: FieldDescription, widget: Widget) -> str:
    """Return an example of what may be typed; what is chosen needs none."""
    return "" if widget in _CHOOSING else _LISTED.sub(lambda found: found[1].replace(", ", "、"), field.example)


def _without_files(clause: str) -> str:
    return "，".join(phrase for phrase in clause.split("，") if not _OF_FILES.search(phrase))


def _chosen(text: str, options: Iterable[Option]) -> str:
    text = re.sub(r"写(它们?)的 id", r"选\1", text).replace("的 id", "")
    for option in options:
        text = text.replace(f"写 {option.label}", f"选 {option.label}")
        text = text.replace(f"{option.value} {option.label}", option.label)
    return text


def form_message(problem: Problem) -> str:
    """Return the message of a problem as it is told beside the field: without names and ids that only files have."""
    text = _MISSING.sub(r"缺少\1；请填写", problem.message.removeprefix(OF_DRAFT))
    text = _STAMP_BY_COMMAND.sub(_BY_BUTTON, _BY_COMMAND.sub("请选留哪一份", _NEW_FILE.sub("", text)))
    return _ID_BEHIND.sub("", _NAME_WITH_TITLE.sub(r"“\1”", text))
