"""html-validate finds nothing in the HTML of any page (``make audit``; needs Node.js)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT

CHECKER = ROOT / ".venv" / "html-validate" / "node_modules" / ".bin" / "html-validate"
RULES = ROOT / "tests" / "html-validate" / "rules.cjs"


@pytest.mark.audit
@pytest.mark.parametrize("site", ["district_site", "repository_site"])
def test_the_html_of_every_page_is_valid(site: str, request: pytest.FixtureRequest) -> None:
    if not (shutil.which("node") and CHECKER.exists()):
        pytest.fail("html-validate is missing: run `make audit`, which installs it; it needs nodejs and npm")
    assert findings(request.getfixturevalue(site)) == []


def findings(site: Path) -> list[str]:
    """Return what html-validate finds in a built site, each with page and line."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    command = [CHECKER, "--config", RULES, "--formatter", "json", *pages]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return [
        f"{Path(page['filePath']).relative_to(site).as_posix()}:{message['line']}: {message['ruleId']}: {message['message']}"
        for page in json.loads(done.stdout)
        for message in page["messages"]
    ]
