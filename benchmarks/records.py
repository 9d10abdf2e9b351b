"""Write a whole project of invented records, for measuring and for tests of search and editing.

    python -m benchmarks.records OUT --count 3000 [--seed 1] [--body 400] [--address ADDRESS] [--untidy]

The same arguments write the same files, byte for byte. Templates, vocabularies and configuration are the repository's;
towns and programmes are invented, like all that the records say. Building the project needs SOURCE_DATE_EPOCH, for
instance `AS_OF`, or a git checkout around it.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks import kinds, words, yamltext
from benchmarks.draw import Draw
from benchmarks.outline import outline
from benchmarks.parts import ALL_KINDS, Author

REPOSITORY = Path(__file__).resolve().parent.parent
AS_OF = 1782864000
"""2026-07-01 in China, in seconds: a day on which no generated record is overdue for review."""
ADDRESS = "https://kepu.example/"
"""An address for sites that need one; the name is reserved for examples."""


def write_project(
    out: Path, count: int, *, seed: int = 1, body: int = 400, untidy: bool = False, address: str = ""
) -> None:
    """Write a project.

    Args:
        out: folder of the project; must be new or empty.
        count: number of records, of all kinds.
        seed: decides everything that is drawn.
        body: length of the body of each record, in characters; 0 leaves it out.
        untidy: whether the YAML is written as people write it, with comments, flow maps and odd indentation.
        address: the site's own address, without which it has neither feeds nor a site map for machines.

    Raises:
        FileExistsError: the folder has files in it.
    """
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(out)
    _write_frame(out, address)
    _write_terms(out / "data" / "terms")
    _write_records(out / "data", count, seed, body, untidy)


def _write_frame(out: Path, address: str) -> None:
    shutil.copytree(REPOSITORY / "overrides", out / "overrides")
    settings = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))
    settings |= {"site_name": "示例科普", "site_description": "虚构的示例数据，只用来测量。"}
    settings |= {"site_url": address} if address else {}
    settings["plugins"] = [_plugin(plugin) for plugin in settings["plugins"]]
    _write(out / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
    for page in sorted((REPOSITORY / "content").glob("*.md")):
        _write(out / "content" / page.name, _page(page.stem))


def _page(stem: str) -> str:
    # The start page gets its heading from the theme; every record leads to the place for corrections.
    title, heading = ("首页", "") if stem == "index" else (stem, f"# {stem}\n\n")
    place = "\n## 内容有误 {#corrections}\n" if stem == "about" else ""
    return f"---\ntitle: {title}\ndescription: 虚构的示例页面。\n---\n\n{heading}这一页只用来测量。\n{place}"


def _plugin(plugin: Any) -> Any:
    if isinstance(plugin, dict) and "kepu" in plugin:
        # What a site may have beside its pages (a second script, posters, a bundle) the peers have not.
        return {"kepu": {"mode": "preview", "district": "示例区", "city": "示例市", "province": "广东省"}}
    return plugin


def _write_terms(folder: Path) -> None:
    shutil.copytree(REPOSITORY / "data" / "terms", folder)
    _write(folder / "towns.yml", _vocabulary(words.TOWNS))
    _write(folder / "programmes.yml", _vocabulary(words.PROGRAMMES))


def _vocabulary(labels: Mapping[str, str]) -> str:
    terms: yamltext.Fields = {
        term: {"label": label, "order": str(order), "help": "虚构"}
        for order, (term, label) in enumerate(labels.items(), 1)
    }
    return yamltext.neat(terms)


def _write_records(data: Path, count: int, seed: int, body: int, untidy: bool) -> None:
    draw, form = Draw(Random(seed)), Draw(Random(seed))
    author = Author(draw, outline(draw, count), _terms(data / "terms"), body)
    for entry in author.entries:
        fields = kinds.record(author, entry)
        text = yamltext.untidy(fields, form) if untidy else yamltext.neat(fields)
        _write(data / entry.kind / f"{entry.id}.yml", text)


def _terms(folder: Path) -> Mapping[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        entries = yaml.safe_load(path.read_text("utf-8"))
        found[path.stem] = tuple(entries)
        for kind in ALL_KINDS:
            found[f"{path.stem}/{kind}"] = tuple(term for term, entry in entries.items() if _is_of(entry, kind))
    return found


def _is_of(entry: Any, kind: str) -> bool:
    return isinstance(entry, dict) and entry.get("kind") == kind


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def main() -> None:
    """Read the command line and write the project."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.records", description="Write invented records.")
    parser.add_argument("out", type=Path, help="folder of the project, new or empty")
    parser.add_argument("--count", type=int, required=True, help="number of records")
    parser.add_argument("--seed", type=int, default=1, help="decides everything that is drawn (default: 1)")
    parser.add_argument("--body", type=int, default=400, help="characters in each body (default: 400)")
    parser.add_argument("--address", default="", help="the site's own address (default: none)")
    parser.add_argument("--untidy", action="store_true", help="write comments, flow maps and odd indentation")
    given = parser.parse_args()
    options = {"seed": given.seed, "body": given.body, "untidy": given.untidy, "address": given.address}
    write_project(given.out, given.count, **options)


if __name__ == "__main__":
    main()
