"""Cells are read alike whoever wrote the file, and what is no workbook is refused with a cure."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from benchmarks.hostile import long_workbook
from macros.spreadsheets import reader
from macros.spreadsheets.csv_file import read_csv
from macros.spreadsheets.reader import cell_of_number, read_xlsx
from macros.spreadsheets.sheets import Cell, Nature, Unusable
from tests.spreadsheets.packages import book, inline, packed
from tests.support.steps import steps

DATE = "yyyy\\-mm\\-dd"


@pytest.mark.parametrize(
    ("number", "pattern", "text", "nature"),
    [
        ("750.0", "General", "750", Nature.NUMBER),
        ("13800138000", "", "13800138000", Nature.NUMBER),
        ("1.3800138E10", "0", "13800138000", Nature.NUMBER),
        ("113.07999999999999", "General", "113.08", Nature.NUMBER),
        ("-0.5", "0.00_ ;[Red]-0.00", "-0.5", Nature.NUMBER),
        ("2016", "G/通用格式", "2016", Nature.NUMBER),
        ("42493", DATE, "2016-05-03", Nature.DATE),
        ("42493", "m/d/yy;@", "2016-05-03", Nature.DATE),
        ("42491", 'yyyy"年"m"月"', "2016-05", Nature.DATE),
        ("42491", "mmm\\-yy", "2016-05", Nature.DATE),
        ("42491", "[$-409]mmm\\-yy;@", "2016-05", Nature.DATE),
        ("42493", "yyyy", "2016", Nature.DATE),
        ("42493", "d-mmm", "05-03", Nature.DATE),
        ("0.395833333333333", "h:mm", "9:30", Nature.DATE),
        ("0.395833333333333", "[h]:mm;@", "9:30", Nature.DATE),
        ("42493.395833333333333", "yyyy/m/d h:mm", "2016-05-03 9:30", Nature.DATE),
        ("1e400", DATE, "1e400", Nature.TEXT),
        ("9e15", DATE, "9000000000000000", Nature.NUMBER),
    ],
)
def test_a_number_means_what_its_format_shows(number: str, pattern: str, text: str, nature: Nature) -> None:
    assert cell_of_number(number, pattern) == Cell(text, nature)


SHOWN = {
    ("0.12", "0%"): "12%",
    ("0.1234", "0.00%"): "12.34%",
    ("0.12", "0.00%"): "12%",
    ("1.5", "0.0%"): "150%",
    ("1", "[h]:mm:ss"): "24:00",
    ("1.0625", "[h]:mm"): "25:30",
    ("0.729166666666667", "[h]:mm"): "17:30",
    ("0.729178240740741", "[hh]:mm:ss"): "17:30:01",
}


def test_a_cell_says_what_was_typed() -> None:
    assert {given: cell_of_number(*given).text for given in SHOWN} == SHOWN


def test_days_may_be_counted_from_1904() -> None:
    formats = '<numFmts/><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    raw = book('<sheetData><row><c s="1"><v>41031</v></c></row></sheetData>', formats=formats, is_1904=True)
    assert read_xlsx(raw)[0].rows == {1: {0: Cell("2016-05-03", Nature.DATE)}}


def test_texts_are_read_wherever_they_are_kept() -> None:
    strings = "<si><t>共享</t></si><si><r><t>一</t></r><r><t>二</t></r><rPh><t>yī</t></rPh></si>"
    cells = [
        inline("A1", "内联"),
        '<c r="B1" t="s"><v>0</v></c>',
        '<c r="C1" t="s"><v>1</v></c>',
        '<c r="E1" t="str"><v>直接</v></c>',
        '<c r="F1" t="b"><v>1</v></c>',
        '<c r="G1" t="e"><v>#N/A</v></c>',
        '<c r="H1"><f>A1</f><v>1</v></c>',
        inline("I1", "甲_x000D_\n_x005F_x0041_"),
        '<c r="J1" s="3"/>',
        '<c r="K1" t="d"><v>2016-05-03T00:00:00</v></c>',
    ]
    [sheet] = read_xlsx(book(f"<sheetData><row>{''.join(cells)}</row></sheetData>", strings=strings))
    assert sheet.rows[1] == {
        0: Cell("内联"),
        1: Cell("共享"),
        2: Cell("一二"),
        4: Cell("直接"),
        5: Cell("是"),
        6: Cell("#N/A", Nature.ERROR),
        7: Cell("A1", Nature.FORMULA),
        8: Cell("甲\r\n_x0041_"),
        10: Cell("2016-05-03", Nature.DATE),
    }


def test_a_strict_file_is_read_too() -> None:
    raw = packed(
        {
            "xl/workbook.xml": '<w:workbook xmlns:w="http://purl.oclc.org/ooxml/spreadsheetml/main" '
            'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships">'
            '<w:sheets><w:sheet name="甲" r:id="x"/></w:sheets></w:workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="x" Target="worksheets/a.xml"/></Relationships>',
            "xl/worksheets/a.xml": '<w:worksheet xmlns:w="http://purl.oclc.org/ooxml/spreadsheetml/main"><w:sheetData>'
            '<w:row r="2"><w:c r="B2"><w:v>3</w:v></w:c></w:row></w:sheetData></w:worksheet>',
        }
    )
    assert read_xlsx(raw)[0].rows == {2: {1: Cell("3", Nature.NUMBER)}}


EMPTY = book("<sheetData/>")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密码"),
        (b"", "不是 xlsx"),
        ("名称,简介\n".encode(), "不是 xlsx"),
        (packed({"word/document.xml": "<x/>"}), "不是 xlsx"),
        (EMPTY[:200], "坏了"),
        (EMPTY.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml"), "坏了"),
        (book("<sheetData>"), "坏了"),
        (book("<sheetData><row><c t='s'><v>9</v></c></row></sheetData>", strings="<si/>"), "坏了"),
        (book("<sheetData><row r='x'/></sheetData>"), "坏了"),
        (packed({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"}), "坏了"),
    ],
)
def test_what_is_no_workbook_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        read_xlsx(raw)


def test_of_too_many_rows_none_is_read_past_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.spreadsheets.reader.MOST_ROWS", 100)

    def read(raw: bytes) -> None:
        with pytest.raises(Unusable, match="行太多"):
            read_xlsx(raw)

    longer, much_longer = long_workbook(200, columns=3), long_workbook(2000, columns=3)
    read(longer)
    assert steps(lambda: read(much_longer)) < 1.1 * steps(lambda: read(longer))


def test_rows_without_content_do_not_count() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(1, 200_001))
    assert read_xlsx(book(f"<sheetData>{rows}</sheetData>"))[0].rows == {}


@pytest.mark.parametrize(
    "raw",
    [
        "id,名称\r\na,江门\r\n".encode("utf-8-sig"),
        "id,名称\na,江门\n".encode(),
        "id,名称\r\na,江门\r\n".encode("gbk"),
        "id\t名称\r\na\t江门\r\n".encode("utf-16"),
        "id;名称\r\na;江门\r\n".encode("gb18030"),
    ],
)
def test_csv_is_read_in_each_encoding(raw: bytes) -> None:
    assert read_csv("表", raw).rows == {1: {0: Cell("id"), 1: Cell("名称")}, 2: {0: Cell("a"), 1: Cell("江门")}}


@pytest.mark.parametrize(("raw", "message"), [(b"\xff\x81\x30", "编码"), (b'a,"' + b"x" * 200_000, "坏了")])
def test_what_is_no_csv_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        read_csv("表", raw)


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp037", "utf-7", "latin-1"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_in_every_part_and_encoding(part: str, encoding: str) -> None:
    made = book('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', formats="<cellXfs/>")
    content = f'<?xml version="1.0" encoding="{encoding}"?>{" " * 3000}{DOCTYPE}<a/>'.encode(encoding)
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(changed := io.BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    with pytest.raises(Unusable):
        read_xlsx(changed.getvalue())


@pytest.mark.parametrize(
    "sheet",
    ["<a/>" * 300_000, f"<sheetData>{'<row/>' * 10}</sheetData>{'<a/>' * 300_000}"],
)
def test_elements_that_are_no_rows_have_a_bound(sheet: str) -> None:
    with pytest.raises(Unusable, match="文件坏了"):
        read_xlsx(book(sheet))


def test_parts_and_their_sum_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = book(f'<sheetData><row r="1">{inline("A1", "甲" * 2000)}</row></sheetData>')
    assert read_xlsx(raw)
    for name in ("LARGEST_PART", "LARGEST_SMALL_PART", "LARGEST_SUM"):
        with monkeypatch.context() as patch:
            patch.setattr(reader, name, 100)
            with pytest.raises(Unusable, match="展开后太大"):
                read_xlsx(raw)
    monkeypatch.setattr(reader, "MOST_SHEETS", 0)
    with pytest.raises(Unusable, match="有 1 个工作表，最多 0 个"):
        read_xlsx(raw)


def test_formats_that_a_file_names_by_number_alone_show_what_was_typed() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet("甲")
        for row, (number, number_format) in enumerate([(0.12, 9), (0.1234, 10), (1.0, 46), (0.5, 20)]):
            sheet.write(row, 0, number, workbook.add_format({"num_format": number_format}))
    (found,) = read_xlsx(made.getvalue())
    texts = [cell.text for row in found.rows.values() for cell in row.values()]
    assert texts == ["12%", "12.34%", "24:00", "12:00"]
