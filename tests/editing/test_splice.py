"""A splice reads as intended and leaves everything else byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.editing.source.places import Places
from macros.editing.source.splice import CannotSplice, remove, set_value
from macros.records.model.kinds import Base
from tests.editing.documents import DOCUMENTS, LINES, ODD, VALUES, data_of, readable_records, stripped


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of all values inside a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for step, item in pairs for found in [(*path, step), *paths_of(item, (*path, step))]]


def span(text: str, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Return first and last line, from 0, of a field or an item."""
    places = Places(text.removeprefix("\ufeff"))
    place = places.find(path)
    assert place is not None
    node = place.key if place.key is not None else place.node
    holder = places.find(path[:-1])
    first = node.start_mark.line
    if place.key is None and holder is not None and not getattr(holder.node, "flow_style", False):
        first = places.text.count("\n", 0, places.dash(holder.node, int(path[-1])))
    return first, places.text.count("\n", 0, places.end(place.node))


@st.composite
def places_in_documents(draw: st.DrawFn) -> tuple[str, tuple[str | int, ...]]:
    text = draw(st.one_of(st.sampled_from(DOCUMENTS), readable_records()))
    return text, draw(st.sampled_from(paths_of(data_of(text))))


@given(places_in_documents(), VALUES)
def test_a_value_that_is_set_reads_as_intended(where: tuple[str, tuple[str | int, ...]], value: Any) -> None:
    text, path = where
    made = set_value(text, path, value)
    intended = data_of(text)
    holder = intended
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = stripped(value)
    assert data_of(made) == intended
    _rest_is_unchanged(text, made, *span(text, path))


@given(places_in_documents())
def test_a_value_that_is_removed_is_gone(where: tuple[str, tuple[str | int, ...]]) -> None:
    text, path = where
    intended = data_of(text)
    holder = intended
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    made = remove(text, path)
    assert data_of(made) == intended
    # A list or a group that is left empty is written as [] or {} behind its key.
    first, last = span(text, path if holder else path[:-1])
    _rest_is_unchanged(text, made, first, last + 1 if holder else last)


def _rest_is_unchanged(text: str, made: str, first: int, last: int) -> None:
    old, new = text.split("\n"), made.split("\n")
    assert new[:first] == old[:first]
    after = old[last + 1 :]
    assert not after or new[-len(after) :] == after


@given(st.one_of(st.sampled_from(DOCUMENTS), readable_records()))
def test_setting_what_is_there_changes_nothing(text: str) -> None:
    assert set_value(text, (), data_of(text)) == text


@given(st.sampled_from(DOCUMENTS), st.sampled_from(["host_unit", "opened", "reviewed_on", "images", "town"]), VALUES)
def test_a_missing_field_goes_where_the_model_has_it(text: str, name: str, value: Any) -> None:
    if name in data_of(text):
        return
    made = set_value(text, (name,), value, Base)
    assert data_of(made) == {**data_of(text), name: stripped(value)}
    assert [line for line in text.split("\n") if line not in made.split("\n")] in ([], [text.split("\n")[-1]])


@given(places_in_documents(), LINES.map(str.strip))
@example((ODD, ("fields", 1)), "甲, 乙")
@example((ODD, ("contact", "person")), "某人")
def test_one_line_for_one_line_changes_one_line(where: tuple[str, tuple[str | int, ...]], value: str) -> None:
    text, path = where
    old = data_of(text)
    for step in path:
        old = old[step]
    if not isinstance(old, str | None) or (isinstance(old, str) and "\n" in old) or "\n  缩进" in str(old):
        return
    first, last = span(text, path)
    made = set_value(text, path, value)
    if first == last:
        changed = [
            n for n, pair in enumerate(zip(text.split("\n"), made.split("\n"), strict=True)) if pair[0] != pair[1]
        ]
        assert changed in ([], [first])


def test_comments_stay_with_their_lines() -> None:
    made = set_value(ODD, ("name",), "新名")
    assert "name:   新名   # 名称后的注释\n" in made
    made = set_value(ODD, ("aliases",), ["甲", "丙", "乙"])
    assert made == ODD.replace("# 两个之间\n", "- 丙\n# 两个之间\n")
    made = set_value(ODD, ("body",), "只有一段")
    assert "body: |   # 正文\n     只有一段\n\n# 结尾前\n" in made


def test_a_new_field_takes_the_files_own_indentation() -> None:
    made = set_value(ODD, ("admission",), {"free": "是", "concession": "学生免费"}, Base)
    assert "admission:\n    free: 是\n    concession: 学生免费\n" in made
    made = set_value(ODD, ("images",), [{"file": "a.jpg", "alt": "甲"}], Base)
    assert "images:\n- file: a.jpg\n  alt: 甲\n" in made


def test_one_line_without_an_end_takes_a_plain_line_end() -> None:
    assert set_value("name: 甲", ("summary",), "乙") == "name: 甲\nsummary: 乙"
    assert set_value("name: 甲\r\n", ("summary",), "乙") == "name: 甲\r\nsummary: 乙\r\n"


def test_of_two_equal_items_the_one_that_was_meant_is_changed() -> None:
    text = "sources:\n- url: a   # 一\n- url: a   # 二\n"
    assert remove(text, ("sources", 0)) == "sources:\n# 一\n- url: a   # 二\n"
    assert set_value(text, ("sources", 1, "url"), "b") == text.replace("a   # 二", "b   # 二")
    assert set_value(text, ("sources", 2), {"url": "c"}) == text + "- url: c\n"


def test_a_text_at_fault_is_refused() -> None:
    with pytest.raises(CannotSplice):
        set_value("name：甲\n", ("name",), "乙")
    with pytest.raises(CannotSplice):
        set_value("name: 甲\n", ("contact", "phone"), "12345")
    with pytest.raises(CannotSplice):
        remove("name: 甲\n", ("nowhere", 3))
