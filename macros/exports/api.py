"""The API: static JSON under ``/api/v1/``, one file a record, with lists, terms and changes.

What is promised about these files stands in CHANGELOG_API.md; `macros.exports.openapi` describes them from the same
models.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from macros.exports.files import Files, Maker
from macros.exports.publication import Publication
from macros.exports.values import DAY, TEXT, described, list_of, nullable, record_values
from macros.library.news import News
from macros.records.model.description import fields_of, groups_of
from macros.records.model.kinds import Authored, Record
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term, Vocabulary
from macros.records.scan import IDENTIFIER
from macros.text.notation import Values, json_file, json_text

ROOT = "api/v1/"
ID: Values = {"type": "string", "pattern": f"^{IDENTIFIER.pattern}$"}
_COUNT: Values = {"type": "integer", "minimum": 0}


@dataclass(frozen=True)
class Api:
    """The files of the API.

    Attributes:
        publication: what they tell of.
    """

    publication: Publication

    def files(self) -> Files:
        """Return the files, paths below the site's root."""
        makers: dict[str, Maker] = {
            f"{ROOT}index.json": lambda: json_file(self.index()),
            f"{ROOT}changes.json": lambda: json_file(self.changes()),
        }
        for name, vocabulary in self.vocabularies.items():
            makers[f"{ROOT}terms/{name}.json"] = partial(_terms_file, vocabulary)
        for kind in KINDS:
            makers[f"{ROOT}{kind}/index.json"] = partial(self._kind_file, kind)
        for record in self.publication.library.published.values():
            makers[file_of(record)] = partial(self._record_file, record)
        for record in self.publication.library.withdrawn.values():
            makers[file_of(record)] = partial(_withdrawn_file, record)
        for old, record in self.former.items():
            makers[ROOT + old] = partial(_redirect_file, old, record)
        return Files(makers)

    def index(self) -> Values:
        """Return what the API holds and where; all addresses in it are relative to the site's start page."""
        library = self.publication.library
        return {
            "name": self.publication.name,
            "version": "1",
            "as_of": library.as_of.iso,
            "kinds": [self._kind_entry(kind) for kind in KINDS],
            "terms": [{"name": name, "address": f"{ROOT}terms/{name}.json"} for name in self.vocabularies],
            "changes": f"{ROOT}changes.json",
            "openapi": f"{ROOT}openapi.json",
            "documentation": "data/",
        }

    def _kind_entry(self, kind: str) -> Values:
        count = len(self.publication.records[kind])
        label = self.publication.library.kind_label(kind)
        return {"kind": kind, "label": label, "count": count, "address": f"{ROOT}{kind}/index.json"}

    def kind(self, kind: str) -> Values:
        """Return the list of a kind: of each record what tells it from the others, and the address of the whole."""
        label = self.publication.library.kind_label(kind)
        return {"kind": kind, "label": label, "records": [self._entry(r) for r in self.publication.records[kind]]}

    def _entry(self, record: Record) -> Values:
        library = self.publication.library
        level, modified = library.level(record), library.modified(record)
        return {
            "id": record.id,
            "name": record.heading,
            "summary": record.summary,
            "level": {"id": level.id, "label": level.label} if level else None,
            "is_current": library.is_current(record),
            "merged_into": record.merged_into if isinstance(record, Authored) else None,
            "split_into": list(record.split_into) if isinstance(record, Authored) else [],
            "modified": modified.iso if modified else None,
            "address": file_of(record),
        }

    def changes(self) -> Values:
        """Return the changes that records tell of, the newest first."""
        return {"changes": [_change(item) for item in self.publication.library.changes]}

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """All vocabularies by name: those of ``data/terms/`` and the closed choices of the program."""
        return {**dict(_choices()), **self.publication.library.collection.vocabularies}

    @cached_property
    def former(self) -> Mapping[str, Record]:
        """Files of records under former ids, e.g. ``bases/old.json``, with the record of today."""
        published = self.publication.library.published
        redirects = self.publication.record_redirects.values()
        pairs = ((redirect.old.rstrip("/"), redirect.record) for redirect in redirects)
        return {f"{old}.json": record for old, record in pairs if record and old.rpartition("/")[2] not in published}

    def _kind_file(self, kind: str) -> bytes:
        return json_file(self.kind(kind))

    def _record_file(self, record: Record) -> bytes:
        return record_file(record_values(self.publication, record))


def record_file(values: Values) -> bytes:
    """Return the file of a record, one line of JSON."""
    return f"{json_text(values)}\n".encode()


def _choices() -> Iterable[tuple[str, Vocabulary]]:
    models = (*KINDS.values(), *groups_of(KINDS.values()))
    for model in models:
        for field in fields_of(model):
            if field.choice:
                yield field.choice.name, field.choice


def terms(vocabulary: Vocabulary) -> Values:
    """Return a vocabulary with its terms in their order."""
    return {"name": vocabulary.name, "terms": [_term(term) for term in sorted(vocabulary)]}


def _term(term: Term) -> Values:
    return {"id": term.id, "label": term.label, "help": term.help, "kind": term.kind or None, "months": term.months}


def _terms_file(vocabulary: Vocabulary) -> bytes:
    return json_file(terms(vocabulary))


def redirected(old: str, record: Record) -> Values:
    """Return what stands at the address of a record that has another id today."""
    identifier = old.rpartition("/")[2].removesuffix(".json")
    return {"id": identifier, "moved_to": {"id": record.id, "kind": record.kind, "address": file_of(record)}}


def _withdrawn_file(record: Record) -> bytes:
    """Return what stays of a record whose last day is over: its address, and that it is over."""
    until = record.publish_until
    return json_file({"id": record.id, "withdrawn_after": until.iso if until else None})


def _redirect_file(old: str, record: Record) -> bytes:
    return json_file(redirected(old, record))


def file_of(record: Record) -> str:
    """Return the path of a record's file, below the site's root."""
    return f"{ROOT}{record.kind}/{record.id}.json"


def _change(news: News) -> dict[str, Any]:
    record = news.record
    return {
        "date": news.date.iso,
        "kind": record.kind,
        "id": record.id,
        "name": record.heading,
        "text": news.text,
        "fields": list(news.fields),
        "address": file_of(record),
    }


def _named(schema: str) -> Values:
    """Return a reference that names a schema; whoever puts the schemas into a file says where they stand in it."""
    return {"$ref": schema}


ENVELOPES: dict[str, Values] = {
    "Term": described({"id": {"title": "id", **TEXT}, "label": {"title": "名称", **TEXT}}, "词"),
    "Index": described(
        {
            "name": TEXT,
            "version": {"const": "1"},
            "as_of": DAY,
            "kinds": list_of(_named("IndexedKind")),
            "terms": list_of(_named("IndexedVocabulary")),
            "changes": TEXT,
            "openapi": TEXT,
            "documentation": TEXT,
        },
        "总目录",
    ),
    "IndexedKind": described({"kind": TEXT, "label": TEXT, "count": _COUNT, "address": TEXT}, "总目录里的种类"),
    "IndexedVocabulary": described({"name": TEXT, "address": TEXT}, "总目录里的词表"),
    "List": described({"kind": TEXT, "label": TEXT, "records": list_of(_named("Entry"))}, "一个种类的目录"),
    "Entry": described(
        {
            "id": ID,
            "name": TEXT,
            "summary": TEXT,
            "level": nullable(_named("Term")),
            "is_current": {"type": "boolean"},
            "merged_into": nullable(ID),
            "split_into": list_of(ID),
            "modified": nullable(DAY),
            "address": TEXT,
        },
        "目录里的一条记录",
    ),
    "Moved": described({"id": ID, "moved_to": _named("MovedTo")}, "改了 id 的记录"),
    "Withdrawn": described({"id": ID, "withdrawn_after": nullable(DAY)}, "已经下线的记录，发布到哪一天"),
    "MovedTo": described({"id": ID, "kind": TEXT, "address": TEXT}, "记录现在的位置"),
    "Terms": described({"name": TEXT, "terms": list_of(_named("VocabularyTerm"))}, "词表"),
    "VocabularyTerm": described(
        {"id": TEXT, "label": TEXT, "help": TEXT, "kind": nullable(TEXT), "months": nullable({"type": "integer"})},
        "词表里的词",
    ),
    "Changes": described({"changes": list_of(_named("ToldChange"))}, "更新说明"),
    "ToldChange": described(
        {
            "date": DAY,
            "kind": TEXT,
            "id": ID,
            "name": TEXT,
            "text": TEXT,
            "fields": list_of(TEXT),
            "address": TEXT,
        },
        "一处更新",
    ),
}
"""Schemas of what surrounds records: indexes, lists, terms, changes, records under another id."""
