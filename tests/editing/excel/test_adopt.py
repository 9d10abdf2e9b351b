"""Lists of colleagues become tables for review: values in our words, few questions, nothing lost, nothing written over."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from macros.editing.excel.adopt.adoption import Origin
from macros.editing.excel.adopt.cell_values import read_date, read_phones
from macros.editing.excel.adopt.column_titles import meaning, meanings_of, plain_heading, targets_of
from macros.editing.excel.adopt.listing import adopt, listing_of
from macros.editing.excel.adopt.opening_text import holiday_rule, read_opening
from macros.editing.excel.adopt.place_names import Regions, parted
from macros.editing.excel.adopt.review import Review, Weight
from macros.editing.excel.adopt.wordbook import NAME, Wordbook
from macros.editing.excel.export import sheets_of
from macros.editing.excel.words import terms_called
from macros.records.collection import Collection
from macros.records.load import load
from macros.records.model.description import Form, may_stand
from macros.records.model.terms import vocabulary
from macros.spreadsheets.sheets import Cell, Nature, Unusable, Worksheet
from tests.editing.excel import messy
from tests.support import AS_OF, DISTRICT
from tests.support.looping import failures
from tests.support.projects import kepu, lay_project

WETLAND = "name: 湿地\nsummary: 一块湿地。\ncontact: {phone: 0750-1234567}\nsources: [{ref: plan}]\n"
COLOUR = "FFFFB3A7"
CATEGORIES = {
    "场馆": "venues", "科研": "research", "三农": "agriculture", "企业": "enterprises", "自然": "nature", "其": "others",
}  # fmt: skip


class ListDesk:
    """A project with the invented district's vocabularies and towns of its own, and a list beside it."""

    def __init__(self, folder: Path) -> None:
        self.project = lay_project(folder)
        for source in (DISTRICT / "data/terms").glob("*.yml"):
            if source.name != "holidays.yml":
                shutil.copy(source, self.project / "data/terms")
        towns = f"{messy.TOWNS}east: {{label: 东镇, order: 4}}\nwest: {{label: 西镇, order: 5}}\n"
        (self.project / "data/terms/towns.yml").write_text(towns, "utf-8")
        (self.project / "data/bases/wetland.yml").write_text(WETLAND, "utf-8")
        self.list = folder / "名单.xlsx"
        self.review = folder / "名单-核对.xlsx"
        self.wordbook = folder / NAME
        self.list.write_bytes(messy.workbook())

    def adopt(self, *options: str) -> Result:
        """Adopt the list."""
        return kepu(self.project, "excel", "adopt", str(self.list), *options)

    def take_over(self) -> Result:
        """Import the table for review."""
        return kepu(self.project, "excel", "import", str(self.review))

    def write(self, name: str, rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig") -> None:
        """Write another list, as CSV."""
        self.list = self.list.with_name(name)
        self.review = self.list.with_name(f"{self.list.stem}-核对.xlsx")
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        self.list.write_bytes(text.getvalue().encode(encoding))

    def records(self) -> dict[str, dict[str, Any]]:
        """Return the bases by name, as their files have them."""
        texts = (path.read_text("utf-8") for path in (self.project / "data/bases").glob("*.yml"))
        found = (yaml.load(text, yaml.BaseLoader) for text in texts)
        return {record["name"]: record for record in found}

    def files(self) -> dict[str, bytes]:
        """Return every file of the project."""
        return {str(path): path.read_bytes() for path in sorted(self.project.rglob("*")) if path.is_file()}

    def coloured(self) -> dict[str, str]:
        """Return the coloured cells below the headings: which cell → the note on it."""
        found = {}
        for sheet in load_workbook(self.review).worksheets:
            for row in sheet.iter_rows(min_row=2):
                for cell in row:
                    if cell.fill.fill_type and cell.fill.start_color.rgb == COLOUR:
                        found[f"{sheet.title}!{cell.coordinate}"] = cell.comment.text if cell.comment else ""
        return found


@pytest.fixture
def desk(tmp_path: Path) -> ListDesk:
    """A desk with a messy list on it."""
    return ListDesk(tmp_path)


def test_a_messy_list_leaves_at_most_fifteen_questions_of_342_cells(desk: ListDesk) -> None:
    assert sum(value != "" for row in messy.ROWS for value in row) == 342
    before, listed = desk.files(), desk.list.read_bytes()
    done = desk.adopt()
    assert done.exit_code == 0, done.output
    assert desk.files() == before
    assert desk.list.read_bytes() == listed
    questions = [line for line in done.output.splitlines() if line.startswith("问题 ")]
    assert [line.split("：")[0].removeprefix("问题 Sheet1!") for line in questions] == [
        "D9", "I17", "J17", "F26", "J27", "B4", "B14",
    ]  # fmt: skip
    coloured = desk.coloured()
    assert len(coloured) == len(questions) <= 15
    assert all(note.startswith("问题：") for note in coloured.values())
    taken = desk.take_over()
    assert taken.exit_code == 0, taken.output
    assert len(desk.records()) == 29
    assert taken.output.count("还没有核对") == 6
    assert "没有发现问题" in kepu(desk.project, "check").output


def test_every_value_is_the_lists_own_in_our_words(desk: ListDesk) -> None:
    assert desk.adopt("--mark", "official").exit_code == 0
    assert desk.take_over().exit_code == 0
    records = desk.records()

    def check(row: Sequence[Any]) -> None:
        _, name, host, category, level, _, address, _, _, _, _, _ = row
        record = records["".join(str(name).split())]
        ours = [word for part, word in CATEGORIES.items() if part in category]
        assert record.get("category") == (ours[0] if ours and category != "农业" else None)
        assert record["host_unit"] == host
        levels = {"国": "national", "省": "provincial", "市": "municipal", "区": "district"}
        wanted = next(levels[sign] for sign in level.replace("示例", "") if sign in levels)
        assert record["recognitions"][0]["level"] == wanted
        assert record["address"] == address.removeprefix("示例省").removeprefix("示例市").removeprefix(
            "示例区"
        ).removeprefix("另一区")
        assert record.get("town") == next((town for label, town in TOWNS.items() if label in address), None)
        assert record["sources"] == [{"title": messy.TITLE, "mark": "official"}]
        assert {key: record.get(key) for key in EXPECTED.get(name, {})} == EXPECTED.get(name, {})

    assert failures(check, [row for row in messy.ROWS if "湿" not in row[1] or "公园" in row[1]]) == []
    years = {
        name: record["recognitions"][0].get("year") for name, record in records.items() if "recognitions" in record
    }
    assert [years["".join(row[1].split())] for row in messy.ROWS if row[1] not in ("湿地", "湿  地")] == YEARS
    phones = {name: record["contact"].get("phone") for name, record in records.items()}
    assert [phones["".join(row[1].split())] for row in messy.ROWS if row[1] not in ("湿地", "湿  地")] == PHONES


TOWNS = {"示例河街道": "river", "示例山镇": "hill", "示例湖街道": "lake"}
YEARS = [
    "2021", "2021", "2019", "2022-05", "2018-03", "2020", "2021-03-01", "2020-06-01", "2020-10-01", "2023", "2021-05",
    "2017", "2022", "2019-12", "2016", "1998", "2015", "2023-01", "2021", "2022", None, "2019-10", "2024", "2012",
    "2023-04-05", "2020", "2018", "2021",
]  # fmt: skip
PHONES = [
    "0750-1234567", "13800000000", "0750-1234568", "0750-1234569", "0750-1234570-801", "13800000001", "0750-1234571",
    "0750-1234572", "0750-1234573、0750-1234574", "0750-1234575", "0750-1234576", "0750-1234577", None, "0750-1234578",
    "0750-1234579", "0750-1234580", "+86 750-1234581", "0750-1234582", "0750-1234583", "0750-1234584", "0750-1234585",
    "13800000002", "0750-1234586", "0750-1234587", "0750-1234588", "0750-1234589、13800000003", "0750-1234590", "0750-1234591",
]  # fmt: skip


def hours(days: str, *spans: str) -> list[dict[str, Any]]:
    """Return hours as a record has them."""
    return [{"days": list(days), "from": span.split("-")[0], "to": span.split("-")[1]} for span in spans]


EXPECTED: dict[str, dict[str, Any]] = {
    "星海 科技馆": {"opening": hours("二三四五六日", "9:00-17:00"), "reservation": {"required": "是"}},
    "青山茶园": {"opening": hours("一二三四五", "8:30-11:30", "14:00-17:30")},
    "未来机器人展厅": {
        "opening": hours("一二三四五", "9:00-11:30", "13:30-17:00"),
        "reservation": {"required": "是", "how": "须提前3天电话预约"},
    },
    "老种子库": {"opening": hours("二三四五六日", "9:00-17:00"), "reservation": {"required": "否"}},
    "气象科普园": {"opening": hours("六日", "9:00-16:30"), "reservation": {"required": "否"}},
    "地震体验馆": {"opening": [{**hours("二三四五六日", "9:00-17:00")[0], "last_entry": "16:30"}]},
    "桥梁博物馆": {
        "opening": [
            {**hours("二三四五六日", "9:00-17:30")[0], "season": "夏季（5月-10月）"},
            {**hours("二三四五六日", "9:00-17:00")[0], "season": "冬季（11月-次年4月）"},
        ]
    },
    "中医药文化馆": {"opening": hours("一二三四五", "8:30-17:00"), "on_holidays": "closed"},
    "渔业科普馆": {"opening": None},
    "环保教育基地": {"opening": None},
    "健康体验馆": {"opening": [*hours("二三四五", "9:00-17:00"), *hours("六日", "9:00-20:00")]},
    "植物园": {"opening": hours("一二三四五六日", "0:00-24:00"), "reservation": {"required": "否"}},
}  # fmt: skip


def test_people_mobiles_doubles_and_rows_left_out_are_pointed_out(desk: ListDesk) -> None:
    told = desk.adopt().output
    for line in (
        "提醒 Sheet1!H4、H5、H6 等 27 格：联系方式：联系人：是个人的姓名",
        "提醒 Sheet1!I5、I9、I27 等 4 格：联系方式：电话：是手机号码",
        "提醒 Sheet1!B25：“湿地”和 Sheet1!B14 完全一样，没有再读",
        "提醒 Sheet1!G28：地址：写的是另一区，别的多数是示例区",
        "提醒 Sheet1!A34：这一行不是记录，没有读：“合计：30家”",
        "提醒 Sheet1!L3：“备注”没有读",
        "改写 Sheet1!J16：法定节假日：法定节假日除外 → 不开放",
        "问题 Sheet1!B14：已经有“湿地”，没有改它。",
        "联系方式：电话：记录里是 0750-1234567，名单里是 0750-7654321",
        "改写 Sheet1!G4、G5、G7 等 25 格：地址：去掉了前面的 示例省示例市示例区",
    ):
        assert line in told
    assert desk.take_over().exit_code == 0
    assert (desk.project / "data/bases/wetland.yml").read_text("utf-8") == WETLAND


def test_no_file_is_written_over(desk: ListDesk) -> None:
    assert desk.adopt().exit_code == 0
    before = desk.review.read_bytes()
    again = desk.adopt()
    assert again.exit_code == 2
    assert "已经有了" in again.output
    assert desk.review.read_bytes() == before
    assert desk.adopt("--force").exit_code == 0
    assert desk.review.read_bytes() == before


def test_what_an_editor_says_once_is_known_the_next_time(desk: ListDesk) -> None:
    desk.adopt()
    noted = desk.wordbook.read_text("utf-8-sig")
    assert "列名,基地类别,类别\n" in noted
    assert "类别,农业,\n" in noted
    corrected = noted.replace("类别,农业,", "类别,农业,“三农”类").replace("列名,备注,不要", "列名,备注,正文")
    desk.wordbook.write_bytes(corrected.encode("gbk"))
    told = desk.adopt("--force").output
    assert "农业” 是词表里的哪一个" not in told
    assert "备注 → 正文" in told
    assert desk.take_over().exit_code == 0
    assert desk.records()["老种子库"]["category"] == "agriculture"
    assert desk.records()["老种子库"]["body"] == "每年十月有展览"


def test_a_slip_in_what_was_noted_is_told_at_its_cell(desk: ListDesk) -> None:
    desk.wordbook.write_text("用在,名单里写的,意思是\n列名,级 别,认定：等级\n类别,农业,农业类\n", "utf-8")
    done = desk.adopt()
    assert done.exit_code == 1
    assert f"错误 {NAME.removesuffix('.csv')}" in done.output
    assert "!C2：没有“认定：等级”这一列；相近的有：认定：级别" in done.output
    assert "!C3：“农业类” 不在“类别”的词表里" in done.output
    assert not desk.review.exists()


OTHER_LISTS: dict[str, tuple[list[list[str]], str]] = {
    "孵化载体名单.csv": (
        [["名称", "类型", "运营单位", "级别", "认定年份", "场地面积"], ["甲空间", "众创空间", "甲公司", "市级", "2021", "1,200㎡"]],
        "场地面积：面积",
    ),
    "文件.csv": (
        [["文件名称", "文号", "发文机关", "发布日期"], ["办法", "示府〔2024〕1号", "示例区政府", "2024年1月2日"]],
        "发文机关 → 发布机构",
    ),
    "平台.txt": ([["平台名称", "平台类型", "建设单位"], ["甲院", "研究院", "甲公司"]], "创新平台"),
    "场馆.csv": ([["名称", "地址", "联系电话", "活动内容"], ["甲馆", "西镇河边", "0750-1234567", "看展"]], "1 行科普基地"),
    "目标.csv": ([["名称", "目标值", "单位"], ["高企", "300", "家"]], "目标值 → 目标值"),
}  # fmt: skip


def test_lists_of_other_kinds_and_csv_are_read(desk: ListDesk) -> None:
    def check(name: str) -> None:
        rows, said = OTHER_LISTS[name]
        desk.write(name, rows, "gbk" if name.startswith("文件") else "utf-8-sig")
        done = desk.adopt()
        assert done.exit_code == 0, done.output
        assert said in done.output
        assert desk.take_over().exit_code == 0

    assert failures(check, OTHER_LISTS) == []
    assert "没有发现问题" in kepu(desk.project, "check").output


def test_what_is_no_list_is_told(desk: ListDesk) -> None:
    exported = desk.list.with_name("导出.xlsx")
    assert kepu(desk.project, "excel", "export", str(exported)).exit_code == 0
    files = {
        "a.pdf": (b"%PDF-1.4", "这不是 xlsx 文件"),
        "b.xlsx": (b"", "这不是 xlsx 文件"),
        "c.xlsx": (b"PK\x03\x04", "文件坏了"),
        "d.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .xls"),
        "e.txt": ("只是一段话。\n没有表。".encode(), "没有找到名单"),
        "f.csv": (b"\x00\xff\xfe\x81", "编码不认识"),
        "g.csv": (b"1,2\n3,4\n", "没有找到名单"),
        "h.xlsx": (exported.read_bytes(), "不是名单；改好以后请用 kepu excel import"),
    }

    def check(name: str) -> None:
        desk.list = desk.list.with_name(name)
        desk.list.write_bytes(files[name][0])
        done = desk.adopt()
        assert done.exit_code == 1
        assert files[name][1] in done.output
        assert not desk.list.with_name(f"{desk.list.stem}-核对.xlsx").exists()

    assert failures(check, files) == []
    assert desk.adopt("没有这种").exit_code == 2


def collection_of(folder: Path) -> Collection:
    """Return the records of a desk's project."""
    return load(ListDesk(folder).project, AS_OF).collection


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """The records and vocabularies of a desk."""
    return collection_of(tmp_path_factory.mktemp("desk"))


def read(collection: Collection, sheet: Worksheet) -> Review:
    """Read a sheet as a list of bases."""
    listing = listing_of([sheet], ["bases"], "", collection, sheets_of(collection), Wordbook())
    return adopt(listing, collection, Origin("名单", "官方"))


WORDS = st.sampled_from(
    [
        "",
        "无",
        "省级",
        "企业",
        "21年",
        "2021.5",
        "0750-1234567",
        "1234567",
        "张三",
        "每天9:00-17:00",
        "周一闭馆",
        "东镇",
        "x" * 400,
        "=1+1",
    ]
)
CELLS = st.one_of(WORDS, st.text(max_size=12))
TITLES = (
    "名称",
    "类别",
    "级别",
    "认定时间",
    "地址",
    "联系人",
    "电话",
    "开放时间",
    "门票",
    "是否预约",
    "网址",
    "没有这一列",
)


@settings(max_examples=150)
@given(rows=st.lists(st.lists(CELLS, min_size=len(TITLES), max_size=len(TITLES)), min_size=1, max_size=4))
def test_no_cell_is_lost_in_silence(collection: Collection, rows: list[list[str]]) -> None:
    cells = {
        number: {n: Cell(text) for n, text in enumerate(row) if text.strip()} for number, row in enumerate(rows, 2)
    }
    sheet = Worksheet(
        "表", {1: {n: Cell(title) for n, title in enumerate(TITLES)}, **{n: c for n, c in cells.items() if c}}
    )
    review = read(collection, sheet)
    told = {str(spot) for found in review.findings.values() for spot in found.spots}
    whole_rows = {spot.rpartition("!")[2][1:] for spot in told if "!A" in spot}
    values = {record.spot.row: record for record in review.records}
    for number, row in cells.items():
        for column, cell in row.items():
            plain = cell.text.strip()
            is_told = f"表!{chr(ord('A') + column)}{number}" in told or f"表!{chr(ord('A') + column)}1" in told
            record = values.get(number)
            has_value = record is not None and any(part in plain or plain in part for part in record.values.values())
            assert is_told or has_value or str(number) in whole_rows or not plain.strip("-–—/\\.、无／"), (
                number,
                plain,
            )


@settings(max_examples=12)
@given(rows=st.lists(st.lists(CELLS, min_size=len(TITLES), max_size=len(TITLES)), min_size=1, max_size=6))
def test_the_import_takes_whatever_was_adopted(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    desk = ListDesk(tmp_path_factory.mktemp("any"))
    named = [[f"第{number}馆{row[0]}", *row[1:]] for number, row in enumerate(rows)]
    desk.write("表.csv", [TITLES, *named])
    done = desk.adopt("bases")
    assert done.exit_code == 0, done.output
    # A cell may say 错误 itself, and is quoted.
    assert not [line for line in done.output.splitlines() if line.startswith("错误")]
    assert desk.take_over().exit_code == 0


DAYS = st.sets(st.sampled_from("一二三四五六日"), min_size=1).map(lambda days: sorted(days, key="一二三四五六日".index))
TIMES = st.tuples(
    st.integers(6, 12), st.sampled_from(["00", "30", "15"]), st.integers(13, 23), st.sampled_from(["00", "30"])
)
SIGNS = st.tuples(st.sampled_from(["-", "—", "至", "~", "－", " - "]), st.sampled_from([":", "：", "点", "."]))
LEADS = st.sampled_from(["周", "星期", "每周", "礼拜"])


@given(days=DAYS, times=TIMES, signs=SIGNS, lead=LEADS, rest=st.sampled_from(["", "开放", "（{}闭馆）", "，{}休息"]))
def test_hours_are_read_however_they_are_written(
    days: list[str], times: tuple[int, str, int, str], signs: tuple[str, str], lead: str, rest: str
) -> None:
    dash, colon = signs
    first, minutes, last, last_minutes = times
    closed = "、".join(f"周{day}" for day in "一二三四五六日" if day not in days)
    named = "、".join(f"{lead}{day}" for day in days)
    text = f"{named} {first}{colon}{minutes}{dash}{last}{colon}{last_minutes}{rest.format(closed) if closed else ''}"
    found = read_opening(text)
    assert (found.rest, found.missing) == ("", "")
    assert [(hours.days, hours.opens, hours.closes) for hours in found.hours] == [
        (tuple(f"周{day}" for day in days), f"{first}:{minutes}", f"{last}:{last_minutes}")
    ]


@given(text=st.text(alphabet="周一二三日至到、，。（）9:0-17预约闭馆每天节假日 ", max_size=40))
def test_of_hours_nothing_is_left_out_unsaid(text: str) -> None:
    found = read_opening(text)
    for hours in found.hours:
        assert may_stand(hours.opens, Form.TIME)
        assert may_stand(hours.closes, Form.TIME)
        assert hours.days or found.missing
    if "节" in text or "假" in text:
        assert any(sign in found.rest for sign in "节假") or "预约" in text


@given(
    day=st.dates(min_value=AS_OF.first_day.replace(year=1950), max_value=AS_OF.first_day),
    number=st.integers(1_000_000, 99_999_999),
)
def test_dates_and_telephones_are_read_however_they_are_written(day: Any, number: int) -> None:
    year, month = day.year, day.month
    for text in (
        f"{year}年{month}月",
        f"{year}.{month}",
        f"{year}/{month:02}",
        f"{year}年{month}月认定",
        f"{year}-{month:02}",
    ):
        assert read_date(text, AS_OF) == f"{year}-{month:02}"
    for text in (f"{year}年", f"{year}", f"{year}年度", f"{year}年获批"):
        assert read_date(text, AS_OF) == str(year)
    assert read_date(day.isoformat(), AS_OF) == day.isoformat()
    for text in (
        f"0750-{number}",
        f"(0750){number}",
        f"0750 {number}",
        f"{number}",
        f"750{number}",
        f"张三 {number}",
        f"{number}（办公室）",
    ):
        assert read_phones(text, "0750").text == f"0750-{number}"


def test_words_regions_and_headings_are_read() -> None:
    levels = list(vocabulary("levels", {"a": "国家级", "b": "省级", "c": "市级", "d": "区级"}))
    words = {
        "省 级": "省级",
        "示例省级": "省级",
        "示例省示例市级": "市级",
        "省科协": "省级",
        "区（县）级": "区级",
        "国家": "国家级",
        "全国": "国家级",
        "市（区）级": "",
        "部级": "",
    }
    assert {word: "".join(map(str, terms_called(word, levels))) for word in words} == words
    addresses = {
        "示例省示例市示例区东街1号": ("示例省示例市示例区", "东街1号"),
        "人民市场路12号": ("", "人民市场路12号"),
        "开发区兴国路5号": ("", "开发区兴国路5号"),
        "东区一路": ("", "东区一路"),
        "北京市海淀区中关村": ("北京市海淀区", "中关村"),
        "示例市示例区": ("", "示例市示例区"),
    }
    assert {address: parted(address) for address in addresses} == addresses
    rules = {
        "周二至周日9:00-17:00（周一闭馆，法定节假日除外）": "按周日", "9:00-17:00，周一闭馆（国家法定节假日除外）": "按周日",
        "周一闭馆，逢法定节假日开放": "按周日", "周一至周五8:30-17:00（节假日除外）": "不开放", "每天9:00-17:00，节假日照常开放": "照常",
        "周一至周五9:00-17:00，节假日休息": "不开放", "节假日另行通知": "另行通知", "周一闭馆，9:00-17:00，节假日除外": "",
        "节假日提前闭馆": "", "周一至周五9:00-17:00，节假日除外；寒暑假开放": "", "每天9:00-17:00，除春节外节假日开放": "", "除夕闭馆": "", "每天9:00-17:00": "",
    }  # fmt: skip
    assert {text: holiday_rule(text) for text in rules} == rules
    assert read_opening("工作日").missing == "没有写几点开门、几点关门"
    assert read_opening("周一至周五9:00-17:00，周末预约开放").rest == "预约开放；周六、周日"
    regions = Regions.of(addresses)
    assert regions.parted("示例示例市东街") == ("示例示例市", "东街")
    assert regions.parted("示例市民中心") == ("", "示例市民中心")


def test_headings_may_stand_in_two_rows_and_cells_may_span_rows(collection: Collection) -> None:
    merged = ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "E4:E5")
    rows = {
        1: ["示例区科普基地推荐名单"],
        2: ["序号", "科普基地名称", "联系方式", "", "所属街道", "级别（必填）"],
        3: ["", "", "姓名", "电话", "", ""],
        4: ["1", "甲馆", "办公室", "0750-1234567", "东镇", "省级"],
        5: ["2", "乙馆", "办公室", "0750-1234568", "", "同上", "没有标题"],
        6: ["", "一、市级", "", "", "", ""],
        7: ["", "", "", "0750-1234569", "西镇", "市级"],
    }
    cells = {number: {n: Cell(text) for n, text in enumerate(row) if text} for number, row in rows.items()}
    review = read(collection, Worksheet("表", cells, merged))
    assert [(record.name, record.values["镇街"], record.values["认定：级别"]) for record in review.records] == [
        ("甲馆", "东镇", "省级"), ("乙馆", "东镇", "省级"),
    ]  # fmt: skip
    assert [record.values["认定：状态"] for record in review.records] == ["已申报", "已申报"]
    assert [record.values["联系方式：电话"] for record in review.records] == ["0750-1234567", "0750-1234568"]
    assert [str(found) for found in review.of(Weight.QUESTION)] == [
        "问题 表!G5：这一列没有标题，没有读；请在标题行写上它是什么，再运行一次",
        "问题 表!B7：名称：这一行没有名称，没有读；名称是什么？",
    ]
    cells[5][1] = Cell("A1&B1", Nature.FORMULA)
    review = read(collection, Worksheet("表", cells, merged))
    assert "问题 表!B5：名称：这一行的名称是公式，没有读；名称是什么？" in map(str, review.of(Weight.QUESTION))


def test_headings_are_known_by_what_they_end_with(collection: Collection) -> None:
    meanings = meanings_of(targets_of("bases", sheets_of(collection)))
    known = {
        "获评等级": "认定：级别", "获评年度": "认定：认定时间", "申报单位名称": "名称", "科普基地所在街道": "镇街", "单位通讯地址": "地址",
        "联系人／手机": "联系方式：联系人", "联 系\n电话（座机）": "联系方式：电话", "对外开放时间": "开放时间", "传真电话": "", "单位性质": "",
    }  # fmt: skip
    assert {heading: meaning(heading, meanings, "科普基地") for heading in known} == known


def test_our_own_titles_are_headings_and_names_alone_are_no_list(collection: Collection) -> None:
    sheets = sheets_of(collection)
    for kind in ("bases", "incubators", "policies", "platforms", "targets"):
        targets = targets_of(kind, sheets)
        meanings = meanings_of(targets)
        assert all(meanings[plain_heading(title)] == title for title in targets)
    with pytest.raises(Unusable):
        read(collection, Worksheet("表", {1: {0: Cell("名称")}, 2: {0: Cell("甲")}}))
