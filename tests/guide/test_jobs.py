"""Twelve jobs of an editor who knows Excel, typed as such a person types them: how many cells, commands and stops each takes.

A stop is an answer that makes the editor type something again. What a person would write first is written first, so what
the program takes at once costs nothing, and what it refuses counts.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.editing.excel import messy
from tests.editing.excel.workshop import Workshop
from tests.guide.text import commands, sections
from tests.media.pictures import exif, jpeg, segment
from tests.support import DISTRICT, ROOT
from tests.support.looping import failures
from tests.support.projects import kepu

EDITORS = (ROOT / "docs/dev/editors.md").read_text("utf-8")
ROUTINE = [
    command
    for section in ("二、用 Excel 或 WPS", "交上去")
    for command in commands(sections()[section])
    if not command.startswith(("kepu build", "kepu publish", "git pull --rebase"))
]
"""What every sitting types: fetch, export, look, import, preview, see the changes, hand in."""


class Editor(Workshop):
    """An editor at work: a project, the exported table, and what was typed so far.

    Attributes:
        cells: cells that were filled.
        commands: commands that were typed besides those of every sitting.
        stops: answers that made the editor type something again.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for source in (DISTRICT / "data/terms").glob("*.yml"):
            if source.name != "holidays.yml":
                shutil.copy(source, self.project / "data/terms")
        towns = f"{messy.TOWNS}east: {{label: 东镇, order: 4}}\nwest: {{label: 西镇, order: 5}}\n"
        self.write("data/terms/towns.yml", towns)
        self.cells = self.commands = self.stops = 0
        self.export()

    def fill(self, sheet: str, title: str, value: str, row: int = 2) -> None:
        """Write into a cell."""
        self.put(sheet, title, value, row)
        self.cells += 1

    def line(self, sheet: str, **values: str) -> None:
        """Write a new row."""
        self.add(sheet, **values)
        self.cells += len(values)

    def hand_over(self) -> str:
        """Import the table, first to look; return what is said."""
        looked = self.take_over("--dry-run")
        self.stops += looked.exit_code != 0
        assert (looked.exit_code == 0) == (self.take_over().exit_code == 0)
        assert not looked.exception or isinstance(looked.exception, SystemExit), looked.exception
        return looked.output

    def type(self, *arguments: str) -> str:
        """Type a command and return what is said."""
        done = kepu(self.project, *arguments)
        assert not done.exception or isinstance(done.exception, SystemExit), done.exception
        self.commands += 1
        self.stops += done.exit_code != 0
        return done.output

    def place(self, path: str, content: bytes) -> None:
        """Put a file into the project."""
        (self.project / path).parent.mkdir(parents=True, exist_ok=True)
        (self.project / path).write_bytes(content)

    def record(self, identifier: str = "wetland", kind: str = "bases") -> dict[str, object]:
        """Return a record as its file has it."""
        found: dict[str, object] = yaml.load(self.read(f"data/{kind}/{identifier}.yml"), yaml.BaseLoader)
        return found

    def is_clean(self) -> bool:
        """Tell whether the check finds nothing at all."""
        return "没有发现问题" in kepu(self.project, "check").output


def telephone(editor: Editor) -> None:
    for written, stands in (
        ("86269999", "0750-86269999"),
        ("0750-86269999转801", "0750-86269999转801"),
        ("0750-1234567、1234568", "0750-1234567、1234568"),
        ("138 5711 2345", "138 5711 2345"),
    ):
        editor.fill("科普基地", "联系方式：电话", written)
        editor.hand_over()
        assert editor.record()["contact"] == {"phone": stands, "person": "王"}
    editor.cells = 1


def hours(editor: Editor) -> None:
    editor.fill("开放时间", "星期", "周二至周日（周一闭馆，法定节假日除外）")
    assert "写在种类的工作表的“法定节假日”一栏，例如 按周日" in editor.hand_over()
    editor.fill("开放时间", "星期", "周二至周日")
    editor.fill("开放时间", "关门", "11：30")
    editor.line("开放时间", 记录="湿地", 星期="周二至周日", 开门="14：00", 关门="17：00")
    editor.fill("科普基地", "法定节假日", "按周日")
    editor.hand_over()
    assert [(hours["days"], hours["from"], hours["to"]) for hours in editor.record()["opening"]] == [  # type: ignore[attr-defined]
        (list("二三四五六日"), "9:00", "11:30"), (list("二三四五六日"), "14:00", "17:00"),
    ]  # fmt: skip
    assert editor.record()["on_holidays"] == "as-sunday"


def new_base(editor: Editor) -> None:
    editor.line(
        "科普基地", 名称="示例星空馆", 简介="看星星的地方。", 镇街="示例山镇", 地址="观星路 1 号", 类别="企业", 领域="天文航天",
        依托单位="示例天文学会", 开馆日期="2016年5月", **{"联系方式：电话": "1234568", "联系方式：联系人": "办公室"},
    )  # fmt: skip
    editor.line("认定", 记录="示例星空馆", 名称="省级科普基地", 级别="省级", 认定时间="2019", 状态="已认定")
    editor.line("开放时间", 记录="示例星空馆", 星期="周二至周日", 开门="9：00", 关门="17：00")
    assert "缺少“来源”；请到工作表“来源”加一行" in editor.hand_over()
    editor.line("来源", 记录="示例星空馆", 标题="示例天文学会网站", 来源性质="官方")
    editor.hand_over()
    made = editor.record("shili-xingkong-guan")
    assert (made["category"], made["town"], made["opened"]) == ("enterprises", "hill", "2016-05")
    assert made["contact"] == {"person": "办公室", "phone": "0750-1234568"}


def attachment(editor: Editor) -> None:
    name = "附件1 科普基地 申报表（2025 年）.pdf"
    editor.line("附件", 记录="科普方案", 标题="申报表", 文件=name)
    told = editor.hand_over()
    folder = re.search(r"不在 (\S+) 里；请放进去", told)
    assert folder
    editor.place(f"{folder[1]}{name}", b"%PDF-1.4\n%%EOF\n")
    editor.hand_over()
    assert editor.record("plan", "policies")["attachments"] == [{"title": "申报表", "file": name}]


def replacement(editor: Editor) -> None:
    name = "示例区科普教育基地管理办法（2025年）"
    editor.line(
        "政策",
        名称=name,
        简介="基地怎样认定、怎样管理。",
        体裁="管理办法",
        文号="示府[2025]1号",
        发布日期="2025.3.1",
        取代="科普方案",
    )
    editor.line("来源", 记录=name, 标题="示例区政府网站", 来源性质="官方")
    editor.fill("政策", "有效性", "废止")
    editor.hand_over()
    made = editor.record("shili-qu-kepu-jiaoyu-jidi-guanli-banfa-2025", "policies")
    assert (made["replaces"], made["doc_no"], made["published"]) == (["plan"], "示府〔2025〕1号", "2025-03-01")
    assert editor.record("plan", "policies")["validity"] == "repealed"


def closing(editor: Editor) -> None:
    editor.fill("科普基地", "开放状态", "关闭")
    editor.hand_over()
    assert editor.record()["status"] == "closed"


def renaming(editor: Editor) -> None:
    editor.fill("科普基地", "名称", "示例荷塘")
    assert "名称从“湿地”改成“示例荷塘”；要让人搜旧名称也找得到，请在“别名”里写上“湿地”" in editor.hand_over()
    editor.fill("科普基地", "别名", "湿地")
    assert "要让人搜旧名称" not in editor.hand_over()
    editor.type("rename", "wetland", "shili-hetang")
    record = editor.record("shili-hetang")
    assert (record["name"], record["aliases"], record["former_ids"]) == ("示例荷塘", ["湿地"], ["wetland"])


def merging(editor: Editor) -> None:
    editor.write("data/bases/pond.yml", "name: 小池塘\nsummary: 一处。\nsources: [{ref: plan}]\n")
    editor.export()
    editor.fill("科普基地", "已并入", "湿地")
    editor.hand_over()
    assert editor.record("pond")["merged_into"] == "wetland"


def photo(editor: Editor) -> None:
    editor.place(
        "content/files/bases/wetland/IMG_2031.jpg", jpeg(segment(0xE1, b"Exif\0\0" + exif(make="Phone", model="X")))
    )
    editor.line("图片", 记录="湿地", 文件="IMG_2031.jpg", 替代文字="一片荷叶")
    editor.hand_over()
    assert "拍摄地点" in editor.type("check")
    assert "IMG_2031.jpg" in editor.type("fix")
    assert b"Phone" not in (editor.project / "content/files/bases/wetland/IMG_2031.jpg").read_bytes()


def article(editor: Editor) -> None:
    editor.type(
        "new",
        "articles",
        "--name",
        "梅花什么时候开",
        "--id",
        "meihua",
        "--summary",
        "看冬天的温度。",
        "--source",
        "plan",
    )
    path = "content/articles/meihua.md"
    text = editor.read(path)
    body = "\n去[湿地](id:wetland)看梅花，也去[超山](id:chaoshan)。\n\n![枝头的梅花](meihua.jpg)\n\n| 月 | 花 |\n| - | - |\n| 2 | 梅 |\n"
    editor.write(path, text + body)
    told = editor.type("check")
    assert f"{path}:" in told
    assert "引用的记录 “chaoshan” 不存在" in told
    assert "图片 “meihua.jpg” 不存在；请把图片放进 content/articles/" in told
    editor.write(path, text + body.replace("，也去[超山](id:chaoshan)", ""))
    editor.place("content/articles/meihua.jpg", jpeg())
    editor.type("check")


def actual(editor: Editor) -> None:
    editor.fill("目标", "实际", "98")
    assert "写了实际值就要写" in editor.hand_over()
    editor.fill("目标", "实际截至", "2024年12月")
    editor.line("实际值的来源", 记录=str(editor.record("hundred", "targets")["name"]), 标题="统计公报", 来源性质="官方")
    editor.hand_over()
    assert editor.record("hundred", "targets")["as_of"] == "2024-12"


ANSWERS = {"类别": "其他类", "联系方式：电话": "0750-1234592", "认定时间": "2023", "来源性质": "官方"}
HOURS = {"星期": "周一至周五", "开门": "8:30", "关门": "16:30"}


def foreign_list(editor: Editor) -> None:
    (editor.project.parent / "名单.xlsx").write_bytes(messy.workbook())
    told = editor.type("excel", "adopt", str(editor.project.parent / "名单.xlsx"))
    editor.stops += told.count("\n问题 ")
    exported, editor.file = editor.file, editor.project.parent / "名单-核对.xlsx"
    with editor.opened() as book:
        for sheet in book.worksheets:
            titles = [cell.value for cell in sheet[1]]
            for row in sheet.iter_rows(min_row=2):
                asked = [
                    title
                    for title, cell in zip(titles, row, strict=True)
                    if (cell.comment and "问题" in cell.comment.text)
                ]
                answers = {title: ANSWERS[title] for title in asked if title in ANSWERS}
                answers |= HOURS if "星期" in asked and not row[titles.index("开门")].value else {}
                for title, answer in answers.items():
                    row[titles.index(title)].value = answer
                editor.cells += len(answers)
                if "要核对" in titles:
                    row[titles.index("要核对")].value = None
    assert "还没有核对" not in editor.hand_over()
    editor.file = exported
    assert len(list((editor.project / "data/bases").glob("*.yml"))) == 29


JOBS: dict[str, Callable[[Editor], None]] = {
    "1": telephone, "2": hours, "3": new_base, "4": attachment, "5": replacement, "6": closing, "7": renaming, "8": merging,
    "9": photo, "10": article, "11": actual, "12": foreign_list,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the editors work, each in a folder of its own."""
    return tmp_path_factory.mktemp("jobs")


@pytest.mark.audit
def test_each_job_ends_well_and_takes_what_the_table_says(folder: Path) -> None:
    rows = dict(re.findall(r"^\| (\d+) \|.*?\| ([^|]+) \|$", EDITORS, re.MULTILINE))
    assert len(ROUTINE) == 9

    def play(number: str) -> None:
        (folder / number).mkdir()
        editor = Editor(folder / number)
        JOBS[number](editor)
        assert editor.is_clean(), kepu(editor.project, "check").output
        assert rows.get(number) == f"{editor.cells}, {len(ROUTINE) + editor.commands}, {editor.stops}"

    assert failures(play, JOBS) == []
