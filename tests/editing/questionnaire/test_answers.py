"""What places answer comes into their records: exactly that, with whom it is known from; what is not clear goes back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from macros.editing.excel.export import sheets_of
from macros.editing.excel.merge import merge
from macros.editing.excel.rows import CellCodec
from macros.editing.questionnaire.items import QuestionnaireItem, questions_of
from macros.editing.questionnaire.responses import read_response
from macros.editing.questionnaire.taking_over import take_over
from macros.editing.questionnaire.workbook import VERDICTS, Sheet, workbook_of
from macros.records.load import read_document, validated
from macros.records.model.description import Form
from macros.records.model.registry import KINDS
from macros.site.session import Session
from macros.spreadsheets.reader import read_xlsx
from tests.editing.questionnaire.sheets import ANSWER, KEY, VERDICT, Bureau, Fill, filled
from tests.support import DISTRICT
from tests.support.looping import failures
from tests.support.projects import kepu

WEEK = {f"opening 周{day}": ("", "9：00—12：00，14点到17点") for day in "二三四五六日"} | {"opening 周一": ("", "闭馆")}
ANSWERS: Fill = {
    "address": ("", "荷塘路 9 号"),
    "contact.phone": ("", "１２３４５６７"),
    "contact.person": ("", "王小明"),
    "host_unit": ("不公开", ""),
    "facilities": ("", "停车场、无障碍通道"),
    "name": ("对", ""),
    "reservation.required": ("不清楚", ""),
    "@单位": ("", "示例小池塘管理所"),
    "@日期": ("", "2026年11月20日"),
    **WEEK,
}


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """A bureau that has asked all bases."""
    bureau = Bureau(tmp_path_factory.mktemp("asked"))
    assert bureau.ask("科普基地").exit_code == 0
    return bureau


@pytest.fixture(scope="module")
def pond(bureau: Bureau) -> bytes:
    """The questionnaire of the small pond, of which next to nothing is known."""
    return (bureau.folder / "示例小池塘核对表.xlsx").read_bytes()


def test_what_was_answered_is_published_with_whom_it_is_known_from(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.ask("科普基地", "--unit", "示例小池塘")
    path = bureau.project / "data/bases/small-pond.yml"
    before = path.read_text("utf-8")
    raw = filled((bureau.folder / "示例小池塘核对表.xlsx").read_bytes(), ANSWERS)
    planned = bureau.answer(raw, "--dry-run")
    assert "核对表!E10 示例小池塘：地址 新增 荷塘路 9 号" in planned.output
    assert path.read_text("utf-8") == before
    done = bureau.answer(raw)
    assert done.exit_code == 0, done.output
    assert "像是个人的姓名" in done.output
    record = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert record["contact"] == {"phone": "0750-1234567"}
    assert [(item["days"][0], item["from"], item["to"]) for item in record["opening"]] == [
        ("周二", "9:00", "12:00"),
        ("周二", "14:00", "17:00"),
    ]
    assert (record["undisclosed"], record["reviewed_on"]) == (["host_unit"], "2026-11-20")
    assert record["sources"][-1]["title"] == "示例小池塘管理所填报的核对表"
    assert record["changes"][-1]["text"] == "更新了地址、开放时间。"
    assert set(before.splitlines()) <= set(path.read_text("utf-8").splitlines())
    told = kepu(bureau.project, "report", "--asked", str(bureau.folder)).output
    assert "【还没有回复的】都回复了。" in told
    assert re.search(r"示例小池塘 +2026-11-24 +2026-11-24 +23$", told, re.MULTILINE)
    assert bureau.answer(raw).exit_code == 0
    again = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert again == record


def set_cell(key: str, column: int, value: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        next(row for row in sheet.iter_rows() if row[KEY].value == key)[column].value = value

    return change


def twice(sheet: Any) -> None:
    row = next(row for row in sheet.iter_rows() if row[KEY].value == "address")
    sheet.append([cell.value for cell in row])
    sheet.cell(sheet.max_row, ANSWER + 1).value = "荷塘路 10 号"


def sorted_backwards(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_col=7)]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for number, row in enumerate(reversed(rows), 7):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def without_keys(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2):
        row[KEY].value = None


def without(row_key: str) -> Callable[[Any], None]:
    def cut(sheet: Any) -> None:
        sheet.delete_rows(next(row[0].row for row in sheet.iter_rows() if row[KEY].value == row_key))

    return cut


def retitled(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "对不对":
                cell.value = "看法"


def other_record(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value).startswith("kepu "):
                cell.value = "kepu bases/nobody"


def with_column(sheet: Any) -> None:
    sheet.insert_cols(3)


def nothing(sheet: Any) -> None:
    return None


ONE: Fill = {"address": ("", "荷塘路 9 号")}
# What came back → what is said of it; each begins with an answer that is right.
DAMAGED: tuple[tuple[str, Fill, Callable[[Any], None], str], ...] = (
    ("填了两次", ONE, twice, "这一项填了两次，另一次在 核对表!E10，写的是“荷塘路 9 号”"),
    ("排了序", ONE, sorted_backwards, "地址 新增 荷塘路 9 号"),
    ("编号没有了", ONE, without_keys, "地址 新增 荷塘路 9 号"),
    ("删了别的一行", ONE, without("town"), "地址 新增 荷塘路 9 号"),
    ("删了自己的一行", ONE, without("address"), "一项也没有填"),
    ("少了一天", WEEK, without("opening 周三"), "周三的一行不在表里了"),
    ("标题改了", ONE, retitled, "里面没有核对表"),
    ("别的记录", ONE, other_record, "看不出是哪一条记录的核对表"),
    ("插了一列", ONE, with_column, "地址 新增 荷塘路 9 号"),
    ("空的", {}, nothing, "一项也没有填"),
    ("选了别的词", {"address": ("大概", "荷塘路 9 号")}, nothing, "“大概” 不是可以选的"),
    ("打了勾", {"name": ("√", "")}, nothing, "1 处说对"),
    ("对又写了别的", {"name": ("对", "大池塘")}, nothing, "选了“对”，又写了别的"),
    ("对又写了一样的", {"name": ("对", "示例小池塘")}, nothing, "1 处说对"),
    ("不清楚又写了", {"address": ("不清楚", "荷塘路")}, nothing, "选了“不清楚”，又写了字"),
    ("不公开又写了", {"address": ("不公开", "荷塘路")}, nothing, "选了“不公开”，又写了字"),
    ("不对没有写", {"name": ("不对，改为", "")}, nothing, "没有写改成什么"),
    ("没有的说对", {"address": ("对", "")}, nothing, "网站上还没有写，没有什么可以“对”"),
    ("电话少一位", {"contact.phone": ("", "0750-12")}, nothing, "不是完整的号码"),
    ("手机", {"contact.phone": ("", "13800138000")}, nothing, "像是个人的姓名或手机号码"),
    ("姓名", {"contact.person": ("", "李小红")}, nothing, "像是个人的姓名或手机号码"),
    ("科室", {"contact.person": ("", "宣教科")}, nothing, "联系人 新增 宣教科"),
    ("是或否", {"admission.free": ("", "看情况")}, nothing, "“看情况” 是 是，还是 否？"),
    ("词表没有", {"category": ("", "宇宙类")}, nothing, "是词表里的哪一个"),
    ("词表近的", {"facilities": ("", "停车场、飞船")}, nothing, "“飞船” 是词表里的哪一个"),
    ("日期", {"opened": ("", "三月前后")}, nothing, "是哪年哪月"),
    ("日期写法", {"opened": ("", "2016年5月")}, nothing, "开馆日期 新增 2016-05"),
    ("将来", {"opened": ("", "2036年5月")}, nothing, "2036"),
    ("网址", {"contact.url": ("", "example.org")}, nothing, "网址没有写开头"),
    ("数字", {"group_visit.max": ("", "四五十")}, nothing, "应该写什么"),
    ("一天看不出", {**WEEK, "opening 周三": ("", "上午")}, nothing, "“上午” 看不出是几点到几点"),
    ("一天没有填", {**WEEK, "opening 周三": ("", "")}, nothing, "周三没有填"),
    ("一天不清楚", {**WEEK, "opening 周三": ("不清楚", "")}, nothing, "开放时间要一周七天一起填"),
    ("反了", {**WEEK, "opening 周三": ("", "17:00-9:00")}, nothing, "17:00"),
    ("公式", {"address": ("", "=1+1")}, nothing, "公式"),
    ("不问了", ONE, set_cell("town", KEY, "old_field"), "地址 新增 荷塘路 9 号"),
)  # fmt: skip


def test_what_came_back_damaged_is_told_and_nothing_half_written(bureau: Bureau, pond: bytes) -> None:
    path = bureau.project / "data/bases/small-pond.yml"
    before = path.read_bytes()

    def is_told(case: tuple[str, Fill, Callable[[Any], None], str]) -> None:
        _, fill, then, said = case
        done = bureau.answer(filled(pond, fill, then), "--dry-run")
        assert said in done.output, done.output
        assert "Traceback" not in done.output
        assert path.read_bytes() == before

    assert len(DAMAGED) >= 30
    assert failures(is_told, DAMAGED) == []


def test_what_is_wrong_goes_back_with_what_to_mend_beside_it_and_nothing_lost(bureau: Bureau, pond: bytes) -> None:
    fill: Fill = {
        **ANSWERS,
        "contact.phone": ("", "0750-12"),
        "town": ("也许", "示例山镇"),
        "opening 周三": ("", "上午"),
    }
    assert bureau.answer(filled(pond, fill)).exit_code == 1
    sheet = load_workbook(io.BytesIO((bureau.folder / "收到-请改.xlsx").read_bytes())).worksheets[0]
    rows = {row[KEY].value: row for row in sheet.iter_rows()}
    assert {key: (rows[key][VERDICT].value or "", rows[key][ANSWER].value or "") for key in fill if key[0] != "@"} == {
        key: value for key, value in fill.items() if key[0] != "@"
    }
    remarks = {key: row[6].value for key, row in rows.items() if key and row[6].value}
    assert set(remarks) - {"编号"} == {"contact.phone", "town", "opening 周三"}
    again = {"contact.phone": ("", "0750-1234567"), "town": ("", "示例山镇"), "opening 周三": ("", "不开放")}
    done = bureau.answer(filled((bureau.folder / "收到-请改.xlsx").read_bytes(), again), "--dry-run")
    assert done.exit_code == 0, done.output


def test_what_is_no_questionnaire_is_refused(bureau: Bureau) -> None:
    for raw in (b"", b"PK\x03\x04", b"name,address\n"):
        done = bureau.answer(raw)
        assert done.exit_code == 1
        assert "Traceback" not in done.output


def new_value(question: QuestionnaireItem) -> str:
    """Return an answer that differs from what is published."""
    if question.day:
        return "8:00-11:00" if question.published != "8:00-11:00" else "不开放"
    if question.options:
        return next(option for option in question.options if option != question.published)
    texts = {Form.NUMBER: "37", Form.PHONE: "0750-7654321", Form.URL: "https://example.org/n", Form.DATE: "2019-05"}
    return texts.get(question.field.form, "宣教科新写的")


def canonical(question: QuestionnaireItem, codec: CellCodec) -> str:
    """Return an answer of terms, of which there is no list in the cell."""
    terms = codec.terms(question.field, ("bases",))
    return "、".join(term.label for term in terms[:2]) if question.field.is_list and terms else new_value(question)


@given(data=st.data())
@settings(max_examples=15)
def test_any_subset_of_answers_changes_exactly_those_fields_and_is_asked_as_such_next(
    district: Session, data: st.DataObject
) -> None:
    collection = district.checked.collection
    codec, record = (
        CellCodec.of(collection),
        collection.records[data.draw(st.sampled_from(["small-pond", "star-hall"]))],
    )
    questions = questions_of(record, codec)
    chosen = [one for one in questions if not one.day and data.draw(st.booleans())]
    undisclosed = {one.key for one in chosen if data.draw(st.integers(0, 5)) == 0 and one.key not in ("name", "status")}
    answers = {one.key: ("不公开", "") if one.key in undisclosed else ("", canonical(one, codec)) for one in chosen}
    if data.draw(st.booleans()):
        days = [one for one in questions if one.day]
        chosen += days
        answers |= {one.key: ("", new_value(one)) for one in days}
    raw = workbook_of(Sheet(record, questions, "示例", collection.as_of, {}, answers))
    if not answers:
        return
    returned = read_response(read_xlsx(raw), collection, {record.id: questions})
    taken = take_over(returned, questions, codec, collection.as_of)
    assert (taken.complaints, taken.notices) == ([], [])
    read = lambda path: (DISTRICT / path).read_bytes()  # noqa: E731
    merged = merge([taken.draft], collection, sheets_of(collection), read)
    [(path, content)] = merged.files.items()
    document = read_document(path, content)
    after = validated(document, record.id, KINDS[record.kind], collection.vocabularies)
    shown = {one.key: one.published for one in questions_of(after, codec)}
    before = {one.key: one.published for one in questions}
    changed = {key for key in before if shown.get(key, "") != before[key]}
    wanted = {key: "" if key in undisclosed else text for key, (_, text) in answers.items()}
    assert changed == {key for key, text in wanted.items() if text != before[key]}
    assert {key: shown.get(key, "") for key in wanted} == wanted
    assert set(getattr(after, "undisclosed", ())) == undisclosed


def test_the_sheet_fits_two_pages_and_says_what_it_asks(bureau: Bureau, pond: bytes) -> None:
    sheet = load_workbook(io.BytesIO(pond)).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (
        9,
        0,
        "portrait",
    )
    height = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
    width = sum(sheet.column_dimensions[letter].width for letter in "ABCDE")
    scale = min(1, 95 / width)
    assert height * scale <= 2 * 740
    page = (bureau.folder / "示例小池塘核对表.html").read_text("utf-8")
    assert set(re.findall(r"□ (\S+?)<", page)) == set(VERDICTS)
    attack = next(path for path in bureau.folder.glob("*.html") if "7" in path.name).read_text("utf-8")
    assert "<script>" not in attack
    assert "&lt;script&gt;" in attack
    assert bureau.ask("科普基地").exit_code == 2
    assert "已经有了" in bureau.ask("科普基地").output
