"""Vocabularies and word lists are read, and what is wrong in them is told at its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros.records import yaml
from macros.records.collection import Synonym
from macros.records.problems import ProblemsFound
from macros.records.termfiles import read_readings, read_synonyms, read_vocabulary
from macros.records.yaml.document import Document


def parsed(text: str) -> Document:
    return yaml.parse("data/terms/x.yml", text)


def levels(document: Document) -> object:
    return read_vocabulary("levels", document)


def test_a_vocabulary_is_sorted_by_order() -> None:
    found = read_vocabulary(
        "x", parsed("b: {label: 乙, order: 2, months: 6}\na: {label: 甲, order: 10, help: 说明, kind: bases}\n")
    )
    assert [(term.id, term.label, term.order, term.help, term.kind, term.months) for term in found] == [
        ("b", "乙", 2, "", "", 6),
        ("a", "甲", 10, "说明", "bases", None),
    ]


def test_one_label_may_serve_two_kinds() -> None:
    read_vocabulary(
        "types", parsed("a: {label: 园区, order: 1, kind: bases}\nb: {label: 园区, order: 2, kind: platforms}\n")
    )


def test_word_lists() -> None:
    assert read_readings(parsed("重庆: chong qing\n绿: lü\n")) == {"重庆": ("chong", "qing"), "绿": ("lü",)}
    assert read_synonyms(parsed("高企: {means: 高新技术企业, weight: 0.8}\n")) == {"高企": Synonym("高新技术企业", 0.8)}


@pytest.mark.parametrize(
    ("read", "text", "rule", "place"),
    [
        (levels, "a: 甲\n", "not-a-group", (1, 4)),
        (levels, "a:\n", "empty", (1, 3)),
        (levels, "a: {label: 甲}\n", "missing-field", (1, 4)),
        (levels, "a: {label: 甲, order: 一}\n", "wrong-number", (1, 22)),
        (levels, "甲: {label: 甲, order: 1}\n", "wrong-id", (1, 1)),
        (levels, "a: {label: 甲, order: 1}\nb: {label: 甲, order: 2}\n", "repeated-label", (2, 12)),
        (read_readings, "重庆: chong\n", "wrong-reading", (1, 5)),
        (read_readings, "重庆: Chong Qing\n", "wrong-reading", (1, 5)),
        (read_readings, "重庆: [chong, qing]\n", "wrong-reading", (1, 5)),
        (read_synonyms, "高企: {means: 高新技术企业, weight: 0}\n", "wrong-weight", (1, 29)),
        (read_synonyms, "高企: {means: 高新技术企业}\n", "missing-field", (1, 5)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(
    read: Callable[[Document], object], text: str, rule: str, place: tuple[int, int]
) -> None:
    with pytest.raises(ProblemsFound) as found:
        read(parsed(text))
    assert [(p.rule, (p.line, p.column)) for p in found.value.problems] == [(rule, place)]
