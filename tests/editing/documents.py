"""Documents to be changed: one that is odd, the projects' own, and records as editors might write them.

What is generated is right, but with comments, odd indentation, brackets, quotes, long lines and Windows' line ends.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from macros.editing.source import scalars
from macros.records import yaml
from macros.records.problems import ProblemsFound
from tests.support import DISTRICT, ROOT

ODD = """\
# 一条奇怪但正确的记录
name:   示例   # 名称后的注释
aliases:
- 甲   # 第一个
# 两个之间
-   '乙'
summary: "带引号的\\"简介\\""

location: {longitude: 113.08,   latitude: 22.59, crs: gcj02}   # 一行写完
contact:
    person:
    phone: 0750-1234567

    # 联系方式里的注释
    url:  https://example.org/a#b
recognitions:
    - title: 省级科普基地
      level: provincial

      stage: held   # 已经有了
    -
      level: national
      title: 国家级科普基地
      stage: planned
fields: [ 'a', b ,c ]   # 领域
body: |   # 正文
     第一段

       缩进的一行
     # 不是注释

# 结尾前
events: []
sources:
  - {title: 某处, mark: official, url: "https://example.org/?a=1&b=2"}
"""
DOCUMENTS = [ODD, ODD.replace("\n", "\r\n"), "\ufeff" + ODD, ODD.rstrip("\n")] + [
    path.read_text("utf-8")
    for folder in (DISTRICT / "data", ROOT / "data")
    for path in sorted(folder.glob("bases/*.yml"))
]
_CHARACTERS = "ab 9甲乙：，。“”[]{}#:-'\"|>%@&*!?\\~、〔\n"
TEXTS = st.text(_CHARACTERS, min_size=1, max_size=12).filter(lambda text: text.strip())
LINES = TEXTS.map(lambda text: text.replace("\n", " ")).filter(lambda text: text.strip())
VALUES = st.one_of(
    TEXTS,
    st.lists(LINES, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(["title", "url"]), LINES, min_size=1),
)


def data_of(text: str) -> Any:
    """Return what a text says, line breaks around texts taken off."""
    return stripped(yaml.parse("", text.removeprefix("\ufeff").replace("\r\n", "\n")).data)


def stripped(value: Any) -> Any:
    """Take off the line breaks around all texts of a value."""
    if isinstance(value, dict):
        return {name: stripped(item) for name, item in value.items()}
    if isinstance(value, list):
        return [stripped(item) for item in value]
    return value.strip("\n") if isinstance(value, str) else value


WORDS = st.text("ab 9甲乙：，。“”[]{}#:-'\"|>%@&*!?\\~、〔（", min_size=1, max_size=10).filter(
    lambda text: text.strip()
)
LONG = st.text("很长的一行字，没有换行。", min_size=120, max_size=200)
COMMENTS = st.sampled_from(["# 备注", "#   a: b，c", "# - 不是列表", ""])


class Writer:
    """Writes values as YAML, choosing among all the ways that mean the same."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._step = draw(st.integers(1, 5))
        self._dash = draw(st.sampled_from([0, 2, 4]))

    def group(self, value: dict[str, Any], indent: int) -> list[str]:
        """Return the lines of a group of fields."""
        lines: list[str] = []
        for name, item in value.items():
            lines += self._comment(indent)
            lines += self._entry(f"{' ' * indent}{name}:", item, indent)
        return lines

    def _comment(self, indent: int) -> list[str]:
        if self._draw(st.integers(0, 3)):
            return []
        return [(" " * self._draw(st.sampled_from([0, indent])) + self._draw(COMMENTS)).rstrip()]

    def _entry(self, head: str, value: Any, indent: int) -> list[str]:
        if isinstance(value, str):
            return self._text(head, value, indent)
        if self._draw(st.booleans()):
            return [f"{head} {scalars.flow_text(value)}{self._trailing()}"]
        if isinstance(value, dict):
            return [head + self._trailing(), *self.group(value, indent + self._step)]
        lines = [head + self._trailing()]
        for item in value:
            lines += self._comment(indent)
            lines += self._item(item, indent + self._dash)
        return lines

    def _item(self, value: Any, indent: int) -> list[str]:
        if isinstance(value, dict):
            first, *rest = self.group(value, indent + 2)
            if first.lstrip().startswith("#") or not first.strip():
                return [" " * indent + "-", first, *rest]
            return [" " * indent + "- " + first.lstrip(), *rest]
        return self._text(" " * indent + "-", value, indent)

    def _text(self, head: str, value: str, indent: int) -> list[str]:
        if "\n" in value:
            step = self._draw(st.integers(1, 4))
            return [f"{head} |{self._trailing()}", *(" " * (indent + step) + line for line in value.split("\n"))]
        style = self._draw(st.sampled_from([None, "'", '"']))
        written = next(form for form in scalars.scalars(value, 0, style=style) if not form.rest)
        return [f"{head}{' ' * self._draw(st.integers(1, 3))}{written.head}{self._trailing()}"]

    def _trailing(self) -> str:
        return self._draw(st.sampled_from(["", "", "   # 行末的备注"]))


@st.composite
def records(draw: st.DrawFn) -> str:
    """Draw the text of a record."""
    groups = st.dictionaries(st.sampled_from(["title", "publisher", "url", "mark"]), WORDS | LONG, min_size=1)
    values: dict[str, st.SearchStrategy[Any]] = {
        "name": WORDS,
        "aliases": st.lists(WORDS, min_size=1, max_size=4),
        "summary": WORDS | LONG,
        "contact": groups,
        "body": st.lists(WORDS.map(str.strip), min_size=2, max_size=4).map("\n".join),
        "sources": st.lists(groups, min_size=1, max_size=3),
    }
    names = draw(st.permutations(list(values)))
    data = {name: draw(values[name]) for name in names[: draw(st.integers(2, len(names)))]}
    text = "\n".join(Writer(draw).group(data, 0)) + draw(st.sampled_from(["\n", ""]))
    return text.replace("\n", "\r\n") if draw(st.integers(0, 4)) == 0 else text


def readable_records() -> st.SearchStrategy[str]:
    """Generated records that the reader accepts; it refuses some texts that look like slips."""
    return records().filter(_is_readable)


def _is_readable(text: str) -> bool:
    try:
        data_of(text)
    except ProblemsFound:
        return False
    return True
