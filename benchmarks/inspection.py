"""Measure the self-check before an inspection beside `kepu check`, with many PDFs.

    python -m benchmarks.inspection [--count 1000] [--files 200]

Each site has invented records, and PDFs of five dense pages: printed by a browser, which sets each character on its own in many
small fonts, or exported by LibreOffice. The first run reads them all, the second one finds their texts in `.kepu-texts/`.
Exit code 1 if a first run takes more than ten times as long as `kepu check`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.first_view import chromium
from benchmarks.measure import generate, measure, middle, module

MOST = 10.0
"""Times as long as `kepu check`."""
_ROUNDS = 3
_OF_EACH = 4
_HAS = re.compile(r"^attachments:", re.MULTILINE)
_SENTENCE = "示例区科学技术协会公布本办法，自发布之日起施行；市民可以在开放日参观，请提前向本单位预约。"
_PAGE = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>名单</title><h1>科普教育基地名单</h1>{}</html>"


def words() -> str:
    """Return a page of HTML that prints on five sheets."""
    return _PAGE.format(
        "".join(f"<p>第 {number} 条 {_SENTENCE * 3}电话 0750-1234{number:03}。</p>" for number in range(45))
    )


def printed_by_browser(folder: Path) -> bytes:
    """Return a PDF that Chromium prints."""
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(words())
        return page.pdf(format="A4")


def exported_by_office(folder: Path) -> bytes:
    """Return a PDF that LibreOffice exports."""
    source = folder / "words.html"
    source.write_text(words(), "utf-8")
    command = ("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless")
    subprocess.run(
        [*command, "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, source],
        check=True,
        capture_output=True,
    )
    return source.with_suffix(".pdf").read_bytes()


def attach(project: Path, raw: bytes, count: int) -> None:
    """Give policies of a project so many PDFs, no two of the same bytes."""
    policies = [
        path
        for path in sorted((project / "data" / "policies").glob("*.yml"))
        if not _HAS.search(path.read_text("utf-8"))
    ]
    for path, number in zip(policies, range(0, count, _OF_EACH), strict=False):
        folder = project / "content" / "files" / "policies" / path.stem
        folder.mkdir(parents=True)
        lines = ["attachments:"]
        for part in range(number, min(number + _OF_EACH, count)):
            # What stands behind the end of a PDF is passed over.
            (folder / f"list-{part}.pdf").write_bytes(raw + b"%% %d\n" % part)
            lines += [f"  - title: 第 {part} 份名单", f"    file: list-{part}.pdf"]
        path.write_text(path.read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")


def compare(folder: Path, label: str, raw: bytes, count: int, files: int) -> float:
    """Print what the self-check takes, and return how many times as long its first run takes as `kepu check`."""
    project = folder / label
    generate(project, count)
    attach(project, raw, files)
    check = module("macros", "--root", project, "check", "data/terms")
    inspection = module("benchmarks.inspection", "--inspect", project)
    usual = middle([measure(check) for _ in range(_ROUNDS)])
    runs = {"first run": measure(inspection), "second run": measure(inspection)}
    print(
        f"{label}: {len(raw):,} bytes a PDF; kepu check {usual.seconds:.1f} s ({usual.processor_seconds:.1f} s of processor)"
    )
    for name, taken in runs.items():
        times, work = taken.seconds / usual.seconds, taken.processor_seconds / usual.processor_seconds
        print(
            f"  {name}: {taken.seconds:.1f} s, {times:.1f} times ({taken.processor_seconds:.1f} s of processor, {work:.1f} times)"
        )
    return runs["first run"].seconds / usual.seconds


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inspection", description="Measure the self-check.")
    parser.add_argument("--count", type=int, default=1000, help="number of records")
    parser.add_argument("--files", type=int, default=200, help="number of PDFs")
    parser.add_argument("--inspect", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inspect:
        # The command ends with exit code 1 where there are findings, and here are some.
        subprocess.run(
            module("macros", "--root", given.inspect, "check", "--inspection", "--format", "html"),
            stdout=subprocess.DEVNULL,
            check=False,
        )
        return
    makers = {"browser": printed_by_browser, "office": exported_by_office}
    with TemporaryDirectory() as folder:
        ratios = [
            compare(Path(folder), label, make(Path(folder)), given.count, given.files) for label, make in makers.items()
        ]
    sys.exit(max(ratios) > MOST)


if __name__ == "__main__":
    main()
