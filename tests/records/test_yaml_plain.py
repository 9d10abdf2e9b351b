"""The plain form is read as the parser reads it, and left to the parser in every doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.records import yaml
from macros.records.problems import ProblemsFound
from macros.records.yaml import plain as plain_yaml
from tests.support import DISTRICT, ROOT

PLAIN = {
    "a: b\n": {"a": "b"},
    "a:\nb: ~\nc: null\nd: nothing\n": {"a": None, "b": None, "c": None, "d": "nothing"},
    "a: 0750123\nb: 9:30\nc: NO\n": {"a": "0750123", "b": "9:30", "c": "NO"},
    "a:\n  - b\n  - c\nd: e\n": {"a": ["b", "c"], "d": "e"},
    "a:\n- b\n- c\nd: e\n": {"a": ["b", "c"], "d": "e"},
    "a:\n  - b: c\n    d: e\n  - b: f\n": {"a": [{"b": "c", "d": "e"}, {"b": "f"}]},
    "a:\n  - b:\n      - c\n    d: e\n": {"a": [{"b": ["c"], "d": "e"}]},
    "a:\n  b:\n    c: d\ne: f\n": {"a": {"b": {"c": "d"}}, "e": "f"},
    "# 说明\na: b\n\n   \n  # 说明\nc: d\n": {"a": "b", "c": "d"},
    "a: [b, 甲-乙]\nc: {d: e, f: g}\n": {"a": ["b", "甲-乙"], "c": {"d": "e", "f": "g"}},
    "a: '甲: #乙'\nb: \"丙\"\nc: ''\n": {"a": "甲: #乙", "b": "丙", "c": ""},
    "a: |\n  甲：乙\n\n    - 丙\n  # 丁\n\nb: c\n": {"a": "甲：乙\n\n  - 丙\n# 丁\n", "b": "c"},
    "a:\n  - https://example.org/b\n": {"a": ["https://example.org/b"]},
}
LEFT_TO_THE_PARSER = [
    "", "\n", "a: b", "- a\n", "a\n", "a: b\na: c\n", "a: b\n  c\n", "a: b\n  c: d\n", "a:\n    b: c\n  d: e\n", "a:b\n",
    "a: b: c\n", "a: b #c\n", "a: b # c\n", "a: b:\n", "a: &x b\n", "a: *x\n", "a: !t b\n", "a: <<\n<<: *x\n", "a: >\n  b\n",
    "a: |-\n  b\n", "a: |2\n   b\n", "a: |\n\n  b\n", "a: |\nb: c\n", "a: [b,c]\n", "a: [[b]]\n", "a: {b: c, b: d}\n", "a: 'b'c\n",
    "a: 'b''c'\n", "a: \"\\n\"\n", "a: “甲”\n", "a: ［甲］\n", "a:\n  - 甲：乙\n  - name：乙\n", "a:\n  - b:c\n", "a：b\n", "a:\tb\n",
    "\ufeffa: b\n", "---\na: b\n", "a: b\n---\nc: d\n", "a: -5\n", "a: %\n", "a: @b\n", "? a\n: b\n", "- - a\n", "甲: 乙\n",
]  # fmt: skip

PIECES = [
    *"ab甲：、:-#|'\"{}[]?&*!%@~“＂［　\\",
    " ", "  ", "    ", "\n", "\n", "\n", "- ", ": ", " #", ", ", "a: ", "b:\n", "c: |\n", "  - ", "null", "9:30", "[a, b]", "{a: b}",
    "'x'", "\"y\"", "<<: ", "---", "...", "key: value\n", "  key: value\n", "- item\n", "  - item\n", "https://a.cn/", "\t", "\x85", "\u2028",
]  # fmt: skip
LINES = st.tuples(
    st.sampled_from(["", "", "  ", "    ", " "]),
    st.sampled_from(["", "", "- ", "-", "- - "]),
    st.sampled_from(["a: ", "b:", "c: ", "d: |", "name: ", "", "# "]),
    st.sampled_from(
        ["", "", "甲", "x y", "甲: 乙", "~", "[a, b]", "{a: b}", "'q'", "t #x", "a:", "x:y", "甲 ", "-5", "“x”"]
    ),
).map("".join)


def by_the_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any] | None:
    """Return what the parser reads; None if anything is wrong."""
    with monkeypatch.context() as patch:
        patch.setattr(plain_yaml, "read", lambda text: None)
        try:
            return yaml.parse("x.yml", text).data
        except ProblemsFound:
            return None


@pytest.mark.parametrize("text", PLAIN)
def test_the_plain_form_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain_yaml.read(text) == by_the_parser(text, monkeypatch) == PLAIN[text]


@pytest.mark.parametrize("text", LEFT_TO_THE_PARSER)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    assert plain_yaml.read(text) is None


@settings(max_examples=1500)
@given(
    st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.lists(LINES, max_size=9).map("\n".join))
)
def test_what_is_read_is_what_the_parser_reads(text: str) -> None:
    plain = plain_yaml.read(text + "\n")
    if plain is not None:
        with pytest.MonkeyPatch.context() as patch:
            parsed = by_the_parser(text + "\n", patch)
        assert plain == parsed
        assert repr(plain) == repr(parsed)


def records_of(project: Path) -> list[str]:
    """Return the texts of a project's records."""
    return [path.read_text("utf-8") for path in sorted(project.glob("data/[!t]*/*.yml"))]


@pytest.mark.parametrize("project", [ROOT, DISTRICT], ids=["repository", "district"])
def test_records_are_read_as_the_parser_reads_them(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {text: values for text in records_of(project) if (values := plain_yaml.read(text)) is not None}
    assert plain == {text: by_the_parser(text, monkeypatch) for text in plain}
