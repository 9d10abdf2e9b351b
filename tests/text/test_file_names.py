"""Names as people have them are allowed; what some system can't have is refused, with a name that it can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.text.file_names import LONGEST, is_allowed, objection, ready, same_on_windows

GOOD = [
    "附件1（申报表）.docx", "《管理办法》.pdf", "附件1：申报表.pdf", "申报 表.docx", "申报　表.docx", "2021—2035年.pdf", "“十四五”规划.pdf",
    "a(1).pdf", "二〇二二.PDF", "附件１．ＰＤＦ", "甲、乙，丙；丁！.xlsx", "100%.pdf", "a+b&c#d.pdf", "𠮷.pdf", "【定稿】[1]{2}.pdf",
    "it's.pdf", "console.pdf", "com10.pdf", "a.b.c.pdf",
]  # fmt: skip
BAD = {
    "CON.pdf": "Windows 留给设备", "con": "Windows 留给设备", "Lpt9.tar.gz": "Windows 留给设备", "COM¹.txt": "Windows 留给设备", "nul .pdf": "Windows 留给设备",
    "a:b.pdf": "里有 “:”", "a?.pdf": "里有 “?”", "a*.pdf": "里有 “*”", 'a".pdf': "里有 “\"”", "a<b>.pdf": "里有 “<”", "a|b.pdf": "里有 “|”",
    "a.pdf.": "开头或末尾", "a.pdf ": "开头或末尾", " a.pdf": "开头或末尾", "a.pdf\u3000": "开头或末尾", "": "开头或末尾",
    "a\x07.pdf": "控制字符 U+0007", "a\u200b.pdf": "U+200B", "a\u202efdp.exe": "U+202E", "a\u00a0b.pdf": "U+00A0",
    ".htaccess": "以点或", "~$a.docx": "以点或", "..": "以点或",
    "../a.pdf": "只写文件名，不写路径", "a/b.pdf": "只写文件名，不写路径", "C:\\a.pdf": "只写文件名，不写路径",
    "a%2Fb.pdf": "里有 “%”", "长" * 80 + ".pdf": "太长",
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_name_as_people_have_it_is_allowed(name: str) -> None:
    assert objection(name) is None


@pytest.mark.parametrize("name", BAD)
def test_what_some_system_cannot_have_is_told_with_a_ready_name(name: str) -> None:
    said = objection(name) or ""
    assert BAD[name] in said
    assert said.endswith(ready(name))
    assert is_allowed(ready(name))


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("./\\:*?~$ %con")), max_size=300))
def test_a_ready_name_is_always_allowed(name: str) -> None:
    made = ready(name)
    assert is_allowed(made), made
    assert len(made.encode()) <= LONGEST
    assert not {"/", "\\"} & set(made)


def test_windows_takes_these_for_one() -> None:
    assert same_on_windows("Photo.JPG") == same_on_windows("photo.jpg")
    assert same_on_windows("u\u0308.pdf") == same_on_windows("\u00fc.pdf")
    assert same_on_windows("甲.pdf") != same_on_windows("乙.pdf")
