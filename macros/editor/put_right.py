"""What was typed, put right where its meaning is certain: ``2023年5月``, ``９：００``, a number without its area code, a name for an id.

Only what was typed just now: what a file has said before is left to `kepu fix`, so that nothing changes that nobody touched.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from macros.editing.fix.value_fixes import fixed_value
from macros.editing.source.source_file import texts
from macros.records.collection import Collection
from macros.records.model.bound import cached_per_record
from macros.records.model.description import FieldDescription, Form, may_stand
from macros.records.model.fields import Phones
from macros.records.model.kinds import Record
from macros.records.model.walk import find
from macros.text import telephones


def put_right(model: type[Record], data: Any, opened: Any, collection: Collection) -> Any:
    """Return the values of a form with what is certainly meant in place of what was typed; the rest stays as it is.

    Args:
        model: the kind of the record.
        data: what the form says, as `Document.data` has it.
        opened: what the file said when the form was made.
        collection: the records that may be named by what they are called, and whose telephones have the usual area code.
    """
    before = {(_names(path), text) for path, _, text in texts(opened, model)}
    meant = [
        (path, word)
        for path, field, text in texts(data, model)
        if (_names(path), text) not in before and (word := _meant(field, text, collection)) and word != text
    ]
    if not meant:
        return data
    found = copy.deepcopy(data)
    for path, word in meant:
        holder = found
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = word
    return found


def _names(path: Iterable[str | int]) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))


def _meant(field: FieldDescription, text: str, collection: Collection) -> str | None:
    if field.form in (Form.REFERENCE, Form.REFERENCE_OR_URL) and text not in collection.records:
        return _named(field, text, collection) or fixed_value(field, text)
    if field.form is Form.PHONE and not may_stand(text, Form.PHONE):
        return telephones.with_area_code(text, _area(collection)) or fixed_value(field, text)
    return fixed_value(field, text)


def _named(field: FieldDescription, text: str, collection: Collection) -> str | None:
    """Return the id of the only record that is called so."""
    wanted = text.strip()
    found = [
        record.id
        for record in collection.records.values()
        if (not field.kinds or record.kind in field.kinds) and wanted in record.names
    ]
    return found[0] if len(found) == 1 else None


def _area(collection: Collection) -> str:
    numbers = (number for record in collection.records.values() for number in _phones(record))
    return collection.region.area_code or telephones.area_code(numbers)


@cached_per_record
def _phones(record: Record) -> tuple[str, ...]:
    return tuple(number for _, number in find(record, (Phones,)))
