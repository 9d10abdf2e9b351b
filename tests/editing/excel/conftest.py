"""A workshop for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editing.excel.workshop import Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A small project with its workbook exported."""
    made = Workshop(tmp_path)
    made.export()
    return made
