"""The index of a city of many names, in parts: what is of one district lies in a file of its own.

All names of 120 districts are 1.4 MB compressed, which a phone would fetch before its first answer. In parts it fetches those of
one district. The parts together say what ``index.json`` says of a smaller city, which ``search/parts.js`` puts together again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.hub.member_index import MemberIndex
from macros.search.catalogue import front_coded
from macros.search.numbers import encode_ascending

FORMAT = 3
"""Of an index in parts: a browser with the modules of before says that it can't read it."""

MANY_NAMES = 20_000
"""A city with more records than this has its index in parts, and a reader is asked for the district first. So many names are
290 kB compressed: below that a question costs readers more than the bytes."""


@dataclass(frozen=True)
class IndexPart:
    """What stands in the index of one district, or of the city's own lists; documents are numbered from 0.

    Attributes:
        id: id of the district; empty for the lists.
        name: its name; empty for the lists.
        size: how many documents it has.
        columns: ``ids``, ``names``, ``kinds`` (kind → list), ``past``, ``facets``, and ``urls`` of the lists.
    """

    id: str
    name: str
    size: int
    columns: Mapping[str, Any]


def part_of_lists(ids: Sequence[str], names: Sequence[Sequence[str]], urls: Mapping[int, str]) -> IndexPart:
    """Make the part of the city's own lists.

    Args:
        ids: id of each.
        names: name of each and its other ones.
        urls: address of each.
    """
    lines = ["\t".join(known) for known in names]
    return IndexPart("", "", len(ids), {**_columns(ids, lines, ["lists"] * len(ids), {}, {}), "urls": urls})


def part_of_member(district: str, name: str, index: MemberIndex) -> IndexPart:
    """Make the part of a district.

    Args:
        district: its id.
        name: its name.
        index: what search knows of it.
    """
    ids = list(ids_of(district, index))
    return IndexPart(district, name, len(ids), _columns(ids, index.names, index.kinds, index.past, index.facets))


def ids_of(district: str, index: MemberIndex) -> Iterator[str]:
    """Yield the ids in the city of a district's documents."""
    return (f"{district}/{own}" for own in index.ids)


def _columns(
    ids: Sequence[str],
    names: Sequence[str],
    kinds: Sequence[str],
    past: Mapping[str, str],
    facets: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, kind in enumerate(kinds):
        places[kind].append(place)
    return {
        "ids": "\n".join(front_coded(ids)),
        "names": "\n".join(names),
        "kinds": {kind: encode_ascending(places[kind]) for kind in sorted(places)},
        "past": past,
        "facets": facets,
    }


def in_parts(index: Mapping[str, Any], parts: Sequence[IndexPart]) -> dict[str, Any]:
    """Cut the index of a city.

    Args:
        index: what ``index.json`` holds when it is whole.
        parts: the city's lists, then each district, in the order of their documents.

    Returns:
        Path → content: ``index.json`` without what lies in the parts, and ``names/N.json`` for each part. Labels stay
        there, in their order, since the order of labels is that in which a query is looked through.
    """
    common = {name: index[name] for name in index if name not in ("ids", "names", "urls", "past")}
    labels = {name: [] if name == "district" else list(table) for name, table in index["facets"].items()}
    head = {
        **common,
        "format": FORMAT,
        "kinds": [[kind, label] for kind, label, _ in index["kinds"]],
        "facets": labels,
        "parts": [[part.id, part.name, part.size] for part in parts],
    }
    return {"index.json": head, **{f"names/{number}.json": _file(part, labels) for number, part in enumerate(parts)}}


def _file(part: IndexPart, labels: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    facets = {name: table for name, table in part.columns["facets"].items() if name in labels and table}
    return {**part.columns, "facets": facets}
