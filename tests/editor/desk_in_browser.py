"""An editor at work in a browser: `kepu edit` as it is started, a page, and a count of what the hands do."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page

from macros.site.git import ask
from tests.support import ENVIRONMENT, PATIENCE, ROOT, project_copy


@contextmanager
def edited(folder: Path) -> Iterator[tuple[Path, str]]:
    """Lay a project with history into a folder and start `kepu edit` over it; yield the project and the address that opens it."""
    project = project_copy(folder)
    (project / ".gitignore").write_text(".kepu-edit/\n", "utf-8")
    origin = folder / "origin.git"
    ask(folder, "init", "--quiet", "--bare", "-b", "main", str(origin))
    for arguments in (
        ("init", "--quiet", "-b", "main"), ("config", "user.name", "王编辑"), ("config", "user.email", "wang@example.org"),
        ("add", "--all"), ("commit", "--quiet", "-m", "开始"), ("remote", "add", "origin", str(origin)),
        ("push", "--quiet", "--set-upstream", "origin", "main"),
    ):  # fmt: skip
        ask(project, *arguments)
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "macros",
        "--root",
        str(project),
        "edit",
        "--port",
        "8600",
        "--no-browser",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=ENVIRONMENT, cwd=ROOT
    ) as process:
        try:
            yield project, address_in(process)
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def address_in(process: subprocess.Popen[str]) -> str:
    """Wait for the first check of the site, and return the address that opens the editor."""
    assert process.stdout
    address = ""
    for line in process.stdout:
        if found := re.search(r"http://\S+token=\S+", line):
            address = found[0]
        if address and re.search("没有发现问题|处错误|处提醒", line):
            return address
    raise AssertionError("kepu edit ended")


class Hands:
    """What an editor's hands do on a page, counted: each click, each key, each text that is typed or pasted at once.

    Args:
        page: a page that was let in.
        project: the project's folder.
        address: what opens the editor.
    """

    def __init__(self, page: Page, project: Path, address: str = "") -> None:
        self.page, self.project, self.address = page, project, address
        self.steps = 0

    def click(self, place: str | Locator) -> None:
        """Click something."""
        self.steps += 1
        (self.page.locator(place).first if isinstance(place, str) else place).click()

    def press(self, key: str) -> None:
        """Press a key, or keys together."""
        self.steps += 1
        self.page.keyboard.press(key)

    def fill(self, name: str, value: str) -> None:
        """Click into a field and type a value."""
        field = self.page.locator(f'[id="field-{name}"]')
        self.unfold(field)
        self.steps += 2
        if field.evaluate("field => field.matches('fieldset')"):
            field = field.locator("input[type=text]:visible, textarea:visible").last
        field.fill(value)

    def choose(self, name: str, label: str) -> None:
        """Choose from a list."""
        field = self.page.locator(f'[id="field-{name}"]')
        self.unfold(field)
        self.steps += 2
        field.select_option(label=label)

    def unfold(self, field: Locator) -> None:
        """Open what a field is folded into, from outside inwards."""
        for _ in range(5):
            closed = field.locator("xpath=ancestor::details[not(@open)]").first
            if not closed.count():
                return
            self.steps += 1
            closed.locator("> summary").click()

    def find(self, words: str) -> None:
        """Find a record by the list and open it."""
        self.click(".bar-home")
        self.steps += 1
        self.page.locator("#words").fill(words)
        self.press("Enter")
        self.click(".rows tbody a")
        self.page.wait_for_selector("[data-preview]:not([hidden])")

    def save(self) -> None:
        """Save with the reason that is offered."""
        self._review()
        self.press("Enter")
        self.page.wait_for_url(re.compile("note=(saved|merged)"))

    def save_and_hand_in(self) -> str:
        """Save with the reason that is offered and hand in; return what is said."""
        self._review()
        self.click("text=保存并提交")
        said = self.page.locator("section.note h2")
        said.wait_for()
        return said.inner_text()

    def hand_in(self) -> str:
        """Hand in what was saved; return what is said."""
        self.click('.bar a[href$="/changes/"]')
        self.click(".hand-in .main-button")
        said = self.page.locator("section.note h2")
        said.wait_for()
        return said.inner_text()

    def _review(self) -> None:
        self.press("Control+s")
        self.page.wait_for_selector("#reason, [data-alert]")
        assert self.page.locator("#reason").count(), self.page.locator(".faults").inner_text()

    def upload(self, place: str, path: Path) -> None:
        """Drop a file: one movement."""
        chooser = (
            self.page.locator(f'[id="field-{place}"] >> xpath=ancestor-or-self::fieldset[1]')
            .locator('input[type="file"]')
            .last
        )
        self.unfold(chooser)
        self.steps += 1
        chooser.set_input_files(path)
        self.page.get_by_text("已经放好").first.wait_for()

    def add(self, name: str) -> None:
        """Add an item to a list of parts."""
        button = self.page.locator(f'button[name="+{name}"]')
        self.unfold(button)
        self.click(button)

    def record(self, kind: str, identifier: str) -> dict[str, Any]:
        """Return a record as its file has it."""
        found: dict[str, Any] = yaml.load(
            (self.project / f"data/{kind}/{identifier}.yml").read_text("utf-8"), yaml.BaseLoader
        )
        return found
