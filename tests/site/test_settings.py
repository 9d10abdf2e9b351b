"""The settings of a site: each does what it says, and a wrong one is told at its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from macros.pages.site_settings import PALETTES
from macros.records.problems import ProblemsFound
from macros.records.region import PROVINCES, province_named
from macros.site.configuration import read_configuration
from macros.site.plugin import KepuConfig
from macros.site.session import Session
from macros.site.settings import SETTINGS
from tests.support import open_session
from tests.support.looping import failures
from tests.support.projects import GOOD, base

HEAD = "site_name: 某区科普\ntheme:\n  name: material\nplugins:\n  - search\n  - kepu:\n"
WRONG = {
    "distric: 某区": "7:7 没有 “distric” 这个设置；是不是想写 district",
    "mode: live": "7:7 mode 不能写 “live”；可以写：preview、standalone、column",
    "province: 某省": "7:7 没有 “某省” 这个省；可以写：北京市",
    "dialects: [hakka]": "7:7 dialects 里的 “hakka” 不认识；可以写：yue",
    "dialects: yue": "7:7 dialects 要写列表",
    "palette: red": "7:7 palette 不能写 “red”；可以写：lake",
    "logo: ../logo.svg": "7:7 logo 不能写 “../logo.svg”；只写文件名",
    "logo: none.svg": "7:7 没有 overrides/assets/images/none.svg 这个文件",
    "area_code: 0571": "7:7 area_code 要写一段文字，是 “377”，数字要加引号",
    'area_code: "571"': "7:7 area_code 不能写 “571”；写 0 开头",
    "finder_from: 0": "7:7 finder_from 要写 1 以上的整数，是 “0”",
    "district: [某区]": "7:7 district 要写一段文字",
    "portal:\n          sitecode: x": "8:11 没有 “sitecode” 这个设置；是不是想写 site_code",
    "portal:\n          portal_domain: https://a.cn": "8:11 portal_domain 不能写",
}


def test_a_wrong_setting_is_told_at_its_place(tmp_path: Path) -> None:
    def check(case: tuple[str, str]) -> None:
        (tmp_path / "mkdocs.yml").write_text(f"{HEAD}      {case[0]}\n", "utf-8")
        with pytest.raises(ProblemsFound) as found:
            read_configuration(tmp_path)
        (problem,) = found.value.problems
        assert f"{problem.line}:{problem.column} {problem.message}".startswith(case[1])

    assert failures(check, WRONG.items()) == []
    (tmp_path / "mkdocs.yml").write_text(f"{HEAD}      distric: 某区\n      finder_from: 一\n", "utf-8")
    with pytest.raises(ProblemsFound) as both:
        read_configuration(tmp_path)
    assert len(both.value.problems) == 2


def test_each_province_has_its_box_by_either_name() -> None:
    """The seats of government of all provinces, as maps have them, lie in their boxes."""
    seats = [
        "北京",
        "116.4",
        "39.9",
        "天津",
        "117.2",
        "39.1",
        "河北",
        "114.5",
        "38.0",
        "山西",
        "112.5",
        "37.9",
        "内蒙古",
        "111.7",
        "40.8",
        "辽宁",
        "123.4",
        "41.8",
        "吉林",
        "125.3",
        "43.9",
        "黑龙江",
        "126.6",
        "45.7",
        "上海",
        "121.5",
        "31.2",
        "江苏",
        "118.8",
        "32.1",
        "浙江",
        "120.2",
        "30.3",
        "安徽",
        "117.3",
        "31.9",
        "福建",
        "119.3",
        "26.1",
        "江西",
        "115.9",
        "28.7",
        "山东",
        "117.0",
        "36.7",
        "河南",
        "113.7",
        "34.8",
        "湖北",
        "114.3",
        "30.6",
        "湖南",
        "113.0",
        "28.2",
        "广东",
        "113.3",
        "23.1",
        "广西",
        "108.3",
        "22.8",
        "海南",
        "110.3",
        "20.0",
        "重庆",
        "106.5",
        "29.6",
        "四川",
        "104.1",
        "30.7",
        "贵州",
        "106.7",
        "26.6",
        "云南",
        "102.7",
        "25.0",
        "西藏",
        "91.1",
        "29.7",
        "陕西",
        "108.9",
        "34.3",
        "甘肃",
        "103.8",
        "36.1",
        "青海",
        "101.8",
        "36.6",
        "宁夏",
        "106.3",
        "38.5",
        "新疆",
        "87.6",
        "43.8",
        "台湾",
        "121.6",
        "25.0",
        "香港",
        "114.2",
        "22.3",
        "澳门",
        "113.5",
        "22.2",
    ]
    rows = list(zip(seats[::3], seats[1::3], seats[2::3], strict=True))
    assert len(rows) == len(PROVINCES)
    for short, longitude, latitude in rows:
        region = province_named(short)
        assert region is not None
        assert region.name.startswith(short)
        assert province_named(region.name) is region
        assert region.holds(float(longitude), float(latitude)), short
        assert not region.holds(float(latitude), float(longitude)), short
    assert province_named("") is province_named("某省") is None


def test_settings_change_what_they_say(tmp_path: Path) -> None:
    page = text_of(open_with(tmp_path, "province: 浙江省"), "search/")
    assert "名称、问题、拼音都可以" in page
    assert "粤" not in page
    words = "mode: standalone\n      notice: 某某科协办。\n      palette: leaf\n      logo: logo.svg\n      town_word: 苏木\n      search_placeholder: 搜"
    session = open_with(tmp_path, words)
    page = text_of(session, "search/")
    assert "<strong>非政府网站：</strong>某某科协办。" in page
    assert 'placeholder="搜"' in page
    assert 'data-town="苏木"' in page
    assert '/assets/images/logo.svg" alt=""' in page
    assert "镇街" not in text_of(session, "site-map/") + text_of(session, "bases/pond/")
    sheet = session.assets.files[session.assets.stylesheet("site.css")].decode()
    assert sheet.count("--main:#1c6535") == 1
    assert session.assets.stylesheet("site.css") != open_with(tmp_path, "").assets.stylesheet("site.css")
    assert jyutping(session) == {}
    assert jyutping(open_with(tmp_path, "province: 广西")) != {}


def test_the_plugin_and_the_styles_know_the_same(tmp_path: Path) -> None:
    names = {name for name, _ in KepuConfig()._schema}  # type: ignore[no-untyped-call]
    assert names == {setting.name for setting in SETTINGS}
    for palette in PALETTES[1:]:
        assert open_with(tmp_path, f"palette: {palette}").assets.files


def open_with(folder: Path, settings: str) -> Session:
    """Open the good project, and a town in it, with settings and templates of its own."""
    project = Path(shutil.copytree(GOOD, folder / str(len(list(folder.iterdir())))))
    (project / "overrides" / "assets" / "images").mkdir(parents=True)
    (project / "overrides" / "assets" / "images" / "logo.svg").write_text("<svg/>", "utf-8")
    (project / "mkdocs.yml").write_text(f"{HEAD}      {settings}\n", "utf-8")
    (project / "data" / "bases" / "pond.yml").write_text(base("town: west"), "utf-8")
    return open_session(project)


def jyutping(session: Session) -> dict[str, str]:
    """Return the characters of names by their Cantonese reading."""
    table = next(content for path, content in session.index.items() if path.endswith("readings.json"))
    found: dict[str, str] = json.loads(table)["jyutping"]
    return found


def text_of(session: Session, address: str) -> str:
    """Return a whole page."""
    return session.layout.page(session.planned[address]).decode()
