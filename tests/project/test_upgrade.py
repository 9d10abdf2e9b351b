"""`kepu upgrade`: two invented migrations over 500 records with comments."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.project import migrations, upgrade
from macros.project.migrations import Data, Migration, RenamedField, RenamedSetting, SplitTerm
from macros.project.new_site import NewSite, files_of
from macros.project.pins import version
from macros.project.upgrade import CannotUpgrade, carry_out, plan_upgrade
from macros.records.model import registry
from macros.site.git import ask
from macros.site.whole_files import write_files
from tests.support.projects import GOOD, kepu

MANY, FEW = 500, 12
NEW = {"east-town": {"label": "东镇", "order": "1"}, "east-village": {"label": "东村", "order": "3"}}


def choose(data: Data) -> str | None:
    """Tell the town by the address; without one nobody but a person can."""
    return None if "address" not in data else "east-village" if "村" in str(data["address"]) else "east-town"


INVENTED = (
    Migration(
        2,
        "简介的字段改名",
        (RenamedField("bases", ("contact", "telephone"), "phone"), RenamedSetting("place", "district")),
    ),
    Migration(3, "东镇分成东镇和东村", (SplitTerm("towns", "east", NEW, choose),)),
)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of the version to come."""
    monkeypatch.setattr(registry, "MODEL", 3)
    monkeypatch.setattr("macros.site.site_from_settings.MODEL", 3)


@pytest.fixture
def project(tmp_path: Path, models: None) -> Path:
    """A small project of the version before."""
    return lay(tmp_path, FEW)


def lay(folder: Path, count: int) -> Path:
    """Lay a project of the version before, committed: two thirds of its records have the old field, all have comments."""
    site = Path(shutil.copytree(GOOD, folder / "site"))
    settings = (
        (site / "mkdocs.yml")
        .read_text("utf-8")
        .replace("  custom_dir: ../overrides\n", "")
        .replace("district:", "place:")
    )
    (site / "mkdocs.yml").write_text(settings, "utf-8")
    wetland = site / "data" / "bases" / "wetland.yml"
    wetland.write_text(wetland.read_text("utf-8").replace("town: east", "town: west"), "utf-8")
    for number in range(count):
        (site / "data" / "bases" / f"place-{number}.yml").write_bytes(record(number).encode())
    ask(site, "init", "-q")
    commit(site)
    return site


def commit(site: Path) -> None:
    """Commit everything."""
    ask(site, "add", "-A")
    ask(site, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "1")


def record(number: int) -> str:
    """One of many records: every way of writing what changes, between comments."""
    address = ["address: 东村 1 号", "address: 东路 2 号   # 门牌", ""][number % 3]
    contact = [
        "contact: {telephone: 0750-1234567} # 总机",
        "contact:\n    # 打过\n    telephone: 0750-1234567 # 总机",
        "",
    ][number % 3]
    lines = (
        f"# 第 {number} 条",
        f"name: 第{number}处",
        "summary: 一处。",
        "sources: [{ref: plan}] # 出处",
        address,
        contact,
        'town: "east" # 镇',
    )
    end = "\r\n" if number % 7 == 0 else "\n"
    return end.join([*"\n".join(filter(None, lines)).split("\n"), ""])


def migrated(number: int) -> str:
    """Return what such a record must be: nothing but the key and the term differ."""
    town = "east-village" if number % 3 == 0 else "east-town"
    return record(number).replace("telephone", "phone").replace('"east"', f'"{town}"')


def test_nothing_but_what_is_meant_changes(tmp_path: Path, models: None) -> None:
    project = lay(tmp_path, MANY)
    before = {path: path.read_bytes() for path in sorted((project / "data" / "bases").iterdir())}
    plan = plan_upgrade(project, INVENTED)
    assert {path: path.read_bytes() for path in before} == before
    undecided = [number for number in range(MANY) if number % 3 == 2]
    assert [problem.path for problem in plan.problems] == sorted(
        f"data/bases/place-{number}.yml" for number in undecided
    )
    assert "分成了 east-town、east-village" in plan.problems[0].message
    carry_out(project, plan)
    for number in range(MANY):
        text = (project / "data" / "bases" / f"place-{number}.yml").read_bytes().decode()
        assert text == (record(number) if number in undecided else migrated(number))
    settings = (project / "mkdocs.yml").read_text("utf-8")
    assert "      model: 3\n" in settings
    assert "      district: 示例区\n" in settings
    assert (project / "data" / "terms" / "towns.yml").read_text("utf-8").splitlines()[
        0
    ] == "east-town: {label: 东镇, order: 1}"


def test_twice_is_once_and_only_what_is_committed_is_touched(project: Path) -> None:
    plan = plan_upgrade(project, INVENTED)
    (project / "data" / "bases" / "place-1.yml").write_text("name: 改过\n", "utf-8")
    with pytest.raises(CannotUpgrade, match="有 1 处修改还没有提交"):
        plan_upgrade(project, INVENTED)
    ask(project, "checkout", "-q", "data")
    carry_out(project, plan)
    commit(project)
    assert plan_upgrade(project, INVENTED).steps == ()
    shutil.rmtree(project / ".git")
    with pytest.raises(CannotUpgrade, match="没有用 git 管理"):
        plan_upgrade(project, INVENTED)


def test_the_command_says_what_changes_before_it_does(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "内容是第 1 版的写法，程序要第 3 版；请先运行 kepu upgrade" in kepu(project, "check").output
    for number in range(2, FEW, 3):
        (project / "data" / "bases" / f"place-{number}.yml").unlink()
    commit(project)
    monkeypatch.setattr(upgrade.plan_upgrade, "__defaults__", (INVENTED,))
    told = kepu(project, "upgrade")
    assert told.exit_code == 0, told.output
    assert "第 3 版：东镇分成东镇和东村" in told.output
    assert 'data/bases/place-0.yml:6: contact: {telephone: 0750-1234567} # 总机；town: "east" # 镇 → ' in told.output
    assert "还没有写入" in told.output
    assert "已改" in kepu(project, "upgrade", "--yes").output
    assert "错误" not in kepu(project, "check").output
    assert "不用改" in kepu(project, "upgrade").output or "还没有提交" in kepu(project, "upgrade").output


def test_what_a_site_has_of_the_program_is_laid_anew(tmp_path: Path) -> None:
    site = tmp_path / "site"
    laid = files_of(NewSite("临平区", "杭州市", "浙江省", "330113", {"330113001": "临平街道"}))
    write_files(site, laid)
    pins = (site / "requirements.txt").read_text("utf-8")
    old = pins.replace(f"kepu=={version()}", "kepu[hub]==0.0.9").replace("click==", "click==0.")
    (site / "requirements.txt").write_text(f"{old}own-tool==1.0 \\\n    --hash=sha256:00\n", "utf-8")
    (site / ".ci/ready.cmd").write_bytes(b"rem old\r\n")
    (site / ".ci/ready.py").unlink()
    (site / "预览.cmd").unlink()
    (site / "检查.cmd").write_bytes((site / "检查.cmd").read_bytes().replace(b"\r\n", b"\n"))
    ask(site, "init", "-q")
    commit(site)
    assert set(plan_upgrade(site).program) == {"requirements.txt", ".ci/ready.cmd", ".ci/ready.py"}
    told = kepu(site, "upgrade").output
    assert "程序自己的文件换成这个版本的：.ci/ready.cmd、.ci/ready.py、requirements.txt" in told
    assert "已改" in kepu(site, "upgrade", "--yes").output
    assert (site / ".ci/ready.cmd").read_bytes() == laid[".ci/ready.cmd"]
    renewed = pins.replace("kepu==", "kepu[hub]==")
    assert (site / "requirements.txt").read_text("utf-8") == f"{renewed}own-tool==1.0\n"
    commit(site)
    assert "不用改" in kepu(site, "upgrade").output
    (site / "requirements.txt").write_text(pins.replace(f"kepu=={version()}", "kepu==99.0"), "utf-8")
    with pytest.raises(CannotUpgrade, match=r"写的是 99\.0"):
        plan_upgrade(site)


def test_the_last_migration_leads_to_the_models() -> None:
    versions = [migration.version for migration in migrations.MIGRATIONS]
    assert versions == list(range(2, 2 + len(versions)))
    assert (versions or [1])[-1] == registry.MODEL
    assert "upgrade" in main.commands
