"""Members are built where they are told to: the same bytes on this machine and on an engine's workers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from macros.hub.hub_file import read_hub
from macros.hub.member_builds import build_members
from tests.hub.members import HOMES, build, bytes_below, write_hub
from tests.support import DISTRICT, epoch_of
from tests.support.looping import failures


def write_projects(root: Path, projects: list[Path], sites: list[str]) -> Path:
    """Write ``hub.yml`` over members with projects."""
    write_hub(root, sites)
    text = (root / "hub.yml").read_text("utf-8")
    for home, project in zip(HOMES, projects, strict=False):
        text = text.replace(f"address: {home}", f"address: {home}\n    project: {project}")
    (root / "hub.yml").write_text(text, "utf-8")
    return root


def test_a_member_that_can_not_be_built_is_told_and_keeps_its_site(district_site: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    root = write_projects(tmp_path / "city", [tmp_path / "empty"], [str(district_site)])
    before = (district_site / "build.json").read_bytes()
    (notice,) = build_members(read_hub(root), root)
    assert str(notice).startswith("hub.yml:8:11: 提醒：示例区没有生成成功，用的是以前的网站：")
    assert "mkdocs.yml" in notice.message
    assert (district_site / "build.json").read_bytes() == before


def test_wrong_schedulers_are_told(tmp_path: Path) -> None:
    root = write_hub(tmp_path, ["../site"])

    def told(case: tuple[list[str], str, int]) -> None:
        options, message, code = case
        done = CliRunner().invoke(main, ["--root", str(root), "hub", "build", str(tmp_path / "out"), *options])
        assert message in done.output
        assert done.exit_code == code

    cases = [
        (["--scheduler", "tcp://127.0.0.1:1"], "--members", 2),
        (["--members", "--scheduler", "http://127.0.0.1:1"], "tcp://10.0.0.1:8786", 2),
    ]
    assert failures(told, cases) == []


@pytest.mark.audit
def test_workers_of_an_engine_make_the_same_bytes(
    district_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch_of(DISTRICT))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(DISTRICT.parents[1]), os.environ.get("PYTHONPATH", "")]))
    (tmp_path / "empty").mkdir()
    root = write_projects(tmp_path / "city", [DISTRICT, tmp_path / "empty"], ["../one", str(district_site)])
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        (notice,) = build_members(read_hub(root), root, cluster.scheduler_address)
    assert "mkdocs.yml" in notice.message
    assert bytes_below(tmp_path / "one") == bytes_below(district_site)
    again = write_hub(tmp_path / "again", [str(district_site), str(tmp_path / "one")])
    assert bytes_below(build(root)) == bytes_below(build(again))
