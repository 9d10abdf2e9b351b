"""Sites of districts for a city: any built site can be one, and variants of it are made by other names."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from macros.hub.hub_build import build_hub
from macros.hub.hub_file import read_hub
from tests.support import DISTRICT, epoch_of

NAMES = ("示例区", "翠湖区", "青山县", "白沙市")
HOMES = tuple(f"https://{name}.example.org/kepu/" for name in ("shili", "cuihu", "qingshan", "baisha"))
IDS = ("shili", "cuihu", "qingshan", "baisha")


def variant(site: Path, target: Path, name: str) -> Path:
    """Make another district of a site: its words 示例 become another name."""
    for path in (
        *site.glob("data/*.json"),
        *site.glob("*.json"),
        *site.glob("api/v1/*.json"),
        *site.glob("api/v1/terms/*"),
    ):
        _copy(path, site, target)
    for path in (site / "assets/search").rglob("*.*"):
        _copy(path, site, target)
    for path in (*target.rglob("*.json"), *target.glob("assets/search/*/postings/*")):
        if path.name != "build.json":
            path.write_bytes(path.read_bytes().replace("示例".encode(), name[:2].encode()))
    seal(target)
    return target


def _copy(path: Path, site: Path, target: Path) -> None:
    (target / path.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target / path.relative_to(site))


def seal(site: Path, **facts: Any) -> None:
    """Make the inventory of a site say what lies there, so that only the fault under test is one."""
    marker = json.loads((site / "build.json").read_bytes()) | facts
    found = (path for path in site.rglob("*") if path.is_file() and path.name != "build.json")
    marker["files"] = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }
    (site / "build.json").write_text(json.dumps(marker), "utf-8")


def write_hub(root: Path, sites: Sequence[str], more: str = "") -> Path:
    """Write ``hub.yml`` over these sites."""
    lines = ["name: 示例市科普", "description: 全市一起找。", "mode: standalone", "url: https://city.example.org/"]
    rows = zip(IDS, NAMES, sites, HOMES, strict=False)
    members = [
        f"  - id: {own}\n    name: {name}\n    site: {site}\n    address: {home}" for own, name, site, home in rows
    ]
    root.mkdir(parents=True, exist_ok=True)
    (root / "hub.yml").write_text("\n".join([*lines, "districts:", *members, more]), "utf-8")
    return root


def build(root: Path) -> Path:
    """Build a city; return its site."""
    with patch.dict(os.environ, SOURCE_DATE_EPOCH=epoch_of(DISTRICT)):
        build_hub(root, read_hub(root), root / "site", root / "hub-state")
    return root / "site"


def edit(path: Path, change: Callable[[Any], Any]) -> None:
    """Change what a file of JSON says."""
    path.write_text(json.dumps(change(json.loads(path.read_bytes())), ensure_ascii=False), "utf-8")


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
