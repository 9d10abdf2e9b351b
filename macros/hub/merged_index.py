"""One index over all members, in the format of a district's (docs/dev/search.md), merged shard by shard.

Documents stand by district: first the city's own lists, then each district's records in the order of its own index. A list
of postings is the districts' lists one behind the other, so nothing has to be read again.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from macros.hub.index_numbers import PostingPart, joined, joined_parts, shortened
from macros.hub.index_parts import MANY_NAMES, IndexPart, ids_of, in_parts, part_of_lists, part_of_member
from macros.hub.member_index import BUCKETS, MemberIndex, lines_of_bucket
from macros.search.catalogue import front_coded, is_short
from macros.search.index import FORMAT
from macros.search.language import common_pinyin, language
from macros.search.numbers import encode_ascending
from macros.search.postings import LARGEST_PART, SHARD_LENGTH, SHORTEST_CUT
from macros.search.tokens import shard_of
from macros.site.pool import in_parallel
from macros.text.fold import fold
from macros.text.notation import json_line

TEXTS_IN_FILE = 8


@dataclass(frozen=True)
class CityList:
    """A list of the city that can be found by its name.

    Attributes:
        address: its address, relative to the site's root.
        names: its name and other ones.
        size: how much stands on it, as ``12 处``.
    """

    address: str
    names: tuple[str, ...]
    size: str


@dataclass(frozen=True)
class SearchedMember:
    """One member, as the index knows it.

    Attributes:
        id: id of the district.
        name: its name, which is a label of the facet ``district``.
        home: where its site is.
        postings: file of its postings.
        index: all else.
    """

    id: str
    name: str
    home: str
    postings: Path
    index: MemberIndex


class CityIndex:
    """Writes the index of a city.

    Args:
        members: the districts, in the order of the city.
        lists: the city's own lists.
        labels: kind → what it is called.
        many: with more documents than this the index lies in parts.
    """

    def __init__(
        self,
        members: Sequence[SearchedMember],
        lists: Sequence[CityList],
        labels: Mapping[str, str],
        many: int = MANY_NAMES,
    ) -> None:
        self._members = members
        self._lists = lists
        self._labels = labels
        self._many = many
        sizes = [len(lists), *(len(member.index.ids) for member in members)]
        self._bases = list(accumulate(sizes))[:-1]
        self._count = sum(sizes)

    def write(self, folder: Path, work: Path) -> None:
        """Write ``assets/search/`` into a site's folder.

        Args:
            folder: the site.
            work: a folder for what is between, on the same disk.
        """
        made = work / "index"
        (made / "postings").mkdir(parents=True)
        (made / "texts").mkdir()
        shards, characters = self._postings(made, work)
        tables = self._tables(shards, characters)
        if self._count > self._many:
            tables |= in_parts(tables["index.json"], list(self._parts()))
            (made / "names").mkdir()
        for name, content in tables.items():
            (made / name).write_bytes(json_line(content))
        for number, texts in enumerate(self._texts()):
            (made / f"texts/{number}.json").write_bytes(json_line(texts))
        build = _digest(made)
        target = folder / "assets/search"
        target.mkdir(parents=True)
        made.rename(target / build)
        (target / "manifest.json").write_bytes(json_line({"build": build}))

    def _tables(self, shards: int, characters: set[str]) -> dict[str, Any]:
        facets = self._facets()
        # Everybody chooses by district, so its names come at once, however many there are.
        short = {name: table for name, table in facets.items() if name == "district" or is_short(table)}
        names = [fold(name) for line in self._names() for name in line.split("\t")]
        sizes = {"format": FORMAT, "shards": shards, "textsInFile": TEXTS_IN_FILE}
        tables = language(names, sorted(characters), {})
        index = {**sizes, **self._catalogue(), "facets": short, **tables, "synonyms": self._synonyms()}
        doors = [[one.names[0], one.address, one.size] for one in self._lists if one.address.count("/") == 1]
        return {
            "index.json": index,
            "wishes.json": {"words": self._wishes(), "examples": [], "doors": doors},
            "fulfilled.json": self._fulfilled(),
            "days.json": self._days(),
            "facets.json": {name: table for name, table in facets.items() if name not in short},
            "readings.json": self._readings(),
            "common.json": common_pinyin(names),
        }

    def _catalogue(self) -> dict[str, Any]:
        ids = self._ids_of_lists()
        ids += [own for member in self._members for own in ids_of(member.id, member.index)]
        return {
            "ids": "\n".join(front_coded(ids)),
            "names": "\n".join(self._names()),
            "kinds": self._kinds(),
            "urls": self._urls(),
            "sites": {member.id: member.home for member in self._members},
            "past": self._joined(lambda index: index.past),
        }

    def _parts(self) -> Iterator[IndexPart]:
        """Yield what ``_catalogue`` and ``_facets`` join, of each district by itself."""
        yield part_of_lists(self._ids_of_lists(), [one.names for one in self._lists], self._urls())
        for member in self._members:
            yield part_of_member(member.id, member.name, member.index)

    def _ids_of_lists(self) -> list[str]:
        return [f"list:{one.address.strip('/')}" for one in self._lists]

    def _urls(self) -> dict[int, str]:
        return {number: one.address for number, one in enumerate(self._lists)}

    def _names(self) -> Iterator[str]:
        yield from ("\t".join(one.names) for one in self._lists)
        for member in self._members:
            yield from member.index.names

    def _kinds(self) -> list[list[str]]:
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        numbers["lists"] = list(range(len(self._lists)))
        for base, member in zip(self._bases, self._members, strict=True):
            for place, kind in enumerate(member.index.kinds):
                numbers[kind].append(base + place)
        labels = {**self._labels, "lists": "目录"}
        return [[kind, labels.get(kind, kind), encode_ascending(numbers[kind])] for kind in sorted(numbers)]

    def _facets(self) -> dict[str, dict[str, str]]:
        names = sorted({name for member in self._members for name in member.index.facets})
        tables = {name: self._joined(partial(_facet, name)) for name in names}
        districts: dict[str, str] = {}
        for base, member in zip(self._bases, self._members, strict=True):
            if member.index.ids:
                districts[member.name] = encode_ascending(range(base, base + len(member.index.ids)))
        return {"district": districts, **{name: table for name, table in tables.items() if table}}

    def _joined(self, columns: Callable[[MemberIndex], Mapping[str, str]]) -> dict[str, str]:
        """Return columns of all members, label by label."""
        parts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for base, member in zip(self._bases, self._members, strict=True):
            for label, written in columns(member.index).items():
                parts[label].append((base, written))
        return {label: joined(parts[label]) for label in sorted(parts)}

    def _wishes(self) -> list[list[Any]]:
        """The wishes of all members: one that several know has the words of all."""
        found: dict[str, list[Any]] = {}
        for member in self._members:
            for label, kinds, told, *words in member.index.wishes:
                known = found.setdefault(label, [label, kinds, told])
                known += [word for word in words if word not in known[3:]]
        return list(found.values())

    def _fulfilled(self) -> dict[str, list[Any]]:
        lists = self._joined(lambda index: {label: one[0] for label, one in index.fulfilled.items() if one[0]})
        days: defaultdict[str, dict[int, str]] = defaultdict(dict)
        for base, member in zip(self._bases, self._members, strict=True):
            for label, (_, last) in member.index.fulfilled.items():
                days[label] |= {base + place: day for place, day in last.items()}
        return {label: [written, days[label]] for label, written in lists.items()}

    def _days(self) -> dict[str, Any]:
        days = {
            base + place: found
            for base, member in zip(self._bases, self._members, strict=True)
            for place, found in member.index.days.items()
            if found
        }
        if not days:
            return {}
        first = min(map(min, days.values()))
        offsets = {number: [day - first for day in days[number]] for number in sorted(days)}
        return {"first": datetime.date.fromordinal(first).isoformat(), "days": offsets}

    def _synonyms(self) -> list[list[Any]]:
        found = {tuple(row[:2]): row for member in self._members for row in member.index.synonyms}
        return [found[key] for key in sorted(found)]

    def _readings(self) -> dict[str, dict[str, str]]:
        merged: dict[str, dict[str, str]] = {}
        for name in ("pinyin", "jyutping"):
            found: defaultdict[str, set[str]] = defaultdict(set)
            for member in self._members:
                for syllable, characters in member.index.readings[name].items():
                    found[syllable].update(characters)
            merged[name] = {syllable: "".join(sorted(found[syllable])) for syllable in sorted(found)}
        return merged

    def _texts(self) -> Iterator[list[str]]:
        """Yield the snippets of each file; those of records begin with their district."""
        texts = [one.size for one in self._lists]
        for member in self._members:
            texts += (f"{member.name} · {snippet}" if snippet else member.name for snippet in member.index.snippets)
            whole = len(texts) - len(texts) % TEXTS_IN_FILE
            yield from (texts[start : start + TEXTS_IN_FILE] for start in range(0, whole, TEXTS_IN_FILE))
            texts = texts[whole:]
        if texts:
            yield texts

    def _postings(self, made: Path, work: Path) -> tuple[int, set[str]]:
        """Write the shards; return how many there are, and the characters of all pieces."""
        characters: set[str] = set()
        length = 0
        merge = [partial(self._merge, bucket, work / f"bucket-{bucket}") for bucket in range(BUCKETS)]
        for size, found in in_parallel(merge, few=len(self._members) < 4):
            length += size
            characters |= found
        shards = length // SHARD_LENGTH + 1
        groups: list[range]
        if shards < BUCKETS:
            groups = [range(BUCKETS)]
        else:
            shards = -(-shards // BUCKETS) * BUCKETS
            groups = [range(bucket, bucket + 1) for bucket in range(BUCKETS)]
        for group in groups:
            _write_shards(made / "postings", [work / f"bucket-{bucket}" for bucket in group], shards)
        return shards, characters

    def _merge(self, bucket: int, target: Path) -> tuple[int, set[str]]:
        """Merge one bucket of all members; return its length and its characters."""
        lists: defaultdict[str, list[tuple[int, PostingPart, PostingPart]]] = defaultdict(list)
        for base, member in zip(self._bases, self._members, strict=True):
            for piece, described, mentioned in lines_of_bucket(member.postings, member.index, bucket):
                lists[piece].append((base, described, mentioned))
        limit = max(SHORTEST_CUT, self._count // LARGEST_PART)
        lines = []
        for piece in sorted(lists):
            by_description = _cut([(base, one) for base, one, _ in lists[piece] if one.size], limit)
            by_body = _cut([(base, one) for base, _, one in lists[piece] if one.size], SHORTEST_CUT)
            lines.append(f"{piece}\t{by_description}\t{by_body}")
        target.write_text("\n".join(lines), "utf-8")
        return sum(map(len, lines)), set().union(*lists)


def _facet(name: str, index: MemberIndex) -> Mapping[str, str]:
    return index.facets.get(name, {})


def _cut(lists: Sequence[tuple[int, PostingPart]], limit: int) -> str:
    """Join lists; of more documents than a list may have, each district keeps its fair part."""
    if sum(int(part.size) for _, part in lists) > limit:
        share = max(1, limit // len(lists))
        lists = [(base, shortened(part, share)) for base, part in lists]
    return joined_parts(lists)


def _write_shards(folder: Path, sources: Sequence[Path], shards: int) -> None:
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for source in sources:
        for line in filter(None, source.read_text("utf-8").split("\n")):
            lines[shard_of(line.partition("\t")[0], shards)].append(line)
        source.unlink()
    wanted = range(shards) if len(sources) > 1 else range(int(sources[0].name.partition("-")[2]), shards, BUCKETS)
    for number in wanted:
        (folder / f"{number}.txt").write_bytes("\n".join(sorted(lines[number])).encode())


def _digest(folder: Path) -> str:
    """Name a build after its content."""
    digest = hashlib.sha256()
    for path in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()):
        content = (folder / path).read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
