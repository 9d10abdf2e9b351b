"""Tables: what spreadsheets and programs get, and what they can't be made to do."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import openpyxl

from macros.exports.api import Api
from macros.exports.columns import columns_of
from macros.exports.package import Package
from macros.exports.publication import Publication
from macros.exports.tables import BookOfRecords, Tables
from macros.records.model.dates import PartialDate
from macros.records.model.registry import KINDS
from macros.spreadsheets.sheets import fits_cell
from tests.exports.conftest import Make
from tests.support.looping import failures


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes, number: int = 0) -> Any:
    """Return a sheet of a workbook as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[number]


def test_csv_is_what_excel_and_wps_read(api: Api) -> None:
    content = Tables(api).csv("bases")
    assert content.startswith(b"\xef\xbb\xbfid,name,")
    assert content.endswith(b"\r\n")
    hall = next(row for row in rows(content) if row["id"] == "star-hall")
    assert hall["town"] == "示例山镇"
    assert hall["town.id"] == "hill"
    assert hall["fields"] == "天文航天；信息技术"
    assert hall["contact.phone"] == "0750-1234567"
    assert hall["admission.free"] == "false"
    assert json.loads(hall["recognitions"])[0]["level"]["id"] == "provincial"
    assert "https://example.org/repost" not in content.decode()


def test_json_has_the_records_as_the_api_has_them(api: Api) -> None:
    records = json.loads(Tables(api).json("bases"))
    files = api.files()
    assert records == [json.loads(files[f"api/v1/bases/{record['id']}.json"]) for record in records]


def test_workbook_is_read_by_another_program(api: Api) -> None:
    content = Tables(api).workbook("bases")
    first, second = sheet(content), sheet(content, 1)
    titles = [cell.value for cell in first[1]]
    assert titles[:2] == ["id", "名称"]
    hall = {title: cell.value for title, cell in zip(titles, first[5], strict=True)}
    assert hall["名称"] == "示例星空馆"
    assert hall["坐标：经度"] == 113.08
    assert hall["票价与优惠：是否免费"] == "否"
    assert hall["认定"].startswith("省级科普基地，省级，示例省科技厅，2019，2099，已认定")
    assert second.max_row == len(columns_of("bases")) + 1


def test_hostile_records_stay_texts(hostile: Publication) -> None:
    tables = Tables(Api(hostile))
    row = next(row for row in rows(tables.csv("policies")) if row["id"] == "hostile")
    assert row["name"].startswith("'=cmd")
    assert row["body"].startswith("'=1+1")
    assert row["aliases"].startswith("'+1；")
    cells = [cell for line in sheet(tables.workbook("policies")).iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert not any("\ufffe" in str(cell.value) for cell in cells)


def test_workbook_has_the_same_bytes_and_no_time_of_making(api: Api) -> None:
    content = Tables(api).workbook("bases")
    assert content == Tables(api).workbook("bases")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b"2026-11-24T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    for text in ("字" * 40_000, "𠮷" * 20_000):
        book = BookOfRecords("示例", PartialDate(2026, 1, 1), columns_of("bases")[:1])
        book.add([text])
        value = sheet(book.content())["A2"].value
        assert fits_cell(value)
        assert not fits_cell(value + "字字")
        assert value.endswith("全文见 JSON）")


def test_names_of_columns_differ() -> None:
    def check(kind: str) -> None:
        names = [column.name for column in columns_of(kind)]
        assert len(names) == len(set(names))

    assert failures(check, KINDS) == []


def publish(publication: Publication, folder: Path) -> Path:
    """Write tables and their descriptions into a folder."""
    tables = Tables(Api(publication))
    for path, content in (tables.files() | Package(tables).files()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / "data"


def test_the_package_is_valid(publication: Publication, tmp_path: Path) -> None:
    report = frictionless.validate(str(publish(publication, tmp_path) / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == 8


def test_the_package_of_hostile_records_is_valid(hostile: Publication, tmp_path: Path) -> None:
    report = frictionless.validate(str(publish(hostile, tmp_path / "out") / "datapackage.json"))
    assert report.valid, report.to_summary()


def test_the_package_of_the_repository_is_valid(repository: Any, tmp_path: Path) -> None:
    report = frictionless.validate(str(publish(repository.publication, tmp_path) / "datapackage.json"))
    assert report.valid, report.to_summary()


def test_the_catalogue_names_every_file(publication: Publication) -> None:
    package = Package(Tables(Api(publication)))
    catalogue = package.catalogue()
    assert catalogue["@id"] == "https://example.org/kepu/data/"
    named = {
        distribution["dcat:downloadURL"]["@id"].removeprefix("https://example.org/kepu/")
        for dataset in catalogue["dcat:dataset"]
        for distribution in dataset["dcat:distribution"]
    }
    assert named == set(package.tables.files())
    bases = catalogue["dcat:dataset"][0]
    assert bases["dcterms:modified"]["@value"] == "2026-06-01"
    assert "dcterms:modified" not in catalogue["dcat:dataset"][1]


def test_the_catalogue_of_a_site_without_an_address_is_relative_and_nothing_is_made_up(make: Make) -> None:
    catalogue = Package(Tables(Api(make({}, url="")))).catalogue()
    assert catalogue["@id"] == "./"
    assert "dcterms:publisher" not in catalogue
    assert "dcterms:license" not in catalogue
    assert catalogue["dcat:dataset"][0]["dcat:distribution"][0]["dcat:downloadURL"] == {"@id": "bases.csv"}
