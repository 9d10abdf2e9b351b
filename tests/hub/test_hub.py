"""A city over its districts: every record is there, a member that fails keeps its place, and no member is trusted."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from macros.hub.gathering import ReadMember, gather
from macros.hub.hub_file import read_hub, read_hub_file
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound
from tests.hub.members import HOMES, IDS, NAMES, build, bytes_below, edit, seal, variant, write_hub
from tests.support.looping import failures


def listed(site: Path) -> set[str]:
    """Return the addresses below a district's site of all records that it lists."""
    found = set()
    for kind in KINDS:
        for record in (
            json.loads((site / f"data/{kind}.json").read_bytes()) if (site / f"data/{kind}.json").is_file() else []
        ):
            times = record["derived"]["times"]
            is_over = times and all(time["start"] < "2026-11-24" for time in times)
            if not record.get("merged_into") and not record.get("split_into") and not is_over:
                found.add(record["derived"]["address"])
    return found


def test_each_record_of_each_district_is_listed_and_leads_there(city: Path, district_site: Path) -> None:
    pages = {path: text.decode() for path, text in bytes_below(city / "site").items() if path.endswith(".html")}
    wanted = listed(district_site)
    assert len(wanted) > 12

    def is_listed(place: int) -> None:
        for address in wanted:
            kind = address.partition("/")[0]
            link = f'href="{HOMES[place]}{address}"'
            assert link in pages[f"{kind}/index.html"], address
            assert link in pages[f"{kind}/by/district/{IDS[place]}/index.html"], address
        assert f"{NAMES[place]}自己的网站" in pages[f"districts/{IDS[place]}/index.html"]
        assert "数据截至" in pages[f"districts/{IDS[place]}/index.html"]

    assert failures(is_listed, range(4)) == []
    news = json.loads((city / "site/feed.json").read_bytes())["items"]
    assert {item["tags"][0] for item in news} == set(NAMES)
    assert all(item["url"].startswith(HOMES) for item in news)
    agenda = pages["agenda/index.html"]
    assert agenda.index("2026-12-05") < agenda.index("2026-12-12") < agenda.index("2026-12-31")


def read_again(root: Path) -> ReadMember:
    """Read the only member of a city again."""
    work = root / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    return gather(read_hub(root).fields.districts, root, root / "hub-state", work)[0]


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a fault: a text in a file is another one."""

    def change(site: Path) -> None:
        found = next(iter(site.glob(path)))
        assert old in found.read_text("utf-8")
        found.write_text(found.read_text("utf-8").replace(old, new, 1), "utf-8")
        seal(site)

    return change


def unsealed(site: Path) -> None:
    """A fault: a file is not the one that the inventory names."""
    replaced("api/v1/index.json", "\n", "\n ")(site)
    marker = json.loads((site / "build.json").read_bytes())
    marker["files"]["api/v1/index.json"] = "0" * 64
    (site / "build.json").write_text(json.dumps(marker), "utf-8")


def led_outside(site: Path) -> None:
    """A fault: a file is a link that leads out of the site."""
    seal(site, edition=2)
    (site / "data/bases.json").unlink()
    (site / "data/bases.json").symlink_to("/etc/hostname")


def waiting(site: Path) -> None:
    """A fault: a file that never ends."""
    seal(site, edition=2)
    (site / "data/bases.json").unlink()
    os.mkfifo(site / "data/bases.json")


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "gone": (lambda site: shutil.rmtree(site), "没有这个文件夹"),
    "no inventory": (lambda site: (site / "build.json").unlink(), "没有 build.json"),
    "other generator": (lambda site: seal(site, generator="x"), "不是本程序生成的"),
    "no day": (lambda site: seal(site, as_of="heute"), "没有数据截至的日期"),
    "broken JSON": (replaced("data/bases.json", "[", "[[["), "不是能读的 JSON"),
    "deep JSON": (replaced("data/bases.json", "[", "[" * 200_000), "不是能读的 JSON"),
    "no list": (replaced("data/bases.json", "[", '{"a":['), "不是能读的 JSON"),
    "other API": (replaced("api/v1/index.json", '"version": "1"', '"version": "2"'), "第 2 版"),
    "other index": (replaced("assets/search/*/index.json", '"format":2', '"format":99'), "别的版本"),
    "leading out": (replaced("assets/search/manifest.json", '"build":"', '"build":"../'), "写法不对"),
    "bad numbers": (replaced("assets/search/*/postings/0.txt", "\t", "\tzzzzzzzzzzzzA"), "搜索索引"),
    "unknown pages": (replaced("assets/search/*/index.json", '"past":{', '"past":{"x":"__A",'), "没有的网页"),
    "unsealed": (unsealed, "不一样"),
    "linked": (led_outside, "不是网站文件夹里的普通文件"),
    "endless": (waiting, "不是网站文件夹里的普通文件"),
}


def test_a_member_that_fails_keeps_its_last_good_state(city: Path, tmp_path: Path) -> None:
    root = write_hub(tmp_path / "city", ["../member"])
    variant(city / "district-1", tmp_path / "good", "翠湖")
    shutil.copytree(tmp_path / "good", tmp_path / "member")
    good = read_again(root)
    before = bytes_below(root / "hub-state")
    assert not good.failure
    assert good.entries
    assert good.as_of

    def keeps(name: str) -> None:
        shutil.rmtree(tmp_path / "member", ignore_errors=True)
        shutil.copytree(tmp_path / "good", tmp_path / "member")
        change, reason = FAULTS[name]
        change(tmp_path / "member")
        member = read_again(root)
        assert reason in member.failure
        assert (member.entries, member.as_of, member.news) == (good.entries, good.as_of, good.news)
        assert bytes_below(root / "hub-state") == before

    assert failures(keeps, FAULTS) == []
    shutil.rmtree(root / "hub-state")
    assert read_again(root).entries == ()


def test_the_site_says_which_district_failed_and_nothing_is_lost_when_all_do(city: Path, tmp_path: Path) -> None:
    root = write_hub(tmp_path, [str(city / "district-1"), "gone"])
    shutil.copytree(city / "hub-state/cuihu", root / "hub-state/cuihu")
    site = build(root)
    for page in ("index.html", "bases/index.html", "agenda/index.html"):
        text = (site / page).read_text("utf-8")
        assert "有的区这次没有读到" in text
        assert "2026 年 11 月 24 日" in text
    assert "这次没有读到这个区的网站，下面是" in (site / "districts/cuihu/index.html").read_text("utf-8")
    before = bytes_below(site)
    write_hub(root, ["gone-1", "gone-2"])
    shutil.rmtree(root / "hub-state")
    done = CliRunner().invoke(main, ["--root", str(root), "hub", "build", str(site)])
    assert done.exit_code == 1, done.output
    assert "没有这个文件夹" in done.output
    assert "一个区也没有读到" in done.output
    assert bytes_below(site) == before


def test_nothing_out_of_a_member_is_trusted(city: Path, tmp_path: Path) -> None:
    member = variant(city / "district-1", tmp_path / "member", "翠湖")
    attack = '"><script>alert(1)</script>{{ 7*7 }}\u202e'

    def of_records(records: list[dict[str, object]]) -> list[dict[str, object]]:
        first, second = records[:2]
        derived = {"level": {"id": '"><b>', "label": attack}, "modified": attack, "is_current": "no"}
        first |= {"name": attack, "summary": attack * 10_000, "town": {"label": attack}, "derived": derived}
        second |= {"id": "../../etc"}
        return [*records, "text", None, {"id": "x"}, {"id": ["x"], "name": {}}]  # type: ignore[list-item]

    edit(member / "data/bases.json", of_records)
    feed = json.loads((member / "feed.json").read_bytes())
    good = feed["items"][0]
    away = [
        {"url": "https://evil.example/x/"},
        {"url": f"{feed['home_page_url']}../../x"},
        {"id": "javascript:alert(1)"},
    ]
    feed["items"] = [{**good, "title": attack}, *({**good, **one, "title": "不该出现"} for one in away)]
    (member / "feed.json").write_text(json.dumps(feed), "utf-8")
    seal(member)
    root = write_hub(tmp_path / "city", ["../member"])
    site = build(root)
    pages = [text.decode() for path, text in bytes_below(site).items() if path.endswith((".html", ".xml", ".json"))]
    assert not [page for page in pages if "不该出现" in page or "evil.example" in page or "\u202e" in page]
    html = [path.read_text("utf-8") for path in site.rglob("*.html")]
    assert not [
        page for page in html if "<script>alert" in page or "49" in re.findall(r"alert\(1\)&lt;/script&gt;(..)", page)
    ]
    assert "../../etc" not in (site / "bases/index.html").read_text("utf-8")


WRONG = """\
name: 示例市科普
descriptoin: 一起找
mode: live
url: javascript:alert(1)
portal:
  site_code: "12"
districts:
  - id: Shili
    name: 示例区
    site: file:///etc
  - id: cuihu
    name: 示例区
    site: https://user@example.org/
    address: http://localhost/
"""


def test_all_faults_of_hub_yml_are_told_in_one_run() -> None:
    def told(case: tuple[str, list[str]]) -> None:
        text, wanted = case
        with pytest.raises(ProblemsFound) as found:
            read_hub_file("hub.yml", text.encode())
        lines = [str(problem) for problem in found.value.problems]
        assert [line.split(" ")[0] for line in lines] == wanted, lines
        assert all("错误：" in line for line in lines)

    head = "name: 市\ndescription: 找\n"
    one = "  - id: shili\n    name: 区\n"
    cases = [
        (
            WRONG,
            [f"hub.yml:{place}:" for place in ("1:1", "2:1", "3:7", "4:6", "8:9", "10:11", "12:11", "13:11", "14:14")],
        ),
        (f"{head}districts: []\n", ["hub.yml:3:12:"]),
        (f"{head}districts:\n{one}    site: ../site\n", ["hub.yml:6:11:"]),
        (f"{head}districts:\n{one}    site: http://127.0.0.1/\n", ["hub.yml:6:11:"]),
        (f"{head}mode: column\ndistricts:\n{one}    site: https://a.example.org/\n", ["hub.yml:1:1:"]),
    ]
    assert failures(told, cases) == []


def test_one_processor_and_several_make_the_same_bytes(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_below(city / "site")
    for module in ("macros.site.pool.processors",):
        monkeypatch.setattr(module, lambda: 1)
    again = city.with_name(f"{city.name}-again-{os.getpid()}")
    sites = [str(next(iter(read_hub(city).fields.districts)).site), *(str(city / f"district-{n}") for n in (1, 2, 3))]
    assert bytes_below(build(write_hub(again, sites))) == before
