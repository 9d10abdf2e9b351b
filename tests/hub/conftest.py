"""A city of four districts, built once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.hub.members import NAMES, build, variant, write_hub
from tests.support.shared import made_once


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, district_site: Path) -> Path:
    """A folder with ``hub.yml``, the sites of its districts and ``site/``, the city's own."""
    return made_once(tmp_path_factory, "city", partial(_make, district_site))


def _make(district_site: Path, root: Path) -> None:
    others = [variant(district_site, root / f"district-{number}", NAMES[number]).name for number in (1, 2, 3)]
    write_hub(root, [str(district_site), *others])
    build(root)
