"""`kepu fix` mends what is certain, names the cure for the rest, and never touches meaning or comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.editing.fix import fix_file
from macros.records import yaml
from macros.records.load import load
from macros.records.problems import ProblemsFound
from tests.editing.documents import DOCUMENTS, LINES, data_of, readable_records
from tests.support import AS_OF
from tests.support.projects import kepu, lay_project

COMMON = """\
# 编辑的备注
name: 示例{word}
summary: 一处示例{word}。
{town}contact:
  phone: 0750-1234567   # 总机
{words}
recognitions:
  - title: 省级示例
    level: provincial
    year: 2019-05
    stage: held
body: |
  正文：第一段，有全角标点。
  还是第一段。
sources:
  - title: 示例网站
    mark: official
"""
FILES = {
    "data/bases/one.yml": COMMON.format(word="馆", town="town: east\n", words="aliases: [甲馆, 乙馆]"),
    "data/incubators/two.yml": COMMON.format(word="园", town="", words="specialty: [环保, 照明]"),
    "data/platforms/three.yml": COMMON.format(word="院", town="", words="partners: [某大学, 某公司]"),
}


def _in_sources(indent: str) -> Callable[[str], bytes]:
    def spoil(text: str) -> bytes:
        head, mark, sources = text.partition("sources:")
        wide = re.sub("^(  )+", lambda match: indent * (len(match[0]) // 2), sources, flags=re.MULTILINE)
        return f"{head}{mark}{wide}".encode()

    return spoil


def _swap(old: str, new: str) -> Callable[[str], bytes]:
    return lambda text: text.replace(old, new, 1).encode()


CERTAIN: dict[str, Callable[[str], bytes]] = {
    "GBK": lambda text: text.encode("gbk"),
    "BOM": lambda text: text.encode("utf-8-sig"),
    "tab": _in_sources("\t"),
    "full-width colon": _swap("name: ", "name："),
    "full-width comma": lambda text: re.sub(r"(\[[^]]*), ", r"\1，", text, count=1).encode(),
    "full-width space": _in_sources("\u3000"),
    "full-width space behind a colon": _swap("summary: ", "summary:\u3000"),
    "missing space": _swap("phone: ", "phone:"),
    "telephone": _swap("0750-1234567", "（0750）1234567"),
    "telephone in full width": _swap("0750-1234567", "０７５０－１２３４５６７"),
    "date": _swap("2019-05", "2019年5月"),
    "line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "dash": _swap("  - title: 示例网站", "  －title: 示例网站"),
    "bracket": lambda text: re.sub(r"\[(.*?), (.*?)\]", r"［\1，\2］", text, count=1).encode(),
    "zero-width space": _swap("示例网站", "示例\u200b网站"),
    "BOM within": _swap("name: ", "\ufeffname: "),
    "soft hyphen": _swap("全角标点", "全角\xad标点"),
    "deep first line": _swap("  正文：第一段，有全角标点。\n", "    正文：第一段，有全角标点。\n"),
    "control character": _swap("示例网站", "示例\x03网站"),
    "hidden in a field's name": _swap("summary", "sum\u2060mary"),
    "order": lambda text: "".join(reversed(re.split(r"(?<=\n)(?=sources:)", text))).encode(),
}
UNCERTAIN: dict[str, tuple[Callable[[str], bytes], str]] = {
    "full-width comma beside a plain one": (
        lambda text: re.sub(r"(\[[^]]*)\]", r"\1，丙]", text).encode(),
        "wide-comma",
    ),
    "full-width colon after no field": (_swap("name: 示例", "名称 : x\nABC：示例"), "wide-colon"),
    "full-width space at odd depth": (
        _swap("  - title: 示例网站", "\u3000\u3000\u3000- title: 示例网站"),
        "wrong-indent",
    ),
    "missing space in a list": (_swap("- title: 省级示例", "- ABC:省级示例"), "missing-space"),
    "telephone without area code": (_swap("0750-1234567", "1234567"), "wrong-phone"),
    "date in words": (_swap("2019-05", "前年五月"), "wrong-date"),
    "term": (_swap("provincial", "省级别"), "unknown-term"),
}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("cause", CERTAIN)
def test_a_slip_of_certain_meaning_is_mended(path: str, cause: str) -> None:
    good = FILES[path]
    spoiled = CERTAIN[cause](good)
    assert spoiled != good.encode()
    mended, fixes = fix_file(path, spoiled)
    assert yaml.read(path, mended).data == yaml.parse(path, good).data
    assert re.findall("#.*", mended.decode()) == re.findall("#.*", good)
    assert fixes
    assert fix_file(path, mended) == (mended, [])


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("cause", UNCERTAIN)
def test_the_rest_gets_a_message_that_names_the_cure(path: str, cause: str, tmp_path: Path) -> None:
    spoil, rule = UNCERTAIN[cause]
    project = lay_project(tmp_path)
    mended, _ = fix_file(path, spoil(FILES[path]))
    (project / path).write_bytes(mended)
    problems = [problem for problem in load(project, AS_OF).problems if problem.path == path]
    assert rule in {problem.rule for problem in problems}
    assert all(re.search("请|要|可以写|例如", problem.message) for problem in problems)


def test_document_numbers_get_their_brackets() -> None:
    for written in ("江府函[2022]126号", "江府函（2022）126号", "江府函【2022】126 号", "江府函(2022)126号"):
        mended, fixes = fix_file("data/policies/plan.yml", f"name: 办法\ndoc_no: {written}   # 原文\n".encode())
        assert mended.decode() == "name: 办法\ndoc_no: 江府函〔2022〕126号   # 原文\n"
        assert [done.line for done in fixes] == [2]


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("original_url", "https://example.org/a。", "https://example.org/a"),
        ("original_url", "HTTP://http://www．example．org/甲，", "http://www.example.org/甲"),
        ("doc_no", "江府函〔２０２２〕１２６号", "江府函〔2022〕126号"),
        ("doc_no", "江府函〔2022〕 126 号", "江府函〔2022〕126号"),
        ("doc_no", "江府公告【2022】第3号", "江府公告〔2022〕第3号"),
    ],
)
def test_a_policys_values_are_put_right(field: str, wrong: str, right: str) -> None:
    fixed, _ = fix_file("data/policies/plan.yml", f"name: 办法\n{field}: {wrong}   # 原文\n".encode())
    assert fixed.decode() == f"name: 办法\n{field}: {right}   # 原文\n"


@pytest.mark.parametrize("address", ["www.example.org", "http://oa/", "https://a@b.org", "https://exam ple.org"])
def test_an_address_that_is_not_certain_stays(address: str) -> None:
    text = f"name: 办法\noriginal_url: {address}\n".encode()
    assert fix_file("data/policies/plan.yml", text) == (text, [])


def test_fields_are_not_moved_where_a_comment_may_belong_to_the_file() -> None:
    text = "# 说的是来源，还是整个文件？\nsources: []\nname: 某处\n"
    assert fix_file("data/bases/one.yml", text.encode()) == (text.encode(), [])


@pytest.mark.parametrize("raw", [b"name: \x8d\x9f\n", b"\xffname: a\n", b""])
def test_bytes_of_no_certain_encoding_are_left_alone(raw: bytes) -> None:
    assert fix_file("data/bases/one.yml", raw) == (raw, [])


@given(st.one_of(st.sampled_from(DOCUMENTS), readable_records()))
def test_a_valid_record_keeps_its_meaning(text: str) -> None:
    mended, _ = fix_file("data/bases/one.yml", text.encode())
    assert data_of(mended.decode()) == data_of(text)


@given(
    st.dictionaries(st.sampled_from(["name", "summary", "address", "body", "host_unit", "sources"]), LINES, min_size=1),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["# 备注：a:b，c", "", "   # 缩进的备注"])), max_size=3),
)
def test_what_can_be_read_is_read_the_same_after_a_fix(values: dict[str, str], notes: list[tuple[int, str]]) -> None:
    lines = [f"{name}: {value}" for name, value in values.items()]
    for position, note in notes:
        lines.insert(position, note)
    text = "\n".join(lines) + "\n"
    mended = fix_file("data/bases/one.yml", text.encode())[0]
    try:
        before = yaml.parse("", text).data
    except ProblemsFound:
        return
    assert yaml.parse("", mended.decode()).data == before
    assert sorted(re.findall("^ *#.*", mended.decode(), re.M)) == sorted(re.findall("^ *#.*", text, re.M))


@given(st.sampled_from(sorted(FILES)), st.lists(st.sampled_from(sorted(CERTAIN)), max_size=4), st.integers(0, 400))
def test_a_fix_of_a_fix_finds_nothing(path: str, causes: list[str], cut: int) -> None:
    raw = FILES[path].encode()
    for cause in causes:
        try:
            raw = CERTAIN[cause](raw.decode("utf-8-sig"))
        except UnicodeError:
            break
    raw = raw[: len(raw) - cut]
    mended, _ = fix_file(path, raw)
    assert fix_file(path, mended) == (mended, [])


def test_only_the_front_matter_of_an_article_is_mended() -> None:
    text = "---\ntitle：水\nreviewed_on: 2024年5月1日\n---\n\n正文：不动\u3000的。\nname：也不动\n"
    mended, fixes = fix_file("content/articles/water.md", text.encode())
    assert mended.decode() == text.replace("title：", "title: ").replace("2024年5月1日", "2024-05-01")
    assert [done.line for done in fixes] == [2, 3]


def test_what_nobody_sees_is_taken_out_of_a_whole_page(tmp_path: Path) -> None:
    text = "---\ntitle: 水\u200b\n---\n\n正\u200b文\ufeff。\n\n👩\u200d👧\n"
    mended, fixes = fix_file("content/articles/water.md", text.encode())
    assert mended.decode() == "---\ntitle: 水\n---\n\n正文。\n\n👩\u200d👧\n"
    assert [(done.line, "U+" in done.message) for done in fixes] == [(2, True), (5, True)]
    project = lay_project(tmp_path)
    page = project / "content/about.md"
    good = page.read_bytes()
    page.write_bytes(good + "正\u200b文\n".encode())
    assert "content/about.md" in kepu(project, "fix").output
    assert page.read_bytes() == good + "正文\n".encode()


def test_terms_are_mended_too() -> None:
    mended, _ = fix_file("data/terms/towns.yml", "hill：\n  label:山镇\n  order： 1\n".encode())
    assert mended.decode() == "hill:\n  label: 山镇\n  order: 1\n"


def test_the_command_tells_what_it_did_and_writes_it(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    path = project / "data/bases/wetland.yml"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"name: ", "name：".encode()))
    dry = kepu(project, "fix", "--dry-run", "data/bases")
    assert dry.output.startswith("data/bases/wetland.yml:1: 全角冒号")
    assert path.read_bytes() != good
    done = kepu(project, "fix")
    assert "1 处，在 1 个文件里；已写入" in done.output
    assert path.read_bytes() == good
    assert kepu(project, "fix", "nowhere").exit_code == 2


@pytest.mark.parametrize("wrong", ["pond.yaml", "pond.YML", "pond.yml.txt", "pond.txt"])
def test_a_wrong_extension_is_mended(wrong: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    folder = project / "data/bases"
    (folder / wrong).write_text("name： 池塘\nsummary: 一处。\nsources: [{ref: plan}]\n", "utf-8")
    if wrong.endswith(".txt"):
        (folder / wrong).write_text("name: 池塘\nsummary: 一处。\nsources: [{ref: plan}]\n", "utf-8")
    said = kepu(project, "fix", "--dry-run").output
    assert f"data/bases/{wrong}: 改名为 pond.yml" in said
    assert (folder / wrong).exists()
    assert kepu(project, "fix").exit_code == 0
    assert kepu(project, "check").exit_code == 0
    assert {path.name for path in folder.iterdir()} == {"wetland.yml", "pond.yml"}
    (folder / "pond.yml").rename(folder / "pond.yaml")
    (folder / "pond.yml.txt").write_text("name: 另一处\n", "utf-8")
    assert kepu(project, "fix").exit_code == 0
    assert {path.name for path in folder.iterdir()} == {"wetland.yml", "pond.yml", "pond.yml.txt"}


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("wetland.yaml", "name: 别的\n"),
        ("notes.txt", "还要问王同志"),
        ("池塘.yaml", "name: 池塘\n"),
        ("a.jpg", "name: 甲\n"),
    ],
)
def test_what_may_be_no_record_keeps_its_name(wrong: str, text: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "data/bases" / wrong).write_text(text, "utf-8")
    kepu(project, "fix")
    assert (project / "data/bases" / wrong).read_text("utf-8") == text
