"""Read all members: bring their files, look at each, and keep of one that fails its last good state."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from macros.hub.city_entries import CityEntry, Labels, entries_of
from macros.hub.city_news import CityNews, news_of_member
from macros.hub.distrust import LONGEST_NAME, mapping, objects, text
from macros.hub.hub_file import MemberFields
from macros.hub.index_numbers import decode_ascending
from macros.hub.last_good import API, KeptFiles, accept, fetch, fresh_folder, recover, vocabularies
from macros.hub.member_files import MemberFailed, files_of_member
from macros.hub.member_index import MemberIndex, read_index
from macros.records.model.dates import PartialDate
from macros.site.pool import in_parallel

_AT_ONCE = 8
"""Members whose files are brought at the same time: most of it is waiting."""


@dataclass(frozen=True)
class ReadMember:
    """One member as it was read.

    Attributes:
        fields: what ``hub.yml`` says of it.
        failure: why it could not be read this time, or empty.
        as_of: day of its data, or None if nothing of it was ever read.
        entries: its records.
        news: what became known there.
        labels: kind → what it is called, and what it is.
        vocabularies: vocabulary → labels in their order.
        index: what its search knows, or None if nothing of it was ever read.
        postings: file of its postings.
    """

    fields: MemberFields
    failure: str
    as_of: PartialDate | None = None
    entries: tuple[CityEntry, ...] = ()
    news: tuple[CityNews, ...] = ()
    labels: Mapping[str, tuple[str, str]] | None = None
    vocabularies: Mapping[str, tuple[str, ...]] | None = None
    index: MemberIndex | None = None
    postings: Path = Path()


def gather(members: tuple[MemberFields, ...], root: Path, state: Path, work: Path) -> list[ReadMember]:
    """Read all members, in their order.

    Args:
        members: which.
        root: the folder of ``hub.yml``.
        state: the state folder; what was read well is kept there.
        work: a folder for what is needed during the build alone.
    """
    for member in members:
        recover(state, member.id)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        failures = list(threads.map(partial(_fetched, root, state), members))
    jobs = [
        partial(_numbered, number, member, failure, state, work)
        for number, (member, failure) in enumerate(zip(members, failures, strict=True))
    ]
    found = dict(in_parallel(jobs, few=len(jobs) < 4))
    for member in members:
        if not found[members.index(member)].failure and fresh_folder(state, member.id).is_dir():
            accept(state, member.id)
        shutil.rmtree(fresh_folder(state, member.id), ignore_errors=True)
    return [found[number] for number in range(len(members))]


def _fetched(root: Path, state: Path, member: MemberFields) -> str:
    """Bring the files of a member; return why that failed, or nothing."""
    try:
        fetch(files_of_member(member, root), state, member.id)
    except MemberFailed as error:
        return str(error)
    return ""


def _numbered(number: int, member: MemberFields, failure: str, state: Path, work: Path) -> tuple[int, ReadMember]:
    return number, _read(member, failure, state, work)


def _read(member: MemberFields, failure: str, state: Path, work: Path) -> ReadMember:
    """Read what was brought of a member, or else its last good state."""
    fresh, kept = fresh_folder(state, member.id), state / member.id
    if not failure and fresh.is_dir():
        try:
            return _of_state(member, "", fresh, work)
        except MemberFailed as error:
            failure = str(error)
    if kept.is_dir():
        try:
            return _of_state(member, failure, kept, work)
        except MemberFailed as error:
            failure = failure or str(error)
    return ReadMember(member, failure or "从来没有读到过")


def _of_state(member: MemberFields, failure: str, folder: Path, work: Path) -> ReadMember:
    files, postings = KeptFiles(folder), work / f"{member.id}.postings"
    try:
        as_of = PartialDate.parse(files.as_of)
    except ValueError:
        raise MemberFailed("build.json 里没有数据截至的日期") from None
    index = read_index(files, postings)
    entries = tuple(entries_of(files, member.id, _labels(index)))
    news = tuple(news_of_member(files, member.id, member.home))
    words, orders = dict(_words(files)), dict(_orders(files))
    return ReadMember(member, failure, as_of, entries, news, words, orders, index, postings)


def _labels(index: MemberIndex) -> Labels:
    """Turn the facets of an index around: id → facet → labels."""
    found: list[dict[str, tuple[str, ...]]] = [{} for _ in index.ids]
    for name, labels in index.facets.items():
        for label, written in labels.items():
            for number in decode_ascending(written, len(found)):
                found[number][name] = (*found[number].get(name, ()), label)
    return dict(zip(index.ids, found, strict=True))


def _words(files: KeptFiles) -> Iterator[tuple[str, tuple[str, str]]]:
    helps = {term.get("id"): term.get("help") for term in _terms(files, "kinds")}
    for row in objects(mapping(files.json(API)).get("kinds")):
        kind, label = row.get("kind"), text(row.get("label"), LONGEST_NAME)
        if isinstance(kind, str) and label:
            yield kind, (label, text(helps.get(kind), LONGEST_NAME))


def _orders(files: KeptFiles) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in vocabularies():
        yield name, tuple(text(term.get("label"), LONGEST_NAME) for term in _terms(files, name))


def _terms(files: KeptFiles, vocabulary: str) -> Iterator[Mapping[str, Any]]:
    return objects(mapping(files.json(f"api/v1/terms/{vocabulary}.json")).get("terms"))
