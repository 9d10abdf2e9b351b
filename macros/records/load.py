"""Load a project: read every file, check each by itself, and hand over the collection with all problems.

The steps: scan the folders → read the vocabularies → read the records and the articles' front matter → check the laws
across records. Everything that is wrong is reported in one run; what could be read is kept, so that one bad file does
not hide the faults of the others. Loading again with what was loaded before reads only what changed, and gives the same
as loading anew; every record whose file did not change is the same object, with all that was found out about it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from macros.records import frontmatter, laws, yaml
from macros.records.collection import Collection, Synonym, Wish
from macros.records.filecache import CachedFile, FileCache, Read
from macros.records.hours.holidays import Calendar
from macros.records.messages import translate
from macros.records.model.dates import PartialDate
from macros.records.model.description import fields_of, groups_of, withholding_field
from macros.records.model.fields import read_bool
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.model.terms import Vocabulary, unread_vocabulary
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.records.region import COUNTRY, Region
from macros.records.scan import IDENTIFIER, Entry, Found, record_files, scan
from macros.records.termfiles import (
    read_holidays,
    read_readings,
    read_synonyms,
    read_traditional,
    read_vocabulary,
    read_wishes,
)
from macros.records.tricks import garbage_collection_paused, share_field_sets
from macros.records.wordlists import read_permissions, read_wording
from macros.records.yaml.document import Document

READINGS, SYNONYMS, HOLIDAYS, WISHES = "readings", "synonyms", "holidays", "wishes"
WORDING, PERMITTED, TRADITIONAL = "wording", "permitted", "traditional"
_LISTS: dict[str, Callable[[Document], Any]] = {
    READINGS: read_readings,
    SYNONYMS: read_synonyms,
    HOLIDAYS: read_holidays,
    WISHES: read_wishes,
    WORDING: read_wording,
    PERMITTED: read_permissions,
    TRADITIONAL: read_traditional,
}


@dataclass(frozen=True)
class Loaded:
    """The result of loading: what was read, and everything that is wrong.

    Attributes:
        collection: what was read.
        problems: everything that is wrong, sorted.
        files: what each file gave, by path; for loading again.
    """

    collection: Collection
    problems: list[Problem]
    files: Mapping[str, CachedFile] = field(default_factory=dict, repr=False)


def load(
    root: Path,
    as_of: PartialDate,
    previous: Loaded | None = None,
    changed: Iterable[Path] | None = None,
    region: Region = COUNTRY,
) -> Loaded:
    """Load and check the records of a project.

    Args:
        root: the project's folder, with ``data/`` and ``content/``.
        as_of: the day on which "now" is decided; a full date.
        previous: what was loaded from the same folder before, so that only what changed is read.
        changed: all files that were written, added or removed since then, if someone watched: no other file is looked
            at. None if nobody did.
        region: the province of the district, in which its places lie.
    """
    with garbage_collection_paused(freeze=previous is None):
        return check_laws(read(root, as_of, previous, changed, region))


def check_laws(loaded: Loaded) -> Loaded:
    """Return what was read, with the breaches of the laws among its problems."""
    return replace(loaded, problems=sorted({*loaded.problems, *laws.check(loaded.collection)}))


def read(
    root: Path,
    as_of: PartialDate,
    previous: Loaded | None = None,
    changed: Iterable[Path] | None = None,
    region: Region = COUNTRY,
) -> Loaded:
    """Load the records of a project without asking for the laws, for who wants to see a record at once; else as `load`."""
    with garbage_collection_paused(freeze=previous is None):
        found = scan(root)
        loader = _Loader(
            FileCache(root, previous.files if previous else {}, _relative(root, changed)), list(found.problems)
        )
        terms = loader.terms(found.files["terms"])
        records = loader.records(found, terms.vocabularies, previous.collection.vocabularies if previous else {})
        ids = [(kind, entry.stem) for kind in KINDS for entry in found.files[kind]]
        files = record_files(root, ids)
        unreadable = frozenset(identifier for _, identifier in ids) - records.keys()
        unfinished = {Path(path).stem for path, cached in loader.cache.files.items() if _is_unfinished(cached)}
        collection = Collection(
            records,
            terms.vocabularies,
            as_of,
            files,
            terms.readings,
            terms.synonyms,
            frozenset(unreadable),
            terms.calendar,
            terms.wishes,
            unreadable & unfinished,
            region,
            terms.traditional,
        )
        if previous:
            _forget_facts(previous.files, loader.cache.files)
    return Loaded(collection, sorted(set(loader.problems)), loader.cache.files)


def _is_unfinished(cached: CachedFile) -> bool:
    """Tell whether a file gave no record and yet is not wrong: a draft of which something is missing."""
    return cached.value is None and bool(cached.problems) and not has_errors(cached.problems)


def read_terms(root: Path, as_of: PartialDate) -> Loaded:
    """Load the vocabularies alone, for who wants to see one record before all others are read; else as `load`."""
    loader = _Loader(FileCache(root, {}, None), [])
    terms = loader.terms(scan(root).files["terms"])
    collection = Collection({}, terms.vocabularies, as_of, readings=terms.readings, calendar=terms.calendar)
    return Loaded(collection, sorted(set(loader.problems)))


def _forget_facts(before: Mapping[str, CachedFile], now: Mapping[str, CachedFile]) -> None:
    # A fact may hold the record that it is kept on; without its facts, a record that was replaced is freed with
    # its collection, also if it was among those that the collector leaves alone.
    for path, cached in before.items():
        if isinstance(cached.value, Record) and (path not in now or now[path].value is not cached.value):
            cached.value.cache.clear()


def _relative(root: Path, paths: Iterable[Path] | None) -> frozenset[str] | None:
    if paths is None:
        return None
    return frozenset(Path(os.path.relpath(root / path, root)).as_posix() for path in paths)


@dataclass(frozen=True)
class _Terms:
    vocabularies: Mapping[str, Vocabulary]
    readings: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, Synonym]
    calendar: Calendar
    wishes: tuple[Wish, ...]
    traditional: Mapping[str, str]


@dataclass(frozen=True)
class _Loader:
    """Reads files of one project and gathers what is wrong with them."""

    cache: FileCache
    problems: list[Problem]

    def terms(self, entries: list[Entry]) -> _Terms:
        """Read every file of ``data/terms/``."""
        found = {entry.stem: self._read(entry, partial(_read_terms, entry)) for entry in entries}
        lists = {name: found.pop(name).value for name in _LISTS if name in found}
        vocabularies = {name: cached.value or unread_vocabulary(name) for name, cached in found.items()}
        return _Terms(
            vocabularies,
            lists.get(READINGS) or {},
            lists.get(SYNONYMS) or {},
            lists.get(HOLIDAYS) or Calendar(),
            lists.get(WISHES) or (),
            lists.get(TRADITIONAL) or {},
        )

    def records(
        self, found: Found, words: Mapping[str, Vocabulary], before: Mapping[str, Vocabulary]
    ) -> dict[str, Record]:
        """Read every record and the front matter of every article, by id."""
        records: dict[str, Record] = {}
        for kind, model in KINDS.items():
            # A record holds terms, and its faults tell of them: where a vocabulary changed, all are read again.
            is_valid = all(words.get(name) == before.get(name) for name in _vocabularies(model))
            for entry in found.files[kind]:
                record = self._read(entry, partial(self._record, entry, model, words), is_valid).value
                if record is None:
                    continue
                if other := records.get(record.id):
                    self.problems.append(_same_id(record, other))
                records.setdefault(record.id, record)
        return records

    def _record(
        self, entry: Entry, model: type[Record], words: Mapping[str, Vocabulary], raw: bytes, digest: bytes
    ) -> Record | None:
        document = read_document(entry.where, raw)
        record = validated(document, entry.stem, model, words)
        if not IDENTIFIER.fullmatch(entry.stem):
            return None
        if document.first_line == 1:
            document.release(self.cache.root, digest)
        return record

    def _read(self, entry: Entry, make: Read, is_valid: bool = True) -> CachedFile:
        cached = self.cache.read(entry, make, is_valid)
        self.problems.extend(cached.problems)
        return cached


def validated(document: Document, identifier: str, model: type[Record], words: Mapping[str, Vocabulary]) -> Record:
    """Return the record that a document holds.

    Args:
        document: the file, read.
        identifier: the stem of its name.
        model: its kind.
        words: the vocabularies by name.

    Raises:
        ProblemsFound: with all that is wrong in it by itself; of a draft these are notices, since it is not published.
    """
    context = {"vocabularies": words, "kind": model.kind}
    try:
        record = model.model_validate(document.data, context=context)
    except ValidationError as error:
        rest = _breaches_of_the_rest(identifier, model, document, context, error)
        found = (*translate(error, model, document), *rest)
        is_draft = is_withheld(model, document.data)
        raise ProblemsFound(one.of_draft if is_draft else one for one in found) from None
    share_field_sets(record)
    record.bind(identifier, document)
    return record


def is_withheld(model: type[Record], data: Mapping[str, Any]) -> bool:
    """Tell whether a record says that it is a draft, whatever else is wrong with it.

    Args:
        model: its kind.
        data: its values, as `Document.data` has them.
    """
    said = data.get(withholding_field(model))
    try:
        return isinstance(said, str) and read_bool(said)
    except PydanticCustomError:
        return False


_STAND_INS = {"name": "名称", "title": "标题", "summary": "简介。", "sources": [{"title": "来源"}]}
"""For what every record must have, where it is wrong, so that the rest can be judged."""


def _breaches_of_the_rest(
    identifier: str, model: type[Record], document: Document, context: dict[str, Any], error: ValidationError
) -> Iterable[Problem]:
    """Return what the laws say of the fields that are right, so that it is told beside what is wrong with the others."""
    wrong = {str(details["loc"][0]) for details in error.errors(include_url=False) if details["loc"]}
    rest = {name: value for name, value in document.data.items() if name not in wrong} if wrong else {}
    required = {name: _STAND_INS[name] for name in _STAND_INS.keys() & wrong & model.model_fields.keys()}
    try:
        record = model.model_validate({**rest, **required}, context=context)
    except ValidationError:
        return ()
    record.bind(identifier, document)
    return laws.check_part(record, frozenset(wrong))


@cache
def _vocabularies(model: type[Record]) -> frozenset[str]:
    """Return the names of the vocabularies that a kind of record chooses from."""
    groups = (model, *groups_of([model]))
    return frozenset(field.vocabulary for group in groups for field in fields_of(group) if field.vocabulary)


def _read_terms(entry: Entry, raw: bytes, digest: bytes) -> Any:
    document = yaml.read(entry.where, raw)
    read = _LISTS.get(entry.stem)
    return read(document) if read else read_vocabulary(entry.stem, document)


def read_document(path: str, raw: bytes) -> Document:
    """Return what a record's file holds, of an article its front matter.

    Args:
        path: the file, POSIX form, relative to the project's root.
        raw: its bytes.

    Raises:
        ProblemsFound: it can't be read.
    """
    return frontmatter.read(path, raw).document if path.endswith(".md") else yaml.read(path, raw)


def _same_id(record: Record, other: Record) -> Problem:
    message = f"id “{record.id}” 已经用在 {other.document.path}；全站的 id 不能重复，请给其中一个文件改名"
    return record.document.problem((), message, "repeated-id")
