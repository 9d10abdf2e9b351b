"""Fix slips in the syntax of one line, where what was meant is certain.

What the checks of `macros.records.yaml.syntax` find by rule, line and column is put right by rule here; a text that they
find nothing in is never touched. Certain means: a word before a full-width colon is a field's name, a full-width bracket
stands in a field that holds a list, a full-width comma between items of a list that can't hold one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from macros.editing.source.source_file import Fix
from macros.records.model.description import FieldDescription, Form, fields_of, groups_of
from macros.records.model.groups import FieldGroup
from macros.records.yaml import syntax
from macros.records.yaml.faults import Fault, SyntaxFaults

_KEY = re.compile(r"[ ]*(?:- +)*([A-Za-z_][A-Za-z0-9_-]*) *[:：]")
_FREE = (Form.LINE, Form.PROSE, Form.NUMBER_OR_LINE)
_SPACES = " \u3000\u00a0"
_WIDTHS = (2, 1, 4)
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Reading:
    """How a file is taken.

    Attributes:
        fields: the fields that may stand in it by name, several where parts share one; None where any word may.
        wide: how many spaces a tab or a full-width space stands for.
    """

    fields: dict[str, list[FieldDescription]] | None
    wide: int = 2

    @classmethod
    def of(cls, model: type[FieldGroup] | None) -> Reading:
        """Gather the fields of a kind and of all its parts."""
        if model is None:
            return cls(None)
        fields: dict[str, list[FieldDescription]] = {}
        for inner in (model, *groups_of([model])):
            for field in fields_of(inner):
                fields.setdefault(field.name, []).append(field)
        return cls(fields)

    def has(self, name: str) -> bool:
        """Tell whether a word is a field's name."""
        return self.fields is None or name in self.fields

    def named(self, name: str) -> Iterable[FieldDescription]:
        """Return the fields of a name."""
        return (self.fields or {}).get(name, ())


Fixer = Callable[[str, int, Reading], str | None]


def fix_lines(text: str, model: type[FieldGroup] | None) -> tuple[str, list[Fix]]:
    """Return YAML with its certain slips put right.

    Args:
        text: the YAML, with line feeds alone.
        model: the kind, for the names of its fields; None where any word may be a key.
    """
    if not _faults(text):
        return text, []
    reading = Reading.of(model)
    # What a tab stands for shows in what it leaves without a fault.
    tries = [_fix(text, replace(reading, wide=wide)) for wide in _WIDTHS]
    return next((made for made in tries if not _faults(made[0])), tries[0])


def _fix(text: str, reading: Reading) -> tuple[str, list[Fix]]:
    fixes: list[Fix] = []
    for _ in range(_MOST_ROUNDS):
        lines = text.split("\n")
        made = [fix for fault in _one_a_line(_faults(text)) if (fix := _fix_line(lines, fault, reading))]
        if not made:
            break
        fixes += made
        text = "\n".join(lines)
    return text, fixes


def _faults(text: str) -> list[Fault]:
    try:
        syntax.compose(text)
    except SyntaxFaults as found:
        return found.faults
    return []


def _one_a_line(faults: Iterable[Fault]) -> Iterable[Fault]:
    """Leave one fault a line, the first, since fixing it moves the others."""
    return {fault.line: fault for fault in reversed(list(faults))}.values()


def _fix_line(lines: list[str], fault: Fault, reading: Reading) -> Fix | None:
    if fault.rule not in _FIXERS:
        return None
    fixer, message = _FIXERS[fault.rule]
    line = lines[fault.line - 1]
    fixed = fixer(line, fault.column - 1, reading)
    if fixed is None or fixed == line:
        return None
    lines[fault.line - 1] = fixed
    return Fix(fault.line, message.format(line[fault.column - 1]))


def _indentation(line: str, at: int, reading: Reading) -> str | None:
    """Write indentation with plain spaces: several for a tab or a full-width space, one for a no-break space."""
    rest = line.lstrip(" \t\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b")
    before = line[: len(line) - len(rest)].replace("\u200b", "")
    return "".join(" " * reading.wide if character in "\t\u3000" else " " for character in before) + rest


def _colon(line: str, at: int, reading: Reading) -> str | None:
    key = _KEY.match(line)
    if not key or key.end() != at + 1 or not reading.has(key[1]):
        return None
    return f"{line[:at].rstrip()}: {line[at + 1 :].lstrip(_SPACES)}".rstrip(" ")


def _hidden_space(line: str, at: int, reading: Reading) -> str | None:
    """Fix a full-width space behind a colon, where the parser sees no field at all."""
    key = _KEY.match(line)
    if not key or not line[key.end() :].startswith(("\u3000", "\u00a0")):
        return None
    return _colon(line, key.end() - 1, reading)


def _dash(line: str, at: int, reading: Reading) -> str | None:
    return f"{line[:at]}- {line[at + 1 :].lstrip(' ')}"


def _brackets(line: str, at: int, reading: Reading) -> str | None:
    key = _KEY.match(line)
    wide, plain = ("［］", "[]") if line[at] == "［" else ("｛｝", "{}")
    named = list(reading.named(key[1])) if key else []
    is_certain = bool(named) and all(field.is_list if plain == "[]" else field.group for field in named)
    if not is_certain or line.rstrip()[-1] not in (wide[1], plain[1]):
        return None
    return line[:at] + line[at:].translate(str.maketrans(wide, plain))


def _comma(line: str, at: int, reading: Reading) -> str | None:
    key, start = _KEY.match(line), line.rfind("[", 0, at)
    end = line.find("]", at)
    if not key or start < 0 or end < 0:
        return None
    inside = line[start + 1 : end]
    named = list(reading.named(key[1]))
    is_free = not named or any(field.form in _FREE for field in named)
    # A list of free texts may hold a comma within one; where every comma is full-width, they all part items.
    if re.search("['\"]", inside) or (is_free and re.search("[,、]", inside)):
        return None
    return line[: start + 1] + re.sub("[，、,] *", ", ", inside) + line[end:]


def _quote(line: str, at: int, reading: Reading) -> str | None:
    ends = line.rstrip()
    return f'{line[:at]}"{ends[at + 1 : -1]}"' if line[at] == ends[-1] == "＂" and '"' not in line else None


_FIXERS: dict[str, tuple[Fixer, str]] = {
    "deep-first-line": (lambda line, at, reading: line[:at] + line.lstrip(" "), "文段的第一行和后面的行对齐了"),
    "tab": (_indentation, "行首的制表符改成了空格"),
    "wide-space": (_indentation, "行首的全角空格或不换行空格改成了空格"),
    "missing-colon": (_hidden_space, "冒号后面的全角空格改成了空格"),
    "not-a-mapping": (_hidden_space, "冒号后面的全角空格改成了空格"),
    "wide-colon": (_colon, "全角冒号改成了半角冒号加空格"),
    "missing-space": (
        lambda line, at, reading: (_dash if line[at] == "-" else _colon)(line, at, reading),
        "“{}” 后面补了空格",
    ),
    "wide-dash": (_dash, "“{}” 改成了半角短横加空格"),
    "wide-bracket": (_brackets, "全角括号改成了半角括号"),
    "wide-comma": (_comma, "“{}” 改成了半角逗号"),
    "wide-quote": (_quote, "全角引号改成了半角引号"),
}
