"""An editor's jobs in Windows with a new site, begun from the wheel alone; like those of `tests.windows.jobs`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from re import search

from tests.support import bytes_of
from tests.support.wheels import make_wheel
from tests.windows.desks import Desks
from tests.windows.jobs import CLEAN, PROJECTS_PYTHON, going_on, shows
from tests.windows.machine import run, windows_path

INIT = ("-m", "macros", "init", "临平区", "--city", "杭州市", "--province", "浙江省", "--code", "330113")
FOLDER, MOVED = "临平 科普", "临平 科普（新）"
PREPARING = "正在准备"
PLACE = """name: 示例水塘
summary: 一处水塘。
town: linping
location: {longitude: 120.3, latitude: 30.4, crs: gcj02}
sources: [{title: 通知, mark: official}]
recognitions: [{title: 科普基地, level: district, stage: planned}]
"""


def begins_a_new_site(desks: Desks) -> Iterator[str]:
    """With the wheel, `kepu init` lays the same files for another district, the wheel among them."""
    wheel = make_wheel(desks.beside / "wheel")
    installed, here, there = desks.beside / "installed", desks.beside / "here", desks.beside / FOLDER
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    for folder in (here, there):
        folder.mkdir()
    subprocess.run([sys.executable, *install, str(installed), str(wheel)], check=True)
    environment = {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1", "LC_ALL": "C.UTF-8"}
    subprocess.run([sys.executable, *INIT], cwd=here, env=environment, check=True, capture_output=True)
    # The note of where the wheel was has a path of this system, so Windows installs the wheel itself.
    shutil.rmtree(installed)
    run(["python", *install, windows_path(installed), windows_path(wheel)], there)
    python = windows_path(desks.there / PROJECTS_PYTHON.replace("\\", "/"))
    code, said = run([python, *INIT], there, PYTHONPATH=windows_path(installed), PYTHONSAFEPATH="1")
    if code or "已建好临平区的网站" not in said:
        yield said
    ours, theirs = bytes_of(here), bytes_of(there)
    yield from (f"{name} differs" for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name))
    if f"wheels/{wheel.name}" not in theirs:
        yield "the wheel is not in the new site"


def sets_the_new_site_up(desks: Desks) -> Iterator[str]:
    """A double click on its check installs everything, once, and again when other pins are written; without Python it stops, and says so."""
    site = desks.beside / FOLDER
    _, said = run(["cmd", "/c", "检查.cmd"], site, WINEPATH="")
    if "python.org" not in said or "macros" in said:
        yield said
    yield from _checks(site, is_set_up=False)
    yield from _checks(site, is_set_up=True)
    with (site / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# 别的版本\n")
    yield from _checks(site, is_set_up=False)
    # As whoever installs by hand in a console: Windows' own code page has no Chinese, and no variable says UTF-8.
    code, said = run([PROJECTS_PYTHON, "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"], site)
    if code:
        yield said


def _checks(site: Path, is_set_up: bool) -> Iterator[str]:
    _, said = run(["cmd", "/c", "检查.cmd"], site)
    if CLEAN not in said or (PREPARING in said) == is_set_up:
        yield said


def works_in_the_new_site(desks: Desks) -> Iterator[str]:
    """Its window takes commands, its preview shows a new place, its form has it; and so when the folder has another name."""
    site = desks.beside / FOLDER
    yield from _takes_commands(site)
    yield from _is_shown(site)
    moved = site.rename(site.with_name(MOVED))
    yield from _checks(moved, is_set_up=True)
    yield from _takes_commands(moved)


def _takes_commands(site: Path) -> Iterator[str]:
    # Wine's prompt takes one line of what is typed, and loses the others.
    for typed, answer in (("kepu check", CLEAN), ("kepu --version", r"kepu \d+\.\d+\.\d+，")):
        _, said = run(["cmd", "/c", "命令.cmd"], site, f"{typed}\n")
        if not search(answer, said):
            yield said


def _is_shown(site: Path) -> Iterator[str]:
    with going_on("预览.cmd", site) as said:
        found = search(r"http://127\.0\.0\.1:\d+/", said)
        (site / "data/bases").mkdir()
        (site / "data/bases/pond.yml").write_text(PLACE, "utf-8")
        if not found or not shows(f"{found[0]}bases/pond/", "一处水塘。"):
            yield said
    with going_on("打开编辑.cmd", site) as said:
        found = search(r"http://127\.0\.0\.1:\d+/\S+token=\S+", said)
        if not found or not shows(found[0], "示例水塘"):
            yield said


def outlives_its_python(desks: Desks) -> Iterator[str]:
    """When the Python that it was set up with is gone, the next double click sets it up anew."""
    site = desks.beside / MOVED
    configuration = site / ".venv/pyvenv.cfg"
    configuration.write_text(configuration.read_text("utf-8").replace("cp311", "gone"), "utf-8")
    yield from _checks(site, is_set_up=False)
    yield from _checks(site, is_set_up=True)


NEW_SITE_JOBS = (begins_a_new_site, sets_the_new_site_up, works_in_the_new_site, outlives_its_python)
