"""The generator as a package: sites of three districts that have nothing but the wheel, from nothing to a new version."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.support import EPOCH, bytes_of
from tests.support.projects import kepu
from tests.support.wheels import make_wheel

pytestmark = pytest.mark.audit
PLACE = """name: 示例水塘
summary: 一处水塘。
town: {town}
location: {{longitude: {longitude}, latitude: {latitude}, crs: gcj02}}
sources: [{{title: 通知, mark: official}}]
recognitions: [{{title: 科普基地, level: district, stage: planned}}]
"""
DISTRICTS = {
    "新会区": ("huicheng", 113.0, 22.5, ("--city", "江门市", "--province", "广东省", "--code", "440705")),
    "长沙县": ("langli", 113.1, 28.2, ()),
    "临平区": ("linping", 120.3, 30.4, ()),
}
MOST_STEPS = 25
"""What a person does for one site, commands and answers: at 20 seconds each, ten minutes are 30."""
MIGRATION = """

from macros.records.model import registry

registry.MODEL = 2
NEW = {"district": {"label": "区县级", "order": "4"}, "town": {"label": "镇级", "order": "5"}}
MIGRATIONS = (Migration(2, "区级分出镇级", (SplitTerm("levels", "district", NEW, lambda data: "district"),)),)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generator's wheel, made from a copy of the tree; made twice, it has the same bytes."""
    made = [make_wheel(tmp_path_factory.mktemp("wheel")) for _ in range(2)]
    assert made[0].read_bytes() == made[1].read_bytes()
    return made[0]


class Desk:
    """A person at a site, with the wheel alone; what is typed is counted.

    Args:
        installed: where the wheel is unpacked.
        folder: the site.
    """

    def __init__(self, installed: Path, folder: Path) -> None:
        self.installed, self.folder, self.steps = installed, folder, 0
        folder.mkdir(exist_ok=True)

    def environment(self) -> dict[str, str]:
        """The surroundings of a command: the unpacked wheel before everything, and no path into the repository."""
        return {
            **os.environ,
            "PYTHONPATH": str(self.installed),
            "PYTHONSAFEPATH": "1",
            "SOURCE_DATE_EPOCH": EPOCH,
        }

    def run(self, *command: str, code: int = 0) -> str:
        """Type a command; return what it says."""
        self.steps += 1
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def kepu(self, *arguments: str, code: int = 0) -> str:
        """Type a command of kepu."""
        return self.run(sys.executable, "-m", "macros", *arguments, code=code)

    def commit(self) -> None:
        """Commit everything."""
        self.run("git", "add", "-A")
        self.run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "内容")


def test_three_districts_go_from_an_empty_folder_to_the_next_version(
    wheel: Path, repository_site: Path, tmp_path: Path
) -> None:
    installed, later = tmp_path / "now", tmp_path / "later"
    for folder in (installed, later):
        zipfile.ZipFile(wheel).extractall(folder)
    with (later / "macros" / "project" / "migrations.py").open("a", encoding="utf-8") as file:
        file.write(MIGRATION)
    registry = later / "macros" / "records" / "model" / "registry.py"
    registry.write_text(registry.read_text("utf-8").replace("MODEL = 1\n", "MODEL = 2\n"), "utf-8")
    for district, (town, longitude, latitude, options) in DISTRICTS.items():
        desk = Desk(installed, tmp_path / district)
        walk(desk, district, options, PLACE.format(town=town, longitude=longitude, latitude=latitude))
        if district == "临平区":
            is_the_same_by_mkdocs(desk)
        desk.installed = later
        upgrade(desk)
        assert desk.steps <= MOST_STEPS, desk.steps
    is_one_city([tmp_path / district / "site" for district in DISTRICTS] + [repository_site], tmp_path)


def is_one_city(sites: list[Path], folder: Path) -> None:
    """Merge the three districts and this repository's own site into a city's, where each of their records is listed."""
    members = [
        f"  - {{id: d{number}, name: 第{number}区, site: {site}, address: https://d{number}.example.org/}}\n"
        for number, site in enumerate(sites)
    ]
    city = folder / "city"
    city.mkdir()
    (city / "hub.yml").write_text(f"name: 某市科普\ndescription: 全市。\ndistricts:\n{''.join(members)}", "utf-8")
    done = kepu(city, "hub", "build", str(city / "site"))
    assert (done.exit_code, "没有发现问题" in done.output) == (0, True), done.output
    pages = "".join(page.read_text("utf-8") for page in (city / "site").rglob("index.html"))
    for number, site in enumerate(sites):
        found = [path.parent.relative_to(site).as_posix() for path in site.glob("bases/*/index.html")]
        records = [name for name in found if (site / "api" / "v1" / f"{name}.json").is_file()]
        assert records
        assert [name for name in records if f'"https://d{number}.example.org/{name}/"' not in pages] == [], number


def walk(desk: Desk, district: str, options: tuple[str, ...], place: str) -> None:
    """Begin a site, check it, add a place, correct it in a table, build it twice, look at it."""
    site = desk.folder
    assert f"已建好{district}的网站" in desk.kepu("init", district, *options)
    desk.run("git", "init", "-q")
    (site / "data" / "bases").mkdir()
    (site / "data" / "bases" / "pond.yml").write_text(place, "utf-8")
    desk.steps += 1
    desk.commit()
    assert "没有发现问题" in desk.kepu("check")
    desk.kepu("excel", "export", "表格.xlsx")
    book = openpyxl.load_workbook(site / "表格.xlsx")
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "一处水塘。")
    cell.value = "一处可以看鸟的水塘。"
    book.save(site / "表格.xlsx")
    desk.steps += 2
    desk.kepu("excel", "import", "表格.xlsx")
    assert "可以看鸟" in (site / "data" / "bases" / "pond.yml").read_text("utf-8")
    desk.commit()
    desk.kepu("build")
    assert "可以看鸟" in served(desk)


def is_the_same_by_mkdocs(desk: Desk) -> None:
    """Build by MkDocs alone, and compare."""
    site = desk.folder
    desk.run(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "by-mkdocs")
    by_kepu, by_mkdocs = bytes_of(site / "site"), bytes_of(site / "by-mkdocs")
    assert {name for name in by_kepu if by_kepu[name] != by_mkdocs.get(name)} == set()
    shutil.rmtree(site / "by-mkdocs")


def served(desk: Desk) -> str:
    """Return the page of the place from the preview."""
    desk.steps += 1
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "macros", "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=desk.folder, env=desk.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/bases/pond/", timeout=20) as answer:
                    return str(answer.read().decode())
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the preview does not answer")
    finally:
        server.terminate()
        server.wait(20)


def upgrade(desk: Desk) -> None:
    """Bring a site to a version that splits a term."""
    assert "请先运行 kepu upgrade" in desk.kepu("check", code=1)
    assert "第 2 版：区级分出镇级" in desk.kepu("upgrade")
    desk.kepu("upgrade", "--yes")
    assert "没有发现问题" in desk.kepu("check")
    desk.commit()
    assert "不用改" in desk.kepu("upgrade")
    assert "label: 镇级" in (desk.folder / "data" / "terms" / "levels.yml").read_text("utf-8")
