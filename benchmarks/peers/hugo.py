"""Write a project as a site for Hugo: the theme of this folder, and the records as data for its content adapter.

    python -m benchmarks.peers.hugo PROJECT OUT

The data say what our pages say, in the same words: dates as they are shown, terms with their labels, sources with the
title of the policy that they name. Which records are related and under which letter a name stands is worked out here,
which is to Hugo's advantage. So Hugo parses, renders and writes, and nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.peers.markdown import RECORD_LINK
from macros.exports.columns import columns_of
from macros.library.facets import Facet
from macros.library.library import Library
from macros.records.load import load
from macros.records.model.fields import Prose, Reference
from macros.records.model.groups import Change, FieldGroup, Source
from macros.records.model.kinds import Policy, Record
from macros.records.model.terms import Term
from macros.site.git import as_of

THEME = Path(__file__).parent / "hugo-site"


def write_site(project: Path, out: Path) -> None:
    """Write the whole site that Hugo builds.

    Args:
        project: folder of the records.
        out: new folder.
    """
    library = Library(load(project, as_of(project).date).collection)
    shutil.copytree(THEME, out)
    shutil.copytree(project / "overrides" / "assets", out / "static" / "assets")
    letters = {record.id: group.label for group in library.alphabet for record in group.records}
    records = {kind: [_record(library, one, letters) for one in library.records(kind)] for kind in library.kinds()}
    _write(out / "data" / "records.json", records)
    kinds = [_kind(library, kind) for kind in library.kinds()]
    _write(out / "data" / "kinds.json", kinds)
    _write(out / "config" / "_default" / "taxonomies.json", _taxonomies(kinds))


def _taxonomies(kinds: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the facets as Hugo declares them; it refuses a page of one that is not declared."""
    return {facet["taxonomy"]: facet["taxonomy"] for kind in kinds for facet in kind["facets"]}


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def _kind(library: Library, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "label": library.kind_label(kind),
        "facets": [_facet(library, kind, facet) for facet in library.facets(kind)],
        "columns": list(dict.fromkeys(column.path[0] for column in columns_of(kind))),
    }


def _facet(library: Library, kind: str, facet: Facet) -> dict[str, Any]:
    terms = [_term(group.term) for group in library.groups(kind, facet) if group.term]
    return {"taxonomy": f"{kind}-{facet.name}", "title": facet.title, "terms": terms}


def _record(library: Library, record: Record, letters: dict[str, str]) -> dict[str, Any]:
    """Return a record with what other pages and lists need of it."""
    modified, level = library.modified(record), library.level(record)
    return {
        "id": record.id,
        "kind": record.kind,
        **values(library, record),
        "level": _term(level) if level else None,
        "modified": modified.last_day.isoformat() if modified else None,
        "letter": letters[record.id],
        "file": record.document.path,
        **{
            f"{record.kind}-{facet.name}": [term.id for term in library.terms(record, facet)]
            for facet in library.facets(record.kind)
        },
        "related": [_link(library, other) for other in library.related(record)],
        "replaced_by": [_link(library, other) for other in library.replaced_by(record)],
    }


def values(library: Library, part: FieldGroup) -> dict[str, Any]:
    """Return the fields of a record or a part that are known, as our pages show them."""
    names = ((name, getattr(part, name)) for name in type(part).model_fields)
    return {name.rstrip("_"): _shown(library, value) for name, value in names if value is not None and value != ()}


def _shown(library: Library, value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return [_shown(library, item) for item in value]
    if isinstance(value, Term):
        return _term(value)
    if isinstance(value, Source):
        return _source(library, value)
    if isinstance(value, Change):
        return {"date": str(value.date), "text": value.text}
    if isinstance(value, FieldGroup):
        return values(library, value)
    if isinstance(value, Reference):
        record = library.get(value)
        return _link(library, record) if record else {"title": value}
    return _with_links(library, value) if isinstance(value, Prose) else str(value)


def _term(term: Term) -> dict[str, str]:
    return {"id": term.id, "label": term.label}


def _link(library: Library, record: Record) -> dict[str, str]:
    return {"title": record.heading, "address": f"/{library.address(record)}", "kind": library.kind_label(record.kind)}


def _source(library: Library, source: Source) -> dict[str, Any]:
    """Return a source; the address of a repost is not shown."""
    policy = library.get(source.ref) if source.ref else None
    if isinstance(policy, Policy):
        return {"kind": "本站政策", "title": policy.name, "url": f"/{library.address(policy)}"}
    shown = values(library, source)
    if source.is_repost:
        shown.pop("url", None)
    return shown


def _with_links(library: Library, prose: str) -> str:
    return RECORD_LINK.sub(lambda link: f"](/{library.address(library.published[link[1]])})", prose)


def leaves(value: Any) -> Iterator[str]:
    """Yield every text of a value of the data, whatever it lies in; ids, addresses and kinds of what it names are left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("id", "address", "kind"):
                yield from leaves(inner)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif value is not None:
        yield value


def main() -> None:
    """Read the command line and write the site."""
    project, out = map(Path, sys.argv[1:3])
    write_site(project, out)


if __name__ == "__main__":
    main()
