"""Schemas of what surrounds records in the API: indexes, lists, terms, changes, moved records.

References name a schema; whoever puts the schemas into a file says where they stand in it.
"""

from __future__ import annotations

from macros.exports.notation import Values

TEXT: Values = {"type": "string"}
ID: Values = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
DAY: Values = {"type": "string", "format": "date"}
_COUNT: Values = {"type": "integer", "minimum": 0}


def described(properties: Values, title: str = "") -> Values:
    """Return the schema of an object whose properties are always there."""
    schema: Values = {"type": "object", "required": list(properties), "properties": properties}
    return {"title": title, **schema} if title else schema


def list_of(schema: Values) -> Values:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def nullable(schema: Values) -> Values:
    """Return the schema of a value that may be unknown."""
    return {"anyOf": [schema, {"type": "null"}]}


def _reference(name: str) -> Values:
    return {"$ref": name}


ENVELOPES: dict[str, Values] = {
    "Term": described({"id": {"title": "id", **TEXT}, "label": {"title": "名称", **TEXT}}, "词"),
    "Index": described(
        {
            "name": TEXT,
            "version": {"const": "1"},
            "as_of": DAY,
            "kinds": list_of(_reference("IndexedKind")),
            "terms": list_of(_reference("IndexedVocabulary")),
            "changes": TEXT,
            "openapi": TEXT,
            "documentation": TEXT,
        },
        "总目录",
    ),
    "IndexedKind": described({"kind": TEXT, "label": TEXT, "count": _COUNT, "address": TEXT}, "总目录里的种类"),
    "IndexedVocabulary": described({"name": TEXT, "address": TEXT}, "总目录里的词表"),
    "List": described({"kind": TEXT, "label": TEXT, "records": list_of(_reference("Entry"))}, "一个种类的目录"),
    "Entry": described(
        {
            "id": ID,
            "name": TEXT,
            "summary": TEXT,
            "level": nullable(_reference("Term")),
            "is_current": {"type": "boolean"},
            "merged_into": nullable(ID),
            "split_into": list_of(ID),
            "modified": nullable(DAY),
            "address": TEXT,
        },
        "目录里的一条记录",
    ),
    "Moved": described({"id": ID, "moved_to": _reference("MovedTo")}, "改了 id 的记录"),
    "MovedTo": described({"id": ID, "kind": TEXT, "address": TEXT}, "记录现在的位置"),
    "Terms": described({"name": TEXT, "terms": list_of(_reference("VocabularyTerm"))}, "词表"),
    "VocabularyTerm": described(
        {"id": TEXT, "label": TEXT, "help": TEXT, "kind": nullable(TEXT), "months": nullable({"type": "integer"})},
        "词表里的词",
    ),
    "Changes": described({"changes": list_of(_reference("ToldChange"))}, "更新说明"),
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
