"""The way of one record from its file to its page: short, without a step back, and told in docs/dev/architecture.md.

A module is on the way if one of its functions takes or gives back the record in any of its forms: the file's bytes, the
text in them, the document read from it, the record, its page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from macros.pages.plan import PlannedPage
from macros.records.model.kinds import Record
from macros.records.scan import Entry
from macros.records.yaml.document import Document
from macros.site.session import Session
from tests.support import ROOT, open_session, project_copy

PATH, IDENTIFIER, ADDRESS = "data/bases/luyuan.yml", "luyuan", "bases/luyuan/"
# What the repository's record of this name had on 2026-11-29; that one changes whenever an editor learns more.
TEXT = """\
name: 绿源环保
summary: 一处科普基地，已经升级为省级科普基地。
recognitions:
  - title: 省级科普基地
    level: provincial
    stage: held
    sources:
      - ref: science-measures-2024
body: |
  [工作部署](id:science-measures-2024)写明，它和[星空馆](id:star-hall)都已升级。
sources:
  - ref: science-measures-2024
"""
LONGEST_WAY = 25
# Modules that work at one stage alone. What is made there is used afterwards, but not made again.
LOADING = re.compile(r"records\.(load|scan|filecache|yaml\.plain)$")
CHECKING = re.compile(r"records\.laws\b")
PLANNING = re.compile(r"pages\.plan\.(?!page$)")
STAGES = {"load": "records", "validate": "laws", "relate": "library", "plan": "plan", "render": "page"}


class Way:
    """Notes through which modules a record passes at which stage.

    Attributes:
        modules: stage → modules in the order in which the record first comes to them at this stage.
    """

    def __init__(self) -> None:
        self.modules: dict[str, dict[str, None]] = {stage: {} for stage in STAGES}
        self._stage = "load"

    def follow(self, session: Session) -> None:
        """Load a project, and make one page of it."""
        sys.setprofile(self._note)
        try:
            self._stage = "load"
            _ = session.loaded
            self._stage = "validate"
            _ = session.checked
            self._stage = "relate"
            _ = session.library.related(session.library.published[IDENTIFIER])
            self._stage = "plan"
            page = session.page_at(ADDRESS)
            assert page is not None
            self._stage = "render"
            assert IDENTIFIER.encode() in session.layout.page(page)
        finally:
            sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, argument: Any) -> None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("macros.") and any(map(self._is_ours, _values(frame, event, argument))):
            self.modules[self._stage].setdefault(name.removeprefix("macros."))

    def _is_ours(self, value: Any) -> bool:
        match value:
            case bytes():
                return value == TEXT.encode()
            case str():
                return value == TEXT
            case Entry():
                return getattr(value, "where", "") == PATH
            case Document():
                return getattr(value, "path", "") == PATH
            case Record():
                return getattr(value, "_id", "") == IDENTIFIER
            case PlannedPage():
                return getattr(value, "address", "") == ADDRESS
        return False


def _values(frame: FrameType, event: str, argument: Any) -> Iterator[Any]:
    """Yield what a function is called with, or gives back."""
    if event == "call":
        code = frame.f_code
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        yield from (frame.f_locals[name] for name in names if name in frame.f_locals)
    elif event == "return":
        yield argument


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The modules on the way, by stage."""
    project = project_copy(tmp_path_factory.mktemp("way"))
    (project / PATH).write_text(TEXT, "utf-8")
    settings = project / "mkdocs.yml"
    # Like the repository, which has no address yet: with one, every page also leads to feeds.
    settings.write_text(re.sub(r"^site_url: .*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    way = Way()
    way.follow(open_session(project))
    return {stage: list(modules) for stage, modules in way.modules.items()}


def test_the_way_is_short(modules: dict[str, list[str]]) -> None:
    assert len({module for stage in modules.values() for module in stage}) <= LONGEST_WAY


def test_no_stage_is_entered_again(modules: dict[str, list[str]]) -> None:
    stages = list(modules)
    for own, stage in ((LOADING, "load"), (CHECKING, "validate"), (PLANNING, "plan")):
        assert any(own.match(module) for module in modules[stage]), stage
        elsewhere = [name for name in stages if name != stage]
        assert [module for name in elsewhere for module in modules[name] if own.match(module)] == [], stage


def test_the_way_is_told(modules: dict[str, list[str]]) -> None:
    text = (ROOT / "docs/dev/architecture.md").read_text("utf-8")
    told = dict(re.findall(r"^\| (\w+) \| ((?:`[\w.]+`(?:, )?)+) \|", text, re.MULTILINE))
    seen: set[str] = set()
    for stage, passed in modules.items():
        new = [module for module in passed if module not in seen]
        assert told[stage].strip("`").split("`, `") == new, f"| {stage} | {', '.join(f'`{name}`' for name in new)} |"
        seen.update(new)
