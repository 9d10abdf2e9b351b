"""Fix values whose meaning is certain from the field that they stand in: dates, times, telephones, document numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from macros.editing.source.source_file import Fix, texts
from macros.editing.source.splice import CannotSplice, set_value
from macros.records import yaml
from macros.records.model.description import FieldDescription, Form, may_stand
from macros.records.model.fields import LONGEST_LINE
from macros.records.model.groups import FieldGroup
from macros.records.model.walk import ValuePath
from macros.records.problems import ProblemsFound
from macros.text import telephones, web_addresses

_MOST_CHARACTERS = 1_000_000
_FEWEST = 20
"""Each value that is put right reads the text again: a large file is mended in several runs, so that each takes time in proportion to it."""

_DATE = re.compile(r"(\d{4}) ?(?:[-/.年—–] ?(\d{1,2}) ?(?:[-/.月—–] ?(?:(\d{1,2}) ?日?)?)?|年)")
_COMPACT_DATE = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2}) ?[:点时] ?(\d{2})? ?(?:分|:00)?")
_SECONDS = re.compile(r"^\d{1,2}:\d\d:00$")
"""A time that may stand, with the seconds that a spreadsheet added."""
_BRACKETS = (r"[\[(【〔﹝［（〖〘]", r"[\])】〕﹞］）〗〙]")
_DOCUMENT_NUMBER = re.compile(
    rf"(.*[^\s\d\[(【〔﹝［（〖〘]) *{_BRACKETS[0]} *(\d{{4}}) *年?{_BRACKETS[1]} *(第?\d+) *号", re.ASCII
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ADDRESSES = (Form.URL, Form.REFERENCE_OR_URL)


def fix_values(text: str, model: type[FieldGroup]) -> tuple[str, list[Fix]]:
    """Return a record's YAML with its certain slips in values put right; YAML at fault is left alone.

    Args:
        text: the YAML, with line feeds alone.
        model: the kind.
    """
    fixes = []
    for path, old, new in islice(_fixes(text, model), max(_FEWEST, _MOST_CHARACTERS // (len(text) + 1))):
        try:
            line = yaml.parse("", text).locate(path)[0]
            text = set_value(text, path, new, model)
        except CannotSplice:
            continue
        fixes.append(Fix(line, f"“{old}” 改成了 “{new}”"))
    return text, fixes


def _fixes(text: str, model: type[FieldGroup]) -> Iterator[tuple[ValuePath, str, str]]:
    try:
        data = yaml.parse("", text).data
    except ProblemsFound:
        return
    for path, field, value in texts(data, model):
        fixed = fixed_value(field, value)
        if fixed is not None and fixed != value:
            yield path, value, fixed


def fixed_value(field: FieldDescription, value: str) -> str | None:
    """Return what a value was meant to be, or None if it is right or its meaning is not certain."""
    if len(value) > LONGEST_LINE:
        return None
    if field.name == "doc_no":
        return _document_number(value)
    if field.form not in _FIXERS or (may_stand(value, field.form) and not _SECONDS.search(value)):
        return None
    # An address means what it says to the character.
    plain = value if field.form in _ADDRESSES else unicodedata.normalize("NFKC", value)
    fixed = _FIXERS[field.form](plain.strip())
    return fixed if fixed and may_stand(fixed, field.form) else None


def _document_number(value: str) -> str | None:
    match = _DOCUMENT_NUMBER.fullmatch(value.translate(_DIGITS))
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else None


def _date(value: str) -> str | None:
    match = _DATE.fullmatch(value) or _COMPACT_DATE.fullmatch(value)
    if not match:
        return None
    return "-".join([match[1], *(part.zfill(2) for part in match.groups()[1:] if part)])


def _period(value: str) -> str | None:
    return value if may_stand(value, Form.PERIOD) else _date(value)


def _time(value: str) -> str | None:
    match = _TIME.fullmatch(value)
    return f"{match[1]}:{match[2] or '00'}" if match else None


def _number(value: str) -> str | None:
    return re.sub("[, ]", "", value) if re.fullmatch(r"\d{1,3}(?:,\d{3}|(?<=\d) \d{3})+(\.\d+)?", value) else value


_FIXERS: dict[Form, Callable[[str], str | None]] = {
    Form.DATE: _date,
    Form.FULL_DATE: _date,
    Form.PERIOD: _period,
    Form.TIME: _time,
    Form.PHONE: telephones.usual,
    Form.NUMBER: _number,
    Form.NUMBER_OR_LINE: _number,
    Form.EMAIL: lambda value: value,
    Form.URL: web_addresses.corrected,
    Form.REFERENCE_OR_URL: web_addresses.corrected,
}
