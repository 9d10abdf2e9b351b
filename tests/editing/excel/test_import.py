"""What comes back from editors: only what they changed, each cell told, conflicts kept, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editing.excel.workshop import WETLAND, Workshop


def test_a_changed_cell_changes_its_value_alone(workshop: Workshop) -> None:
    spot = workshop.put("科普基地", "联系方式：电话", "0750-7654321")
    done = workshop.take_over()
    assert f"{spot} 湿地：联系方式：电话 0750-1234567 → 0750-7654321" in done.output
    assert workshop.read() == WETLAND.replace("0750-1234567", "0750-7654321")


def test_a_dry_run_tells_and_writes_nothing(workshop: Workshop) -> None:
    workshop.put("科普基地", "简介", "新的简介。")
    before = workshop.texts()
    done = workshop.take_over("--dry-run")
    assert (done.exit_code, workshop.texts()) == (0, before)
    assert "1 处改动，在 1 个文件里；没有写入" in done.output


def test_a_value_is_added_in_its_place_and_taken_out(workshop: Workshop) -> None:
    workshop.put("科普基地", "地址", "湿地路 1 号")
    workshop.put("科普基地", "联系方式：联系人", None)
    workshop.put("科普基地", "别名", "甲、乙\n丙")
    assert workshop.take_over().exit_code == 0
    made = WETLAND.replace("town: east\n", "town: east\naddress: 湿地路 1 号\n").replace(", person: 王", "")
    assert workshop.read() == made.replace("summary", "aliases:\n    - 甲、乙\n    - 丙\nsummary")


def test_a_group_that_is_left_empty_goes(workshop: Workshop) -> None:
    workshop.put("科普基地", "联系方式：联系人", None)
    workshop.put("科普基地", "联系方式：电话", None)
    assert workshop.take_over().exit_code == 0
    assert workshop.read() == WETLAND.replace("contact: {phone: 0750-1234567, person: 王}\n", "")


def test_labels_are_written_as_ids_and_equal_words_are_no_change(workshop: Workshop) -> None:
    workshop.put("科普基地", "镇街", "east")
    assert "没有要写的改动" in workshop.take_over().output
    workshop.put("科普基地", "镇街", "西镇")
    assert workshop.take_over().exit_code == 0
    assert "town: west\n" in workshop.read()


def test_items_are_changed_added_and_removed(workshop: Workshop) -> None:
    workshop.put("大事", "事件", "正式开放。")
    workshop.put("大事", "删去", "是", row=3)
    workshop.add("大事", 记录="湿地", 日期="2020-01-02", 事件="重修。")
    workshop.add("大事·来源", 记录="wetland", 大事序号="3", 标题="报道", 来源性质="媒体")
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    made = WETLAND.replace("text: 开放。", "text: 正式开放。").replace(
        "- {date: 2018, text: 扩建。}\n",
        "- date: 2020-01-02\n  text: 重修。\n  sources:\n      - title: 报道\n        mark: press\n",
    )
    assert workshop.read() == made


def test_of_items_alike_the_right_one_is_changed_or_removed(workshop: Workshop) -> None:
    alike = "- date: 2020   # {}\n  text: 同样的事。\n"
    text = WETLAND.replace("- {date: 2018, text: 扩建。}\n", "".join(alike.format(n) for n in range(4)))
    workshop.write("data/bases/wetland.yml", text)
    workshop.export()
    workshop.put("大事", "日期", "2021", row=3)
    workshop.put("大事", "删去", "是", row=5)
    assert workshop.take_over().exit_code == 0
    made = text.replace("date: 2020   # 0", "date: 2021   # 0").replace(alike.format(2), "")
    assert comments_aside(workshop.read()) == comments_aside(made)


def comments_aside(text: str) -> str:
    """Return a text without a comment that stayed behind where an item went."""
    return text.replace("# 2\n", "")


def test_a_missing_row_removes_nothing(workshop: Workshop) -> None:
    with workshop.opened() as workbook:
        workbook["大事"].delete_rows(3)
        workbook["科普基地"].delete_rows(2)
    done = workshop.take_over()
    assert "提醒：工作表“大事”里少了 1 项，没有删去" in done.output
    assert workshop.read() == WETLAND


def test_a_new_row_is_a_new_record(workshop: Workshop) -> None:
    workshop.add("科普基地", 名称="示例星空馆", 简介="看星星。", 镇街="东镇", 适合人群="")
    workshop.add("来源", 记录="示例星空馆", 标题="示例网站", 来源性质="官方")
    done = workshop.take_over()
    assert "新增 data/bases/shili-xingkong-guan.yml" in done.output, done.output
    text = workshop.read("data/bases/shili-xingkong-guan.yml")
    assert "name: 示例星空馆\n" in text
    assert "town: east\n" in text
    assert "- title: 示例网站\n    mark: official\n" in text


def test_two_new_records_of_one_sound_get_two_ids(workshop: Workshop) -> None:
    for name in ("星馆", "兴馆"):
        workshop.add("科普基地", 名称=name, 简介="一处。")
        workshop.add("来源", 记录=name, 政策="plan")
    assert workshop.take_over().exit_code == 0
    names = {path.stem for path in (workshop.project / "data/bases").iterdir()}
    assert names == {"wetland", "xingguan", "xingguan-2"}


def test_a_new_row_may_be_an_article_or_have_an_id(workshop: Workshop) -> None:
    workshop.add("科普文章", id="snow", 标题="雪从哪里来", 简介="讲雪。")
    workshop.add("来源", 记录="雪从哪里来", 政策="plan")
    assert workshop.take_over().exit_code == 0
    assert workshop.read("content/articles/snow.md").startswith("---\ntitle: 雪从哪里来\n")


def test_an_article_keeps_its_page(workshop: Workshop) -> None:
    before = workshop.read("content/articles/rain.md")
    workshop.put("科普文章", "标题", "雨的来历")
    assert workshop.take_over().exit_code == 0
    assert workshop.read("content/articles/rain.md") == before.replace("雨从哪里来", "雨的来历")


@pytest.mark.parametrize("options", [(), ("--skip-conflicts",)])
def test_what_changed_on_both_sides_is_a_conflict(options: tuple[str, ...], workshop: Workshop) -> None:
    spot = workshop.put("科普基地", "简介", "表里的简介。")
    workshop.put("政策", "简介", "另一份方案。")
    workshop.write("data/bases/wetland.yml", WETLAND.replace("一块湿地。", "记录里的简介。"))
    before = workshop.texts()
    done = workshop.take_over(*options)
    assert f"冲突 {spot}：湿地：简介：导出以后两边都改了" in done.output
    assert "记录里的简介。" in workshop.read()
    assert (done.exit_code, workshop.texts() == before) == ((0, False) if options else (1, True))


def test_what_changed_in_the_record_alone_stays(workshop: Workshop) -> None:
    workshop.write("data/bases/wetland.yml", WETLAND.replace("一块湿地。", "记录里的简介。"))
    before = workshop.texts()
    done = workshop.take_over()
    assert (done.exit_code, workshop.texts()) == (0, before)
    assert "没有要写的改动" in done.output


def test_an_item_is_found_again_where_it_has_moved(workshop: Workshop) -> None:
    workshop.put("大事", "事件", "正式开放。")
    moved = WETLAND.replace("events:\n", "events:\n- {date: 2015, text: 动工。}\n")
    workshop.write("data/bases/wetland.yml", moved)
    assert workshop.take_over().exit_code == 0
    assert workshop.read() == moved.replace("text: 开放。", "text: 正式开放。")


@pytest.mark.parametrize(("former", "told"), [("", "已经不在了"), ("former_ids: [wetland]\n", "已经改名为 marsh")])
def test_a_row_whose_record_is_gone_is_a_conflict_if_it_was_edited(former: str, told: str, workshop: Workshop) -> None:
    for path, old in (("data/targets/hundred.yml", "[wetland]"), ("content/articles/rain.md", "[wetland]")):
        workshop.write(path, workshop.read(path).replace(old, "[marsh]").replace('"wetland"', '"marsh"'))
    (workshop.project / "data/bases/wetland.yml").unlink()
    workshop.write("data/bases/marsh.yml", WETLAND.replace("summary", f"{former}summary"))
    assert workshop.take_over().exit_code == 0
    spot = workshop.put("科普基地", "简介", "表里的简介。")
    workshop.put("大事", "事件", "改了。")
    before = workshop.texts()
    done = workshop.take_over()
    assert (done.exit_code, workshop.texts()) == (1, before)
    assert f"冲突 {spot.replace('G', 'A')}：记录 wetland {told}" in done.output


@pytest.mark.parametrize(
    ("sheet", "title", "value", "message"),
    [
        ("科普基地", "联系方式：电话", "0750-12", "电话 “0750-12” 不完整；要有区号和号码"),
        ("科普基地", "镇街", "南镇", "镇街：词表 data/terms/towns.yml 里没有 “南镇”"),
        ("科普基地", "名称", None, "缺少“名称”"),
        ("开放时间", "开门", "25:00", "时间 “25:00” 不对"),
        ("大事", "日期", "2016-13", "日期 “2016-13” 不对"),
        ("大事·来源", "政策", "nowhere", "nowhere"),
        ("科普基地", "正文", "<b>粗</b>", "HTML"),
        ("来源", "标题", "某文", "来源写了 ref 就不再写别的"),
    ],
)
def test_a_bad_cell_is_named_with_the_message_of_the_check(
    sheet: str, title: str, value: str, message: str, workshop: Workshop
) -> None:
    workshop.put("政策", "简介", "另一份方案。")
    spot = workshop.put(sheet, title, value, row=next_row(workshop, sheet))
    before = workshop.texts()
    done = workshop.take_over()
    assert (done.exit_code, workshop.texts()) == (1, before)
    told = [line for line in done.output.splitlines() if line.startswith("错误")]
    assert told[0].startswith(f"错误 {spot}："), done.output
    assert message in told[0]


def next_row(workshop: Workshop, sheet: str) -> int:
    """Return the first row of the wetland in a sheet."""
    with workshop.opened() as workbook:
        return next(row[0].row for row in workbook[sheet].iter_rows(min_row=2) if row[0].value == "wetland")


def test_certain_slips_in_changed_cells_are_mended(workshop: Workshop) -> None:
    workshop.put("开放时间", "开门", "　9：30 ")
    assert workshop.take_over().exit_code == 0
    assert workshop.read() == WETLAND.replace("from: 9:00", "from: 9:30")


def test_a_failure_in_the_middle_puts_everything_back(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop.put("科普基地", "简介", "甲。")
    workshop.put("政策", "简介", "乙。")
    before = workshop.texts()
    replace, done = Path.replace, list[Path]()

    def once(path: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == 2:
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", once)
    result = workshop.take_over()
    assert (result.exit_code, len(done)) == (1, 3)
    assert workshop.texts() == before


def test_a_text_too_long_for_a_cell_is_left_alone(workshop: Workshop) -> None:
    body = "body: |\n" + ("  " + "很长。" * 300 + "\n") * 40
    workshop.write("data/bases/wetland.yml", WETLAND + body)
    workshop.export()
    assert "没有要写的改动" in workshop.take_over().output
    spot = workshop.put("科普基地", "正文", "短的。")
    assert f"错误 {spot}：这一格的内容太长" in workshop.take_over().output
