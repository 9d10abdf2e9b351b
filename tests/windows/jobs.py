"""An editor's jobs in Windows, one function each; every one yields what went wrong."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from re import search

from openpyxl import load_workbook

from tests.guide.desk import copy_files
from tests.support import PATIENCE
from tests.windows.desks import Desks
from tests.windows.machine import PINS, end_everything, run, settings, start, windows_path

RECORD = "data/bases/luyuan.yml"
SENTENCES = ("蓬江区的省级科普基地。2022 年已经升级。", "蓬江区的省级科普基地，2022 年升级。", "蓬江区的一处科普基地。")
TABLE, LIST, SHEET = "表格.xlsx", "基地.csv", "科普基地"
PROJECTS_PYTHON = r".venv\Scripts\python.exe"
CLEAN = "没有发现问题。"
# Those that need a browser, a web server, git or many processors can tell nothing here.
TESTS = (
    "tests/windows",
    "tests/text",
    "tests/editing",
    "tests/records",
    "tests/spreadsheets",
    "tests/publishing/test_publish.py",
)


def sets_itself_up(desks: Desks) -> Iterator[str]:
    """A double click on the check installs everything, once."""
    _, said = run(["cmd", "/c", "检查.cmd"], desks.there)
    if "正在准备" not in said or CLEAN not in said:
        yield said
    (desks.there / ".git").mkdir()
    _, said = run(["cmd", "/c", "检查.cmd"], desks.there, SOURCE_DATE_EPOCH="")
    (desks.there / ".git").rmdir()
    if "正在准备" in said or "没有装 git" not in said:
        yield said


def opens_a_window(desks: Desks) -> Iterator[str]:
    """A double click on the window for commands gives one in which they work."""
    plain = desks.there.parent / "plain folder"
    yield from _set_up_again(desks, plain)
    _, said = run(["cmd", "/c", "命令.cmd"], plain, "kepu check\nexit\n")
    if CLEAN not in said:
        yield said
    shutil.rmtree(plain)


def _set_up_again(desks: Desks, plain: Path) -> Iterator[str]:
    """Set a second copy up whose path is ASCII: whatever `chcp` says, Wine's prompt reads scripts in a code page without Chinese.

    Only the project itself is installed into it; the packages are those of the first.
    """
    copy_files(plain)
    steps = (
        ["-m", "venv", "--without-pip", ".venv"],
        ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."],
    )
    code, said = run(["python", *steps[0]], plain)
    installed = Path(".venv", "Lib", "site-packages")
    # Python reads this file in the system's code page as well.
    line = f"import sys; sys.path.append({windows_path(desks.there / installed)!a})"
    (plain / installed / "first.pth").write_text(line, "ascii")
    shutil.copy(desks.there / ".venv" / "pins.sha256", plain / ".venv")
    more, saying = run([PROJECTS_PYTHON, *steps[1]], plain)
    if code or more:
        yield said + saying


def previews(desks: Desks) -> Iterator[str]:
    """A double click on the preview shows the site, and then an edit."""
    with going_on("预览.cmd", desks.there) as said:
        found = search(r"http://127\.0\.0\.1:\d+/", said)
        if not found:
            yield said
            return
        desks.edit(RECORD, lambda content: _with_summary(content, SENTENCES[0]))
        began = time.monotonic()
        if shows(f"{found[0]}bases/luyuan/", SENTENCES[0]):
            print(f"  an edit was seen after {time.monotonic() - began:.1f} s")
        else:
            yield "the preview does not show an edit"


@contextmanager
def going_on(script: str, folder: Path) -> Iterator[str]:
    """Start a script that goes on, wait for the first check, yield what was said till then; end everything afterwards.

    Args:
        script: its name.
        folder: where it lies.
    """
    process = start(["cmd", "/c", script], folder, settings())
    too_long = threading.Timer(10 * PATIENCE, end_everything)
    too_long.start()
    try:
        assert process.stdin
        assert process.stdout
        # One that ends early waits for a key.
        process.stdin.close()
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if CLEAN in line:
                break
        yield "".join(said)
    finally:
        too_long.cancel()
        end_everything()
        # A program that was just being started may outlive this Windows and hold the pipe, so nothing waits for its end.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _with_summary(content: bytes, sentence: str) -> bytes:
    lines = content.decode("utf-8").split("\n")
    return "\n".join(f"summary: {sentence}" if line.startswith("summary: ") else line for line in lines).encode()


def shows(address: str, sentence: str) -> bool:
    """Tell whether a page comes to hold a sentence; cookies are kept on the way."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), browser.open(address, timeout=PATIENCE) as answer:
            if sentence in answer.read().decode("utf-8"):
                return True
        time.sleep(0.1)
    return False


def builds_the_same_bytes(desks: Desks) -> Iterator[str]:
    """Both systems make the same site, of this project and of the tests' district, and the same folder for a host."""
    yield from desks.type("check")
    yield from desks.type("build", "site")
    yield from desks.type("--root", "tests/district", "build", "../district")
    yield from desks.type("publish", "site", "../网站", "--as", "pages")
    print(f"  {desks.count()} files compared")


def takes_tables_back(desks: Desks) -> Iterator[str]:
    """A workbook is the same on both systems, and what was changed in it comes back; so is a list."""
    yield from desks.type("excel", "export", TABLE)
    _write_summary(desks.here / TABLE, SENTENCES[1])
    shutil.copy(desks.here / TABLE, desks.there / TABLE)
    yield from desks.type("excel", "import", TABLE, "--dry-run")
    yield from desks.type("excel", "import", TABLE)
    yield from _says(desks, SENTENCES[1])
    yield from desks.type("excel", "export", LIST, "--sheet", SHEET)
    desks.edit(LIST, lambda content: content.replace(SENTENCES[1].encode(), SENTENCES[2].encode()))
    yield from desks.type("excel", "import", LIST)
    yield from _says(desks, SENTENCES[2])


def _write_summary(table: Path, sentence: str) -> None:
    workbook = load_workbook(table)
    sheet = workbook[SHEET]
    titles = [cell.value for cell in sheet[1]]
    [row] = (row for row in sheet.iter_rows(min_row=2) if row[titles.index("名称")].value == "绿源环保")
    row[titles.index("简介")].value = sentence
    workbook.save(table)


def _says(desks: Desks, sentence: str) -> Iterator[str]:
    if sentence not in (desks.there / RECORD).read_text("utf-8"):
        yield f"{RECORD} does not say {sentence}"


def mends(desks: Desks) -> Iterator[str]:
    """Slips of the keyboard and a name in capitals are told of and mended alike."""
    desks.edit(RECORD, lambda content: content.replace(b"summary: ", "summary：".encode()).replace(b"\n", b"\r\n"))
    desks.rename(RECORD, "luyuan.YML")
    for arguments in (["check"], ["fix", "--dry-run"], ["fix"], ["check"]):
        yield from desks.type(*arguments)
    if [path.name for path in (desks.there / RECORD).parent.glob("luyuan*")] != ["luyuan.yml"]:
        yield "kepu fix did not rename luyuan.YML"


def renames(desks: Desks) -> Iterator[str]:
    """A record gets another id, and everything that names it follows."""
    yield from desks.type("rename", "luyuan", "luyuan-huanbao")
    yield from desks.type("check")


def tells_that_git_is_missing(desks: Desks) -> Iterator[str]:
    """What needs git says that it is not installed."""
    for arguments in (["diff"], ["publish", "site", "pages", "--as", "branch"]):
        yield from desks.type(*arguments)
        if "没有装 git" not in desks.said:
            yield desks.said


def passes_tests(desks: Desks) -> Iterator[str]:
    """The tests that make sense there pass in Windows."""
    python = [PROJECTS_PYTHON, "-X", "utf8", "-m"]
    install = ["pip", "install", "--quiet", "--no-deps", "--no-compile", "--require-hashes"]
    code, said = run([*python, *install, "--requirement", windows_path(PINS)], desks.there)
    if code == 0:
        code, said = run([*python, "pytest", "-q", "-rs", *TESTS], desks.there)
    print("  " + "\n  ".join(line for line in said.splitlines() if line.startswith("SKIPPED") or " passed" in line))
    if code:
        yield said


# The tests look at records of the project, so what they name is renamed after them.
JOBS = (
    sets_itself_up, opens_a_window, previews, builds_the_same_bytes, takes_tables_back, mends,
    tells_that_git_is_missing, passes_tests, renames,
)  # fmt: skip
