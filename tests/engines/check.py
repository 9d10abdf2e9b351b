"""Build the same sites with MkDocs, ProperDocs and Zensical, and tell what differs: ``make engines``.

With our plugin, ProperDocs must write the same bytes as MkDocs. What `kepu stage` writes must become the same pages under
each of the three, except for what `tests.engines.differences` explains.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines.differences import EXPLANATIONS, Explanation, compare, explanation
from tests.engines.reading import read_site
from tests.support import DISTRICT, ENVIRONMENT, ROOT, bytes_of, epoch_of

PROJECTS = {"district": DISTRICT, "repository": ROOT}
OWN = sys.executable
OTHER = Path(sys.prefix, "engines", "Scripts" if os.name == "nt" else "bin", "python")
ENGINES = {"mkdocs": OWN, "properdocs": OTHER, "zensical": OTHER}
# The notice that Material prints is about MkDocs; under ProperDocs nothing may be printed without it being silenced.
NOISY = {name: value for name, value in ENVIRONMENT.items() if name != "NO_MKDOCS_2_WARNING"}


class Failed(Exception):
    """Raised when an engine could not build a site, or complained; the text is what it said."""


def build(engine: str, project: Path, site: Path) -> Path:
    """Build a project's site with an engine and return its folder.

    Args:
        engine: a key of `ENGINES`.
        project: the folder with ``mkdocs.yml``.
        site: the folder to write; Zensical writes into the project and the site is moved from there.

    Raises:
        Failed: the build ended with an error, or in ProperDocs with a notice.
    """
    if engine == "zensical":
        _run(engine, "build", "--strict", cwd=project)
        return (project / "site").rename(site)
    said = _run(engine, "build", "--strict", "--quiet", "--site-dir", str(site), cwd=project)
    if engine == "properdocs" and "WARNING" in said.upper():
        raise Failed(said)
    return site


def _run(engine: str, *arguments: str, cwd: Path) -> str:
    settings = NOISY if engine == "properdocs" else ENVIRONMENT
    environment = {**settings, "SOURCE_DATE_EPOCH": epoch_of(cwd)}
    command = [str(ENGINES.get(engine, OWN)), "-m", engine, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{engine}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def same_bytes(name: str, folder: Path) -> Iterator[str]:
    """Yield every file in which ProperDocs differs from MkDocs, both with our plugin."""
    ours, theirs = (bytes_of(build(engine, PROJECTS[name], folder / engine)) for engine in ("mkdocs", "properdocs"))
    yield from (
        f"/{file}: not the same bytes" for file in sorted({*ours, *theirs}) if ours.get(file) != theirs.get(file)
    )
    print(f"{name}, our plugin under mkdocs and properdocs: {len(ours)} files compared")


def staged(name: str, own: Path, folder: Path, used: Counter[Explanation]) -> Iterator[str]:
    """Yield every unexplained difference between our own site and the staged one under each engine."""
    ours = read_site(own, "main")
    _run("macros", "stage", str(folder / "staged"), cwd=PROJECTS[name])
    for engine in ENGINES:
        project = shutil.copytree(folder / "staged", folder / f"{engine}-staged")
        differences = list(compare(ours, read_site(build(engine, project, folder / f"{engine}-site"), "article")))
        reasons = list(map(explanation, differences))
        used.update(filter(None, reasons))
        unexplained = [found for found, reason in zip(differences, reasons, strict=True) if reason is None]
        told = f"{len(ours)} pages, {len(differences)} differences, {len(unexplained)} of them unexplained"
        print(f"{name}, staged, with {engine}: {told}")
        yield from (f"{engine}: {found}" for found in unexplained)


def check(name: str, used: Counter[Explanation]) -> Iterator[str]:
    """Yield everything that is wrong with one project under the engines."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        try:
            yield from same_bytes(name, folder)
            yield from staged(name, folder / "mkdocs", folder, used)
        except Failed as failed:
            yield str(failed)


def main(projects: Mapping[str, Path] = PROJECTS) -> int:
    """Check all projects; return 1 if anything differs that is not explained, or an explanation explains nothing."""
    used: Counter[Explanation] = Counter()
    faults = [f"{name}: {fault}" for name in projects for fault in check(name, used)]
    configurations = [(project / "mkdocs.yml").read_text("utf-8") for project in projects.values()]
    idle = [one for one in EXPLANATIONS if not used[one] and one.is_expected(configurations)]
    faults += [f"explains nothing any more: {one.reason}" for one in idle if not faults]
    print("\n".join(f"explained, {count} times: {reason.reason}" for reason, count in used.items()))
    print("\n".join(faults) or "No difference without an explanation.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
