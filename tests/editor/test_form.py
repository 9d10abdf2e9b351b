"""The form of a record, and what comes back from it: every field of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.editor.form import form_of
from macros.editor.form_parts import FormField, FormGroup, Widget
from macros.editor.submitted import data_of
from macros.records.load import Loaded, load
from macros.records.model.dates import PartialDate
from macros.records.model.registry import KINDS

DISTRICT = Path(__file__).parents[1] / "district"
AS_OF = PartialDate.parse("2026-11-24")


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(DISTRICT, AS_OF)


def pairs_of(group: FormGroup) -> Iterator[tuple[str, str]]:
    """Yield what a browser sends for a form in which nothing was changed."""
    for one in group.fields:
        if one.widget is Widget.GROUPS:
            yield one.name, ""
        for item in one.groups:
            if one.is_list:
                yield item.name, item.origin
            yield from pairs_of(item)
        if not one.groups and one.widget is not Widget.GROUPS:
            yield from values_of(one)


def values_of(one: FormField) -> Iterator[tuple[str, str]]:
    if one.widget is Widget.RAW:
        yield one.name, one.value
        return
    yield one.name, ""
    chosen = [choice.value for choice in one.choices if choice.is_chosen]
    for text in chosen if one.widget in (Widget.CHECKS, Widget.SELECT) else one.values:
        yield one.name, text.replace("\n", "\r\n")


def test_what_was_not_touched_stays_as_it_is(loaded: Loaded) -> None:
    for record in loaded.collection.records.values():
        model, data = KINDS[record.kind], record.document.data
        form = form_of(model, data, loaded.collection)
        assert data_of(model, list(pairs_of(form)), data) == data, record.id
