"""Measure a city's site over many districts.

    python -m benchmarks.hub [--districts 120] [--records 1000] [--different 3] [--body 400]

A few districts are built for true, with different records; the others are their open data and index under other names,
since to build 120 would measure their builds. What is measured is `kepu hub build` as it runs the first time, when nothing
is in the state folder, and once more, when nothing has changed. Goals: 120 s and 1,000 MB, all processes together. Exit
code 1 if one is missed.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Measurement, measure, module
from benchmarks.records import write_project
from tests.hub.members import variant

_MOST_SECONDS = 120
_MOST_MEGABYTES = 1000
_FIRST = 0x4E00


def write_city(folder: Path, districts: int, records: int, different: int, body: int) -> Path:
    """Write ``hub.yml`` and the sites of its districts; return the folder of the city."""
    built = []
    for seed in range(different):
        project = folder / f"project-{seed}"
        home = f"https://d{seed}.kepu.example/"
        write_project(project, records, seed=seed + 1, body=body, address=home)
        measure(module("macros", "--root", project, "build", folder / f"built-{seed}"))
        built.append(folder / f"built-{seed}")
    lines = ["name: 示例市科普", "description: 测量用。", "url: https://city.kepu.example/", "districts:"]
    for number in range(districts):
        name = f"{chr(_FIRST + 3 * number)}{chr(_FIRST + 3 * number + 1)}区"
        variant(built[number % different], folder / f"member-{number}", name)
        lines += [f"  - id: d{number}", f"    name: {name}", f"    site: ../member-{number}"]
        lines += [f"    address: https://d{number}.kepu.example/"]
    city = folder / "city"
    city.mkdir()
    (city / "hub.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return city


def main() -> None:
    """Measure, print, and tell by the exit code whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=120)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--different", type=int, default=3)
    parser.add_argument("--body", type=int, default=400)
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        city = write_city(Path(place), asked.districts, asked.records, asked.different, asked.body)
        runs = [measure(module("macros", "--root", city, "hub", "build", city / "site")) for _ in range(2)]
        _tell(city / "site", runs)
    sys.exit(any(run.seconds > _MOST_SECONDS or run.megabytes > _MOST_MEGABYTES for run in runs))


def _tell(site: Path, runs: list[Measurement]) -> None:
    for name, run in zip(("first", "again"), runs, strict=True):
        print(f"{name}: {run.seconds:.0f} s, {run.processor_seconds:.0f} s of processor, {run.megabytes:.0f} MB")
    pages = sum(1 for _ in site.rglob("*.html"))
    (index,) = site.glob("assets/search/*/index.json")
    shards = [path.stat().st_size for path in index.parent.glob("postings/*")]
    packed = len(gzip.compress(index.read_bytes(), 6))
    names = [len(gzip.compress(path.read_bytes(), 6)) for path in index.parent.glob("names/*")]
    print(
        f"{pages} pages; index.json {packed / 1e3:.0f} kB compressed, names of a district up to {max(names, default=0) / 1e3:.0f} kB,"
        f" of all {sum(names) / 1e3:.0f} kB; {len(shards)} shards, largest {max(shards)} bytes"
    )


if __name__ == "__main__":
    main()
