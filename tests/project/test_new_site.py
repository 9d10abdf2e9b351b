"""`kepu init`: the site of another district, whole and its own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.project import pins
from macros.project.beginning import is_free
from macros.project.new_site import SHARED, NewSite, files_of
from macros.records.divisions import codes_named, district_of
from macros.records.load import load
from macros.site.session import open_session
from tests.support import AS_OF, ROOT
from tests.support.looping import failures
from tests.support.projects import base, kepu

DISTRICTS = {
    "新会区": ("--city", "江门市", "--province", "广东省", "--code", "440705"),
    # A town of it, 㮾梨街道, is written with a character of Unicode's extension A.
    "长沙县": (),
    "临平区": ("--code", "330113"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A new site for each of three districts in three provinces."""
    made = {}
    for district, options in DISTRICTS.items():
        made[district] = tmp_path_factory.mktemp("site") / "new"
        done = kepu(ROOT, "init", district, *options, "--folder", str(made[district]))
        assert (done.exit_code, f"已建好{district}的网站" in done.output) == (0, True), done.output
    return made


def test_a_new_site_is_free_of_faults_and_of_other_districts(sites: dict[str, Path]) -> None:
    for district, site in sites.items():
        assert "错误" not in kepu(site, "check").output
        files = [path for path in site.rglob("*") if path.is_file()]
        texts = {
            path.relative_to(site).as_posix(): path.read_text("utf-8") for path in files if path.suffix not in {".png"}
        }
        others = "蓬江|五邑|江海区" if district == "新会区" else "蓬江|五邑|江门|广东"
        # The law names a province as an example of who publishes what; nothing else may.
        assert [name for name, text in texts.items() if re.search(others, text)] == []
        assert [
            name for name, text in texts.items() if re.search(r"\[\[ \w|TODO|[A-Za-z]:\\\\|/(home|tmp)/", text)
        ] == []
        assert f"district: {district}" in texts["mkdocs.yml"]
        assert texts["检查.cmd"].count("\n") > 0


def test_its_towns_are_those_of_the_national_list(sites: dict[str, Path]) -> None:
    session = open_session(sites["长沙县"])
    towns = session.library.collection.vocabularies["towns"].terms
    assert len(towns) == len(district_of("430121").towns) == 18  # type: ignore[union-attr]
    assert next(town.id for town in towns if town.label == "㮾梨街道") == "langli"
    assert len({town.id for town in towns}) == 18
    assert session.site.region.name == "湖南省"
    assert session.site.region.dialects == ()


def test_its_places_lie_in_its_province(sites: dict[str, Path]) -> None:
    place = sites["临平区"] / "data" / "bases" / "pond.yml"
    place.parent.mkdir()
    place.write_text(
        base("location: {longitude: 120.3, latitude: 30.4, crs: gcj02}\ntown: linping").replace(
            "ref: plan", "title: 通知, mark: official"
        ),
        "utf-8",
    )
    try:
        assert "没有发现问题" in kepu(sites["临平区"], "check").output
        place.write_text(place.read_text("utf-8").replace("120.3", "113.0"), "utf-8")
        assert "不在浙江省内" in kepu(sites["临平区"], "check").output
    finally:
        place.unlink()


def test_each_district_of_the_list_can_begin(tmp_path: Path) -> None:
    """The towns of every district get ids that are none another's, and names that every file can bear."""

    def check(code: str) -> None:
        district = district_of(code)
        assert district is not None
        made = files_of(NewSite(district.name, district.city, district.province, district.code, district.towns))
        towns = yaml.safe_load(made.get("data/terms/towns.yml", b"{}"))
        assert len(towns) == len(district.towns)

    codes = [
        code
        for name in ("鼓楼区", "神农架林区", "东城区", "廉江市", "宜兴市", "通江县", "桑植县")
        for code in codes_named(name)
    ]
    assert failures(check, codes) == []


WRONG = {
    ("鼓楼区",): "叫鼓楼区的有 4 个",
    ("新会区", "--city", "杭州市"): "属于江门市",
    ("新会区", "--code", "330113"): "是浙江省杭州市临平区",
    ("新会区", "--code", "999999"): "没有 999999 这个区划代码",
    ("../区",): "不像区县的名称",
    ("某新区",): "在哪个市",
    ("某新区", "--city", "某市", "--province", "某省"): "没有 “某省” 这个省",
    (): "哪个区、县或县级市",
}


def test_what_is_missing_or_contradicts_itself_is_told(tmp_path: Path) -> None:
    for number, (words, told) in enumerate(WRONG.items()):
        folder = tmp_path / str(number)
        done = kepu(ROOT, "init", *words, "--folder", str(folder))
        assert (done.exit_code, told in done.output, folder.exists()) == (2, True, False), done.output
    (tmp_path / "note.txt").touch()
    done = kepu(ROOT, "init", "新会区", "--folder", str(tmp_path))
    assert "不是空的" in done.output
    assert [is_free(tmp_path / name) for name in ("none", "note.txt")] == [True, False]


def test_what_a_site_shares_with_the_generator_is_packed() -> None:
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = settings["tool"]["setuptools"]["package-data"]["macros.project.shared"]
    assert sorted([*SHARED, "docs/examples/**/*", "requirements.txt"]) == packed


OF_DEVELOPERS = {
    "*.egg-info/", "/build/", "/dist/", ".hypothesis/", ".mypy_cache/", ".pytest_cache/", ".ruff_cache/", "screenshots/", "test-results/",
}  # fmt: skip
"""What only work on the generator leaves in a checkout; all else that commands leave, they leave in every site."""


def test_its_checks_are_those_of_the_generator_without_its_tests(sites: dict[str, Path]) -> None:
    site = sites["临平区"]
    for name, gone in ((".github/workflows/check.yml", {"tests"}), (".gitlab-ci.yml", {"全部测试"})):
        ours, its = (yaml.safe_load((root / name).read_text("utf-8")) for root in (ROOT, site))
        ours, its = (one.get("jobs", one) for one in (ours, its))
        assert set(ours) - set(its) == gone
        if name == ".gitlab-ci.yml":
            assert its == {job: steps for job, steps in ours.items() if job not in gone}
    ignored = [set((root / ".gitignore").read_text("utf-8").splitlines()) for root in (ROOT, site)]
    assert ignored[0] - ignored[1] == OF_DEVELOPERS
    assert (site / ".ci" / "set-up").stat().st_mode & 0o111


def test_pins_name_the_version_and_everything_else_as_it_was_tested() -> None:
    text = pins.pins()["requirements.txt"].decode()
    assert f"\nkepu=={pins.version()}\n" in text
    assert "setuptools" not in text
    locked = re.findall(r"^(\S+==\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert {one for one in locked if not one.startswith("setuptools")} < set(
        re.findall(r"^(\S+==\S+)", text, re.MULTILINE)
    )


def test_a_whole_site_is_built_from_nothing_but_what_is_new(sites: dict[str, Path], tmp_path: Path) -> None:
    done = kepu(sites["长沙县"], "build", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert load(sites["长沙县"], AS_OF).collection.records == {}
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "长沙县科普" in page
    assert "粤" not in (tmp_path / "out" / "search" / "index.html").read_text("utf-8")
