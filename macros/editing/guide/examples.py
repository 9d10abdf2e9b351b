"""Records written out in full, with a comment on each field: what editors read, and copy from.

The values are written by hand, the comments are made from the models, so that no comment ever says anything else than
the check does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from macros.editing.guide.field_tables import what_to_write
from macros.editing.source.source_file import SourceFile
from macros.records.model.description import FieldDescription, Form, fields_in_files
from macros.records.model.groups import FieldGroup
from macros.records.yaml import syntax

FOLDER = "docs/examples"
"""Where the examples lie, as a project of their own, which no build ever reads."""

# A heading within prose begins with more than one sign, so that it is never taken for a comment.
_COMMENT = re.compile(r"^ *# .*\n", re.MULTILINE)
_INDENTATION = re.compile(" *")


def annotate(path: str, text: str, model: type[FieldGroup], label: str) -> str:
    """Return a record's file with its comments made anew, one above the first mention of each field.

    Args:
        path: the file, for telling Markdown from YAML.
        text: its text, with line feeds alone.
        model: the kind.
        label: the kind's name for people.

    Raises:
        SyntaxFaults: the YAML can't be read.
    """
    file = SourceFile.of(path, text)
    bare = _COMMENT.sub("", file.yaml)
    root = syntax.compose(bare)
    lines = bare.split("\n")
    for number, note in reversed(list(_notes(root, model, set()))):
        indentation = _INDENTATION.match(lines[number])
        lines.insert(number, f"{indentation[0] if indentation else ''}# {note}")
    heading = f"# {label}的例子：内容是虚构的，只用来看写法，不会发布。以 # 开头的行是说明。\n"
    return file.with_yaml(heading + "\n".join(lines)).text


def _notes(
    node: yaml.MappingNode, model: type[FieldGroup], explained: set[tuple[type[FieldGroup], str]]
) -> Iterator[tuple[int, str]]:
    """Yield the line of each field that is not explained yet, from 0, and what is to be said above it."""
    fields = {field.name: field for field in fields_in_files(model)}
    for key, value in node.value:
        field = fields.get(key.value)
        if field is None:
            continue
        if (model, field.name) not in explained:
            explained.add((model, field.name))
            yield key.start_mark.line, note(field)
        for item in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            if field.group and isinstance(item, yaml.MappingNode):
                yield from _notes(item, field.group, explained)


def note(field: FieldDescription) -> str:
    """Say in one line what a field is for and what may be written in it."""
    title = f"{field.title}（必填）" if field.required else field.title
    explanation = "；".join(filter(None, [field.help, *_form(field)]))
    return f"{title}：{explanation}" if explanation else title


def _form(field: FieldDescription) -> Iterable[str]:
    if field.form is Form.TERM:
        yield f"词在 data/terms/{field.vocabulary}.yml"
    elif field.choice and not any(term.label in field.help for term in field.choice):
        yield f"写 {what_to_write(field).removesuffix('（列表）')}"
    elif field.form is Form.BOOL and "写 是" not in field.help:
        yield "写 是 或 否"
    elif field.form is Form.PROSE:
        yield "以 | 开头，下面缩进两格，可以分段"
    if field.is_list:
        yield "可以写几项"
