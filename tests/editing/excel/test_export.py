"""The workbook that editors get: its sheets, columns, notes and choices follow from the fields."""

from __future__ import annotations

import io
import json
from itertools import product
from typing import ClassVar

import pytest
from openpyxl import load_workbook

from macros.cli.excel import counted
from macros.editing.excel.export import export_workbook, sheets_of
from macros.editing.excel.workbook_schema import tables_of
from macros.records.model.description import fields_of, groups_of
from macros.records.model.fields import BoolField, Line
from macros.records.model.groups import Contact, FieldGroup, optional, several, titled
from macros.records.model.kinds import Authored
from macros.records.model.registry import KINDS
from macros.site.session import Session
from tests.editing.excel.workshop import Workshop, column_of
from tests.support.looping import failures
from tests.support.projects import kepu


class Wheel(FieldGroup):
    """A part of a toy."""

    colour: Line = titled("颜色")


class Toy(Authored):
    """A toy kind with fields of its own."""

    kind: ClassVar[str] = "toys"

    loud: BoolField | None = optional("响不响", "按一下试试")
    maker: Contact | None = optional("制造者")
    wheels: tuple[Wheel, ...] = several("轮子")


def test_a_new_field_of_a_toy_kind_is_a_column(district: Session) -> None:
    collection = district.checked.collection
    workbook = load_workbook(io.BytesIO(export_workbook(collection, (), {"toys": Toy})))
    sheet = workbook["toys"]
    head = sheet.cell(1, column_of(sheet, "响不响"))
    assert "按一下试试" in head.comment.text
    assert column_of(sheet, "制造者：电话")
    assert [cell.value for cell in workbook["轮子"][1]] == ["id", "校验（轮子）", "记录", "序号", "颜色", "删去"]
    choices = {str(choice.sqref).split(":")[0]: choice.formula1 for choice in sheet.data_validations.dataValidation}
    assert f"{head.column_letter}2" in choices


def test_every_field_of_every_kind_has_a_column(district: Session) -> None:
    tables = sheets_of(district.checked.collection)
    shown = {id(column.field) for table in tables for column in table.columns}
    models = (*KINDS.values(), *groups_of(KINDS.values()))
    assert [f for model in models for f in fields_of(model) if f.group is None and id(f) not in shown] == []


def test_titles_and_names_are_unique(district: Session) -> None:
    tables = sheets_of(district.checked.collection)
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert len(set(table.header)) == len(table.header), table.name


def test_names_that_clash_or_are_long_are_told_apart() -> None:
    tables = tables_of({"a": Toy, "b": Toy, "c": Toy}, {"a": "玩[具]", "b": "玩-具-", "c": "长" * 40})
    assert [table.name for table in tables[:3]] == ["玩-具-", "玩-具-2", "长" * 31]


def test_the_same_records_give_the_same_bytes(district: Session) -> None:
    collection = district.checked.collection
    records = collection.records.values()
    assert export_workbook(collection, records) == export_workbook(collection, records)


def test_values_stay_what_they_are(workshop: Workshop) -> None:
    with workshop.opened() as workbook:
        base, opening = workbook["科普基地"], workbook["开放时间"]
        cells = {
            "phone": base.cell(2, column_of(base, "联系方式：电话")),
            "from": opening.cell(2, column_of(opening, "开门")),
            "days": opening.cell(2, column_of(opening, "星期")),
            "town": base.cell(2, column_of(base, "镇街")),
        }
    assert {name: cell.value for name, cell in cells.items()} == {
        "phone": "0750-1234567",
        "from": "9:00",
        "days": "周二、周三",
        "town": "东镇",
    }
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in cells.values())
    hidden = base.column_dimensions["A"]
    assert (hidden.min, hidden.max, hidden.hidden) == (1, 2, True)
    assert base.column_dimensions["H"].number_format == "@"
    assert (base.freeze_panes, opening.freeze_panes) == ("D2", "E2")
    assert workbook["词表"].sheet_state == "hidden"


def test_a_text_that_begins_like_a_formula_is_a_text(workshop: Workshop) -> None:
    workshop.write("data/bases/wetland.yml", 'name: "=1+1"\nsummary: "-2"\nsources: [{ref: plan}]\n')
    workshop.export()
    with workshop.opened() as workbook:
        assert workbook["科普基地"]["C2"].data_type == "s"
    assert "没有要写的改动" in workshop.take_over().output


def test_odd_texts_come_back(workshop: Workshop) -> None:
    def check(case: tuple[str, str]) -> None:
        text, suffix = case
        quoted = json.dumps(text)
        workshop.write("data/bases/wetland.yml", f"name: 湿地\nsummary: {quoted}\nsources: [{{ref: plan}}]\n")
        workshop.file = workshop.file.with_suffix(suffix)
        sheet = ("--sheet", "科普基地") if suffix == ".csv" else ()
        assert kepu(workshop.project, "excel", "export", str(workshop.file), "--force", *sheet).exit_code == 0
        assert workshop.take_over().output == "没有要写的改动。\n"

    texts = ("_x0041_", "a_x000D_b", "\uffff", "𠮷 <&> \"'", "'=1")
    assert failures(check, product(texts, (".xlsx", ".csv"))) == []


def test_progress_is_shown_to_people_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr("sys.stderr", shown)
    assert list(counted([1, 2], "核对")) == [1, 2]
    assert shown.getvalue() == ""
    monkeypatch.setattr(shown, "isatty", lambda: True)
    assert list(counted([1, 2], "核对")) == [1, 2]
    assert "核对" in shown.getvalue()


def test_an_export_does_not_cover_a_file_that_is_there(workshop: Workshop) -> None:
    done = kepu(workshop.project, "excel", "export", str(workshop.file))
    assert (done.exit_code, "已经有了" in done.output) == (2, True)


def test_a_record_that_can_not_be_read_is_told_of(workshop: Workshop) -> None:
    workshop.write("data/bases/wetland.yml", "name: 湿地\n")
    done = kepu(workshop.project, "excel", "export", str(workshop.file), "--force")
    assert (done.exit_code, "wetland 的文件有错" in done.output) == (0, True)


@pytest.mark.parametrize("arguments", [("out.txt",), ("out.csv",), ("out.csv", "--sheet", "没有")])
def test_wrong_use_is_told(arguments: tuple[str, ...], workshop: Workshop) -> None:
    assert kepu(workshop.project, "excel", "export", *arguments).exit_code == 2
