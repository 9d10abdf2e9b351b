"""One table is imported again and again: what it brought in is no conflict, what others changed still is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editing.excel.workshop import Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    made.export()
    return made


def take_over(workshop: Workshop) -> str:
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    return done.output


def test_a_table_is_imported_again_unchanged(workshop: Workshop) -> None:
    workshop.put("科普基地", "简介", "第一次改。")
    take_over(workshop)
    assert "没有要写的改动" in take_over(workshop)


def test_another_cell_and_the_same_cell_change_after_an_import(workshop: Workshop) -> None:
    for title, value in (("简介", "第一次改。"), ("联系方式：联系人", "李"), ("简介", "第三次改。")):
        workshop.put("科普基地", title, value)
        take_over(workshop)
        assert value in workshop.read()


def test_items_change_again_and_others_go(workshop: Workshop) -> None:
    workshop.put("大事", "事件", "第一次改。")
    workshop.put("大事", "删去", "是", row=3)
    take_over(workshop)
    workshop.put("大事", "事件", "第二次改。")
    workshop.put("大事", "删去", None, row=3)
    done = workshop.take_over()
    assert "第二次改" in workshop.read() or "已经不在了" in done.output


def test_new_rows_are_added_once_and_may_be_changed(workshop: Workshop) -> None:
    workshop.add("科普基地", 名称="某馆", 简介="新的一处。")
    workshop.add("来源", 记录="某馆", 政策="plan")
    workshop.add("大事", 记录="湿地", 日期="2020", 事件="又扩建。")
    take_over(workshop)
    assert "没有要写的改动" in take_over(workshop)
    assert workshop.read().count("又扩建") == 1
    workshop.put("科普基地", "简介", "新的一处，改过。", row=3)
    take_over(workshop)
    texts = [text.decode() for path, text in workshop.texts().items() if path.endswith(".yml")]
    assert sum("新的一处，改过。" in text for text in texts) == 1


def test_what_somebody_else_changed_meanwhile_is_still_a_conflict(workshop: Workshop) -> None:
    workshop.put("科普基地", "简介", "第一次改。")
    take_over(workshop)
    workshop.write("data/bases/wetland.yml", workshop.read().replace("第一次改。", "别人改的。"))
    workshop.put("科普基地", "简介", "第二次改。")
    done = workshop.take_over()
    assert done.exit_code == 1
    assert "两边都改了" in done.output


@pytest.mark.parametrize("content", ["", "[" * 100_000, '{"a": 1}', "[]", '{"科普基地 wetland  h1": "x"}'])
def test_a_damaged_note_is_as_good_as_none(workshop: Workshop, content: str) -> None:
    (workshop.project / ".excel-imports.json").write_text(content)
    workshop.put("科普基地", "简介", "第一次改。")
    take_over(workshop)
    assert "没有要写的改动" in take_over(workshop)
