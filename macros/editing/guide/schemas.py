"""JSON Schemas (draft 7) by which an editor program completes fields and terms and marks slips while one writes.

Text fields admit numbers: an unquoted ``2016`` is a number to such a program, while `kepu check` reads it as text.
Words in ``markdownDescription``, ``enumDescriptions`` and ``patternErrorMessage`` are shown by VS Code's YAML extension.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from macros.editing.guide.field_tables import Kinds, folder_of
from macros.records.model import fields
from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of, groups_of
from macros.records.model.groups import Attachment, FieldGroup, Source
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term, Vocabulary
from macros.records.termfiles import SynonymEntry, TermEntry, WishEntry, YearEntry
from macros.records.wordlists import PermissionEntry, WordingEntry

FOLDER = ".vscode/schemas"
SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"
Schema = dict[str, Any]
Vocabularies = Mapping[str, Vocabulary]

_OWN_FORMS = ("readings", "synonyms", "holidays", "wishes", "wording", "permitted", "traditional")
"""Files among the vocabularies that are none."""

_YEAR = r"[12]\d{3}"
_DATE = rf"{_YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_PATTERNS: dict[Form, tuple[str, str]] = {
    Form.DATE: (_DATE, "要写成 2016、2016-05 或 2016-05-03"),
    Form.FULL_DATE: (rf"{_YEAR}-\d\d-\d\d", "要写到日，例如 2016-05-03"),
    Form.PERIOD: (rf"到?{_YEAR}.*|[“\"]?十.?五.*", f"要写成 {fields.PERIODS}"),
    Form.TIME: (r"([01]?\d|2[0-4]):[0-5]\d", "要写成 9:30 或 17:00，用半角冒号"),
    Form.NUMBER: (r"-?\d+(\.\d+)?", "只写数字和小数点，例如 563 或 12.5"),
    Form.URL: (r"https?://[^\s\\]+", "要以 http:// 或 https:// 开头，写全"),
    Form.PHONE: (r"[+(]*\d[^\n\u2014\uff00-\uff1a]*", "要有区号和号码，例如 010-12345678"),
    Form.EMAIL: (r"[^@\s]+@[^@\s]+\.[^@\s]+", "要写成 name@example.cn"),
    Form.FILE_NAME: (r"[^/\\<>:\"|?*\n]+", "只写文件名，不写路径，例如 outside.jpg"),
    Form.REFERENCE: (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "要写记录的 id，即文件名，例如 xingkong-guan"),
}

# What these parts ask of themselves as a whole (`macros.records.model.groups`).
_CONDITIONS: dict[type[FieldGroup], Schema] = {
    Source: {"if": {"required": ["ref"]}, "then": {"maxProperties": 1}, "else": {"required": ["title", "mark"]}},
    Attachment: {"if": {"required": ["file"]}, "then": {"properties": {"url": False}}, "else": {"required": ["url"]}},
}


def files(vocabularies: Vocabularies, labels: Mapping[str, str], kinds: Kinds = KINDS) -> dict[str, str]:
    """Return the schemas and the settings that map folders to them: path below the project's root → text.

    Args:
        vocabularies: the vocabularies by name.
        labels: kind → its name for people.
        kinds: the models of the kinds, by name.
    """
    schemas = {kind: record_schema(kind, kinds[kind], vocabularies, labels.get(kind, kind)) for kind in _in_data(kinds)}
    schemas["terms"] = _entries_schema("词表", TermEntry)
    schemas["synonyms"] = _entries_schema("近义词", SynonymEntry)
    schemas["holidays"] = _entries_schema("节假日", YearEntry)
    schemas["wishes"] = _entries_schema("愿望", WishEntry)
    schemas["wording"] = _entries_schema("一定错的词", WordingEntry)
    schemas["permitted"] = _entries_schema("照原样保留的", PermissionEntry)
    made = {f"{FOLDER}/{name}.json": _text(schema) for name, schema in schemas.items()}
    recommended = {"recommendations": ["redhat.vscode-yaml"]}
    return {**made, SETTINGS: _text(_settings(kinds)), EXTENSIONS: _text(recommended)}


def _in_data(kinds: Kinds) -> list[str]:
    # Front matter of Markdown pages is not completed by editor programs.
    return [kind for kind in kinds if folder_of(kind).startswith("data/")]


def _settings(kinds: Kinds) -> Schema:
    folders: dict[str, list[str]] = {
        f"./{FOLDER}/{kind}.json": [f"{folder_of(kind)}/*.yml"] for kind in _in_data(kinds)
    }
    folders[f"./{FOLDER}/terms.json"] = ["data/terms/*.yml", *(f"!data/terms/{name}.yml" for name in _OWN_FORMS)]
    for name in _OWN_FORMS[1:]:
        folders[f"./{FOLDER}/{name}.json"] = [f"data/terms/{name}.yml"]
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False},
        "yaml.schemas": folders,
        "yaml.schemaStore.enable": False,
    }


def _text(value: Schema) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def record_schema(kind: str, model: type[FieldGroup], vocabularies: Vocabularies, label: str) -> Schema:
    """Return the schema of one kind's files.

    Args:
        kind: name of the kind, which decides the terms that it may use.
        model: its class.
        vocabularies: the vocabularies by name.
        label: the kind's name for people.
    """
    terms = _Terms(kind, vocabularies)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": label,
        **_group(model, terms),
        "definitions": {part.__name__: _group(part, terms) for part in groups_of([model])},
    }


def _entries_schema(label: str, model: type[FieldGroup]) -> Schema:
    terms = _Terms("", {})
    parts = {part.__name__: _group(part, terms) for part in groups_of([model])}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": label,
        "type": "object",
        "propertyNames": {"type": "string"},
        "additionalProperties": _group(model, terms),
        **({"definitions": parts} if parts else {}),
    }


class _Terms:
    """The terms that records of one kind may use."""

    def __init__(self, kind: str, vocabularies: Vocabularies) -> None:
        self._kind = kind
        self._vocabularies = vocabularies

    def of(self, field: FieldDescription) -> list[Term]:
        """Return the terms of a field in their order."""
        allowed = field.choice or self._vocabularies.get(field.vocabulary)
        return [term for term in allowed or () if term.kind in ("", self._kind)]


def _group(model: type[FieldGroup], terms: _Terms) -> Schema:
    fields = fields_in_files(model)
    group: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _property(field, terms) for field in fields},
    }
    required = [field.name for field in fields_of(model) if field.required]
    return {**group, **({"required": required} if required else {}), **_CONDITIONS.get(model, {})}


def _property(field: FieldDescription, terms: _Terms) -> Schema:
    described: Schema = {"title": field.title}
    if description := "。".join(filter(None, [field.title, field.help])):
        described["description"] = description
    if field.example:
        described["examples"] = [field.example]
    value = _value(field, terms)
    if field.is_list:
        return {**described, "type": "array", "items": value, **({"minItems": 1} if field.required else {})}
    return {**described, **({"allOf": [value]} if "$ref" in value else value)}


def _value(field: FieldDescription, terms: _Terms) -> Schema:
    if field.group:
        return {"$ref": f"#/definitions/{field.group.__name__}"}
    if field.form is Form.BOOL:
        return {"enum": ["是", "否", True, False]}
    if field.form in (Form.TERM, Form.CHOICE):
        return _choice(terms.of(field))
    schema: Schema = {"type": ["string", "number"]}
    if pattern := _PATTERNS.get(field.form):
        schema["pattern"], schema["patternErrorMessage"] = f"^\\s*({pattern[0]})\\s*$", pattern[1]
    return schema


def _choice(terms: list[Term]) -> Schema:
    words = {term.id: term.help or term.label for term in terms} | {term.label: term.help or term.id for term in terms}
    return {"enum": list(words), "enumDescriptions": list(words.values())} if words else {"type": ["string", "number"]}
