"""A kind costs its class, its term and its template: one that a program adds stands everywhere by itself."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from tests.support import ENVIRONMENT, ROOT, project_copy

CLASS = """
import sys
from typing import Annotated, ClassVar

from macros.records.model.annotations import In
from macros.records.model.fields import Line
from macros.records.model.kinds import Place
from macros.records.model.registry import KINDS
from macros.records.model.groups import choice, optional, several
from macros.records.model.terms import Term

class Garden(Place):
    kind: ClassVar[str] = "gardens"
    counter: ClassVar[str] = "座"
    columns: ClassVar[tuple[str, ...]] = ("soil", "town")
    on_card: ClassVar[tuple[str, ...]] = ("soil", "keeper")

    soil: Annotated[Term, choice("soils", {"sand": "沙土", "clay": "黏土"})] | None = optional("土壤", expected=True)
    audience: tuple[Annotated[Term, In("audiences")], ...] = several("适合人群")
    keeper: Line | None = optional("园丁", expected=True)

KINDS[Garden.kind] = Garden

from macros.cli.main import main
main(sys.argv[1:])
"""
EDITOR = """
from pathlib import Path
from tests.editor.window import Window, changed

window, place = Window(Path(sys.argv[1])), "records/gardens/herbs/"
pairs = changed(window.form(place), keeper="王园丁", soil="sand")
for answer in (window.get("?kind=gardens"), window.get(place), window.post(f"{place}look", pairs), window.post(place, pairs)):
    print("ANSWER", answer.text)
"""
TERM = "gardens:\n  label: 药草园\n  order: 9\n  help: 种药草的园子\n"
TEMPLATE = """{% extends "pages/record.html" %}
{% from "pages/parts/values.html" import fact %}
{% block facts %}<dl class="facts">{{ fact(record, "soil") }}{{ fact(record, "keeper") }}</dl>{% endblock %}
"""
RECORD = """name: 百草药草园
summary: 种了一百种药草。
sources: [{title: 示例, mark: official}]
soil: clay
audience: [families]
related_note: x
"""


def kepu(project: Path, *arguments: str) -> str:
    """Run the command in a program that adds the kind, and return what it says."""
    return said(CLASS, "--root", str(project), *arguments)


def said(program: str, *arguments: str) -> str:
    """Run a program and return what it says."""
    command = [sys.executable, "-X", "utf8", "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, input="\n" * 9, capture_output=True, encoding="utf-8")
    return done.stdout + done.stderr


def test_a_kind_that_is_added_stands_everywhere(tmp_path: Path) -> None:
    project = project_copy(tmp_path)
    (tmp_path / "overrides" / "pages" / "gardens.html").write_text(TEMPLATE, "utf-8")
    with (project / "data" / "terms" / "kinds.yml").open("a", encoding="utf-8") as kinds:
        kinds.write(TERM)
    (project / "data" / "gardens").mkdir()
    record = project / "data" / "gardens" / "herbs.yml"
    record.write_text(RECORD, "utf-8")
    assert "data/gardens/herbs.yml:6:1" in kepu(project, "check")
    record.write_text(RECORD.replace("related_note: x\n", ""), "utf-8")
    site = tmp_path / "site"
    assert "Traceback" not in kepu(project, "build", str(site))
    page = (site / "gardens" / "herbs" / "index.html").read_text("utf-8")
    assert all(word in page for word in ("百草药草园", "黏土", "园丁", "还没有公布"))
    listed = (site / "gardens" / "index.html").read_text("utf-8")
    assert all(word in listed for word in ("1 座", "百草药草园", "黏土"))
    assert "百草药草园" in (site / "gardens" / "by" / "soil" / "clay" / "index.html").read_text("utf-8")
    assert "百草药草园" in (site / "gardens" / "by" / "audience" / "families" / "index.html").read_text("utf-8")
    for path in ("index.html", "site-map/index.html", "data/index.html"):
        assert "药草园" in (site / path).read_text("utf-8"), path
    assert json.loads((site / "api/v1/gardens/herbs.json").read_text("utf-8"))["soil"]["label"] == "黏土"
    assert "gardens" in (site / "api/v1/openapi.json").read_text("utf-8")
    rows = list(csv.DictReader((site / "data/gardens.csv").read_text("utf-8-sig").splitlines()))
    assert [row["name"] for row in rows] == ["百草药草园"]
    assert any("百草药草园" in path.read_text("utf-8") for path in (site / "assets" / "search").glob("*/index.json"))
    assert any("百草药草园" in path.read_text("utf-8") for path in (site / "assets" / "finder").glob("gardens.*.json"))
    workbook = tmp_path / "book.xlsx"
    kepu(project, "excel", "export", str(workbook))
    assert "药草园" in load_workbook(workbook).sheetnames
    new = kepu(
        project,
        "new",
        "gardens",
        "--name",
        "沙地药草园",
        "--summary",
        "沙地上的园子。",
        "--source",
        "示例",
        "--mark",
        "official",
    )
    assert (project / "data" / "gardens" / "shadi-yaocao-yuan.yml").is_file(), new
    edited = said(CLASS.partition("from macros.cli.main")[0] + EDITOR, str(project))
    listed, form, look, changes = edited.split("ANSWER ")[1:]
    assert all(word in listed for word in ("百草药草园", "药草园</a>", "园丁"))
    assert all(word in form for word in ("土壤", "沙土", "园丁"))
    assert all(word in look for word in ("王园丁", "沙土"))
    assert all(word in changes for word in ("<ins>王园丁</ins>", "<del>黏土</del>", "<ins>沙土</ins>"))
