"""The way round with the district's own places, through LibreOffice: asked, filled in, taken over, published (``make audit``)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.editing.questionnaire.workbook import VERDICTS
from tests.editing.excel.test_libreoffice import saved_by_libreoffice
from tests.editing.questionnaire.sheets import Fill, filled
from tests.support import ROOT, open_session
from tests.support.projects import kepu
from tests.support.systems import lay_overrides

pytestmark = pytest.mark.audit

# Invented, and never content.
ANSWERS: Fill = {
    "name": (VERDICTS[0], ""),
    "address": ("", "测试路 9 号"),
    "contact.phone": ("", "0750 7654321"),
    "directions": ("不清楚", ""),
    "contact.wechat": ("不公开", ""),
    "@日期": ("", "2026.11.20"),
    **{f"opening 周{day}": ("", "9:00-12:00，14:00-17:00") for day in "一二三四五"},
    **{f"opening 周{day}": ("", "不开放") for day in "六日"},
}


def test_all_places_are_asked_and_what_they_answer_is_published(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for part in ("data", "content"):
        shutil.copytree(ROOT / part, project / part)
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    lay_overrides(project)
    for kind in ("科普基地", "孵化载体"):
        assert kepu(project, "ask", kind).exit_code == 0
    sheets = sorted((project / "核对表").glob("*.xlsx"))
    for sheet in sheets:
        sheet.write_bytes(filled(sheet.read_bytes(), ANSWERS))
    folder = saved_by_libreoffice(sheets[0], "xlsx", *sheets[1:]).parent
    saved = sorted(folder.glob("*.xlsx"))
    # Opened and saved once more, as whoever looks it through does.
    again = saved_by_libreoffice(saved[0], "xlsx", *saved[1:]).parent
    done = kepu(project, "answer", *(str(path) for path in sorted(again.glob("*.xlsx"))))
    assert done.exit_code == 0, done.output
    session = open_session(project)
    places = [*session.library.records("bases"), *session.library.records("incubators")]
    assert len(sheets) == len(places) == 8
    for place in places:
        page = session.page_at(session.library.address(place))
        assert page
        text = re.sub("<[^>]+>", "", session.layout.page(page).decode())
        for words in (
            "测试路 9 号",
            "0750-7654321",
            "填报的核对表",
            "2026 年 11 月 20 日",
            "单位答复不公开：微信公众号",
        ):
            assert words in text, (place.id, words)
        assert place.kind != "bases" or "周一至周五" in text
