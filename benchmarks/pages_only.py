"""Build the pages of a project and nothing beside them: no files for machines, no search index, no inventory.

    python -m benchmarks.pages_only PROJECT OUT

So it compares with what Hugo makes, which has neither search nor inventory.
"""

from __future__ import annotations

import sys
from pathlib import Path

from macros.exports.files import Files
from macros.site import plugin
from macros.site.session import Session


def main() -> None:
    """Build without the files beside the pages."""
    project, out = map(Path, sys.argv[1:3])
    Session.beside = Session.finders = Files({})  # type: ignore[assignment]
    Session.index = {}  # type: ignore[assignment]
    Session.documents = ()  # type: ignore[assignment]
    plugin.write_metadata = lambda *given: None  # type: ignore[attr-defined]
    plugin.render_site(project.resolve(), out.resolve())


if __name__ == "__main__":
    main()
