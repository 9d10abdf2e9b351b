"""Write the pages of a project as Markdown files for stock Material for MkDocs, which Zensical reads too.

    python -m benchmarks.peers.markdown PROJECT OUT [--out-of-nav]

Each page says what our page at the same address says: a record's fields as tables, its prose, its sources, related
records; a list's records with their summaries.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from macros.library.library import Library
from macros.pages.plan import PlannedPage, plan
from macros.records.load import load
from macros.records.model.fields import Prose, Reference
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.site.git import as_of

RECORD_LINK = re.compile(r"\]\(id:([a-z0-9-]+)\)")
APART = ("name", "summary", "body", "sources")
SETTINGS: Mapping[str, Any] = {
    "site_name": "示例科普",
    "theme": {"name": "material", "language": "zh", "font": False},
    "plugins": [{"search": {"lang": "zh"}}],
    "markdown_extensions": ["attr_list", "tables"],
}


def write_site(project: Path, out: Path, *, in_nav: bool) -> None:
    """Write ``mkdocs.yml`` and ``docs/`` with a page for each record and each list.

    Args:
        project: folder of the records.
        out: new folder.
        in_nav: whether the navigation lists the pages.
    """
    library = Library(load(project, as_of(project).date).collection)
    pages = [
        page for page in plan(library) if page.section and (page.address.count("/") > 1 or page.data.get("records"))
    ]
    for page in pages:
        path = out / "docs" / _file(page.address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_page(library, page)), "utf-8", newline="\n")
    (out / "docs" / "index.md").write_text("# 首页\n", "utf-8")
    navigation = {"nav": _navigation(library, pages)} if in_nav else {"nav": ["index.md"], "not_in_nav": "*"}
    settings = yaml.safe_dump({**SETTINGS, **navigation}, allow_unicode=True, sort_keys=False)
    (out / "mkdocs.yml").write_text(settings, "utf-8")


def _file(address: str) -> str:
    """Return the file of a page: ``bases/luyuan.md``, but ``bases/index.md`` where other pages lie below."""
    return f"{address}index.md" if address.count("/") == 1 else f"{address.rstrip('/')}.md"


def _navigation(library: Library, pages: Sequence[PlannedPage]) -> list[Any]:
    groups: dict[str, list[str]] = {library.kind_label(kind): [] for kind in library.kinds()}
    for page in pages:
        groups[library.kind_label(page.section)].append(_file(page.address))
    return ["index.md", *({label: files} for label, files in groups.items())]


def _page(library: Library, page: PlannedPage) -> Iterator[str]:
    meta = {"title": page.title, "description": page.description}
    yield from ("---", yaml.safe_dump(meta, allow_unicode=True, sort_keys=False), "---", "", f"# {page.title}", "")
    record = page.data.get("record")
    yield from _record(library, record) if record else _list(page)


def _list(page: PlannedPage) -> Iterator[str]:
    up = "../" * _file(page.address).count("/")
    for record in page.data.get("records", ()):
        yield from (f"## [{record.heading}]({up}{record.kind}/{record.id}.md)", "", record.summary, "")


def _record(library: Library, record: Record) -> Iterator[str]:
    yield from (record.summary, "")
    yield from _table(library, record, APART)
    for name, value in _fields(record, ("name", "summary", "sources")):
        yield from _section(library, name, value)
    yield from ("## 来源", "")
    yield from (f"- {_inline(library, source)}" for source in record.sources)
    yield from ("", "## 相关", "")
    yield from (f"- {_link(library, other)}" for other in library.related(record))


def _fields(part: FieldGroup, left_out: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if name not in left_out and value is not None and value != ():
            yield field.title or name, value


def _table(library: Library, record: Record, left_out: tuple[str, ...]) -> Iterator[str]:
    yield from ("| 项目 | 内容 |", "|---|---|")
    for title, value in _fields(record, left_out):
        if not isinstance(value, Prose | FieldGroup) and not _is_parts(value):
            yield f"| {title} | {_inline(library, value)} |"
    yield ""


def _is_parts(value: Any) -> bool:
    return isinstance(value, tuple) and isinstance(value[0], FieldGroup)


def _section(library: Library, title: str, value: Any) -> Iterator[str]:
    if isinstance(value, Prose):
        yield from (f"## {title}", "", _with_links(library, value), "")
    elif isinstance(value, FieldGroup):
        yield from (f"## {title}", "", "| 项目 | 内容 |", "|---|---|")
        yield from (f"| {name} | {_inline(library, inner)} |" for name, inner in _fields(value))
        yield ""
    elif _is_parts(value):
        yield from (f"## {title}", "")
        yield from (f"- {_inline(library, part)}" for part in value)
        yield ""


def _inline(library: Library, value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(_inline(library, item) for item in value)
    if isinstance(value, FieldGroup):
        return "；".join(f"{name}：{_inline(library, inner)}" for name, inner in _fields(value))
    if isinstance(value, Reference):
        record = library.get(value)
        return _link(library, record) if record else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _link(library: Library, record: Record) -> str:
    return f"[{record.heading}](../{record.kind}/{record.id}.md)"


def _with_links(library: Library, prose: str) -> str:
    return RECORD_LINK.sub(lambda link: f"](../{library.published[link[1]].kind}/{link[1]}.md)", prose)


def main() -> None:
    """Read the command line and write the site."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.markdown", description="Write pages as Markdown.")
    parser.add_argument("project", type=Path, help="folder of the records")
    parser.add_argument("out", type=Path, help="new folder")
    parser.add_argument("--out-of-nav", action="store_true", help="leave the pages out of the navigation")
    given = parser.parse_args()
    write_site(given.project, given.out, in_nav=not given.out_of_nav)


if __name__ == "__main__":
    main()
