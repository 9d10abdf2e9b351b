"""The annotated examples as a project: laid over the invented district, whose vocabularies and pages they use."""

from __future__ import annotations

import shutil
from pathlib import Path

from macros.editing.guide.examples import FOLDER
from tests.support import DISTRICT, ROOT

EXAMPLES = ROOT / FOLDER
START = """\
---
title: 示例区科普
description: 虚构的示例区。
---

{{ cards("bases") }}
"""


def lay_examples(folder: Path) -> Path:
    """Lay a project whose records are the examples into a folder, and return it."""
    project = folder / "tests" / "examples"
    shutil.copytree(EXAMPLES, project)
    shutil.copytree(DISTRICT / "data" / "terms", project / "data" / "terms")
    shutil.copy(DISTRICT / "mkdocs.yml", project)
    for page in (DISTRICT / "content").glob("*.md"):
        shutil.copy(page, project / "content")
    (project / "content" / "index.md").write_text(START, "utf-8")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    return project
