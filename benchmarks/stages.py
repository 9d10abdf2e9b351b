"""Time the stages of making a project's pages, inside one process.

    python -m benchmarks.stages PROJECT OUT

The stages are those of `macros.site.session.Session`; the engine's own work is what a whole build takes beyond their sum.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.site.session import open_session


@contextmanager
def timed(label: str) -> Iterator[None]:
    """Print the seconds that the block took."""
    started = time.perf_counter()
    yield
    print(f"  {label:<28}{time.perf_counter() - started:>8.2f} s", flush=True)


def run(project: Path, out: Path) -> None:
    """Go through the stages and print the time of each.

    Args:
        project: folder of the records.
        out: folder for the rendered articles, which stand for the written pages.
    """
    session = open_session(project)
    with timed("load and check"):
        _ = session.checked
    with timed("relate and plan"):
        pages = list(session.planned.values())
    with timed("pages by hand"):
        _ = session.problems()
    with timed(f"render {len(pages):,} articles"):
        articles = {page.address: session.renderer.content(page) for page in pages}
    with timed(f"render {len(pages):,} heads"):
        heads = {page.address: session.renderer.head(page) for page in pages}
    with timed("write"):
        _write(out, {address: heads[address] + article for address, article in articles.items()})


def _write(out: Path, pages: dict[str, str]) -> None:
    for address, html in pages.items():
        folder = out / address
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(html, "utf-8")


def main() -> None:
    """Read the command line and run the stages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description="Time the stages of a build.")
    parser.add_argument("project", type=Path, help="folder of the records")
    parser.add_argument("out", type=Path, help="new folder for what is rendered")
    given = parser.parse_args()
    run(given.project, given.out)


if __name__ == "__main__":
    main()
