"""Slips are found where the parser is content, and an editor's own text is left alone."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml as loader

from benchmarks.hostile import RECORDS
from macros.editing.fix import fix_file
from macros.records import yaml
from macros.records.problems import ProblemsFound
from macros.records.yaml import syntax
from macros.records.yaml.faults import TRANSLATIONS, SyntaxFaults
from macros.records.yaml.forbidden import DEEPEST_NESTING
from tests.support.looping import failures
from tests.support.steps import steps

OWN_TEXT = [
    "body: |\n  name：甲\n  －甲\n  　　乙\n  -丙\n  a:b\n",
    "body: |\n  name：甲\n",
    "body: >-\n  name：甲\n  [甲，乙]\n",
    "a:\n  - b: |\n      name：甲\n    c: d\n",
    "body: '甲\n\n  name：乙'\n",
    'body: "【甲】 #1"\n',
    "title: 【公告】关于科普\n",
    "title: 关于“科普”的通知\n",
    "title: 甲，乙、丙\n",
    "url: https://example.org/a#b\n",
    "a: C# 与 F#\n",
    "a: 甲 # 说明\n",
    "# name：甲\na: b\n",
    "a: 1 &2 *3*4\n",
    "a: **重要**\n".replace("a: ", "a: '").replace("\n", "'\n"),
    "a: 50%\n",
    "times:\n  - 9:30\n",
    "a: 甲：乙\n",
    "aliases: ['甲，乙', 丙]\n",
    "a: “甲”和“乙”\n",
]


@pytest.mark.parametrize("text", OWN_TEXT)
def test_an_editors_own_text_is_left_alone(text: str) -> None:
    syntax.compose(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("name：甲\nsummary：乙\n", [(1, 5), (2, 8)]),
        ("a: [甲，乙]\nb: [丙、丁]\n", [(1, 6), (2, 6)]),
        ("a:\n  - b: |\n      甲\n    c：d\n", [(4, 6)]),
        ("body: |\n  甲\nname：甲\n", [(3, 5)]),
        ("a: &x 甲\nb: *x\n", [(1, 4), (2, 4)]),
    ],
)
def test_every_slip_is_told_at_its_place(text: str, places: list[tuple[int, int]]) -> None:
    with pytest.raises(SyntaxFaults) as found:
        syntax.compose(text)
    assert [(fault.line, fault.column) for fault in found.value.faults] == places


@pytest.mark.parametrize("text", ["a: {", "a: ]", "a: 'b", "a: \"\\q\"", "- - [", "? [", "a: b: c", "\t", "a: |9 x", "%a", "a: !<x", "@", "`", "a: &", "\"\\x\""])  # fmt: skip
def test_what_the_parser_refuses_is_told_in_chinese_within_the_text(text: str) -> None:
    with pytest.raises(SyntaxFaults) as found:
        syntax.compose(text)
    for fault in found.value.faults:
        assert any("\u4e00" <= character <= "\u9fff" for character in fault.message)
        assert 1 <= fault.line <= text.count("\n") + 1
        assert "expected" not in fault.message


def test_nesting_is_allowed_as_deep_as_no_record_goes() -> None:
    deep = DEEPEST_NESTING - 1
    syntax.compose("a: " + "[" * deep + "]" * deep)


def test_a_translation_says_what_to_do() -> None:
    assert all("请" in translation.message or "要" in translation.message for translation in TRANSLATIONS)


@pytest.mark.parametrize("name", RECORDS)
def test_hostile_records_take_steps_in_proportion_to_their_size(name: str) -> None:
    text = RECORDS[name] + "\n"

    def read_and_fix() -> None:
        with suppress(ProblemsFound):
            yaml.parse("data/policies/a.yml", text)
        fix_file("data/policies/a.yml", text.encode())

    assert steps(read_and_fix) < 60 * len(text) + 5_000_000


def test_no_character_hides_an_anchor() -> None:
    befores = ("", "\u00a0", "\u3000", "\u200b", "\x85", "甲: ", "- ", "? ", "[", "{甲:", "'甲':", ",", "\ufeff")
    cases = [(sign, before) for sign in ("&x 甲", "*x", "!x 甲", "{<<: x}") for before in befores]
    assert failures(_assert_no_anchor_is_hidden, cases) == []


def _assert_no_anchor_is_hidden(case: tuple[str, str]) -> None:
    sign, before = case
    text = f"a: 甲\nb: 'x'\nc:\n  {before}{sign}\n"
    try:
        anchors = [
            event for event in loader.parse(text) if getattr(event, "anchor", None) or getattr(event, "tag", None)
        ]
    except loader.YAMLError:
        anchors = []
    if not anchors:
        return
    with pytest.raises(SyntaxFaults):
        syntax.compose(text)
