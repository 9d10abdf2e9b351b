"""The description of the API: OpenAPI 3.1 and JSON Schema 2020-12, generated from the models of the records.

Schemas stay open (further properties are allowed), because a new field is no break of the promise in CHANGELOG_API.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from macros.exports.api import ENVELOPES, ID, ROOT, Api
from macros.exports.files import Files
from macros.exports.values import DAY, DERIVED, TEXT, described, list_of, nullable, shown_fields
from macros.records.model import periods
from macros.records.model.dates import PARTIAL_DATE
from macros.records.model.description import FieldDescription, Form, groups_of
from macros.records.model.groups import FieldGroup, Source
from macros.records.model.kinds import Base, Record
from macros.records.model.opening import Opening
from macros.records.model.registry import KINDS
from macros.text.notation import Values, json_file

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = PARTIAL_DATE.pattern
_SCHEMAS: dict[Form, Values] = {
    Form.PROSE: {"type": "string", "contentMediaType": "text/markdown"},
    Form.DATE: {"type": "string", "pattern": f"^{_DATE}$"},
    Form.FULL_DATE: DAY,
    Form.PERIOD: {"type": "string", "pattern": f"^(?:{periods.ISO.pattern})$"},
    Form.TIME: {"type": "string", "pattern": r"^\d{2}:\d{2}$"},
    Form.BOOL: {"type": "boolean"},
    Form.NUMBER: {"type": "number"},
    Form.NUMBER_OR_LINE: {"type": ["number", "string"]},
    Form.URL: {"type": "string", "format": "iri"},
    Form.REFERENCE: ID,
}


def files(api: Api) -> Files:
    """Return the description and the schema of each kind, paths below the site's root."""
    return Files(
        {
            f"{ROOT}openapi.json": lambda: json_file(openapi(api)),
            **{f"{ROOT}schemas/{kind}.json": partial(_schema_file, api, kind) for kind in KINDS},
        }
    )


def _schema_file(api: Api, kind: str) -> bytes:
    return json_file(kind_schema(api, kind))


def kind_schema(api: Api, kind: str) -> Values:
    """Return the JSON Schema of one kind's records, complete in itself."""
    definitions = components("#/$defs/")
    derived = ("Term", "Derived", "AllHours", "OpeningEntry", "SpecialHours", "Closure")
    needed = dict.fromkeys([*derived, *(part.__name__ for part in groups_of([KINDS[kind]]))])
    location = api.publication.absolute(f"{ROOT}schemas/{kind}.json")
    return {
        "$schema": DIALECT,
        **({"$id": location} if location else {}),
        **definitions[KINDS[kind].__name__],
        "title": api.publication.library.kind_label(kind),
        "$defs": {name: definitions[name] for name in needed},
    }


def openapi(api: Api) -> Values:
    """Return the description of the whole API."""
    publication = api.publication
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{publication.name}开放数据",
            "version": "1",
            "description": "静态 JSON 文件，只读，不用登记。字段不删除、不改名；以后可能增加字段，请忽略不认识的。",
        },
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": publication.absolute(ROOT) or "."}],
        "paths": _paths(api),
        "components": {"schemas": components("#/components/schemas/")},
    }


def _paths(api: Api) -> Values:
    paths = {
        "/index.json": _operation("index", "有哪些数据", "Index"),
        "/changes.json": _operation("changes", "更新说明，新的在前", "Changes"),
        "/terms/{name}.json": _operation("terms", "词表", "Terms", name="词表的名字"),
    }
    for kind, model in KINDS.items():
        label = api.publication.library.kind_label(kind)
        paths[f"/{kind}/index.json"] = _operation(f"list-{kind}", f"{label}：全部记录", "List")
        paths[f"/{kind}/{{id}}.json"] = _operation(f"get-{kind}", f"{label}：一条记录", model.__name__, id="记录的 id")
    return paths


def _operation(identifier: str, summary: str, schema: str, /, **parameters: str) -> Values:
    operation: Values = {
        "operationId": identifier,
        "summary": summary,
        "responses": {
            "200": {
                "description": "文件内容",
                "content": {"application/json": {"schema": _content(schema, parameters)}},
            },
            "404": {"description": "没有这个文件"},
        },
    }
    if parameters:
        operation["parameters"] = [_parameter(name, title) for name, title in parameters.items()]
    return {"get": operation}


def _content(schema: str, parameters: Mapping[str, str]) -> Values:
    """Return the schema of a file; where a record is asked for by id, it may have moved, or be over."""
    content = {"$ref": f"#/components/schemas/{schema}"}
    others = ({"$ref": f"#/components/schemas/{name}"} for name in ("Moved", "Withdrawn"))
    return {"anyOf": [content, *others]} if "id" in parameters else content


def _parameter(name: str, title: str) -> Values:
    schema = ID if name == "id" else TEXT
    return {"name": name, "in": "path", "required": True, "description": title, "schema": schema}


def components(prefix: str) -> Values:
    """Return the schemas of all that the API serves, by name.

    Args:
        prefix: where references find schemas, e.g. ``#/$defs/``.
    """
    models: tuple[type[FieldGroup], ...] = (*KINDS.values(), *groups_of(KINDS.values()))
    schemas = {**ENVELOPES, "Derived": _derived(), **{model.__name__: _object_of(model) for model in models}}
    schemas |= {"AllHours": _all_hours(), "OpeningEntry": schemas["Opening"], "Opening": _opening_of_first_form()}
    found: Values = _with_prefix(schemas, prefix)
    return found


def _with_prefix(value: Any, prefix: str) -> Any:
    """Let every reference, which names a schema, say where it stands."""
    if isinstance(value, Mapping):
        return {key: prefix + item if key == "$ref" else _with_prefix(item, prefix) for key, item in value.items()}
    return [_with_prefix(item, prefix) for item in value] if isinstance(value, list) else value


def _all_hours() -> Values:
    lists = {"opening": "OpeningEntry", "special_hours": "SpecialHours", "closures": "Closure"}
    titles = {field.name: field.title for field in shown_fields(Base)}
    return described({name: {"title": titles[name], **list_of({"$ref": schema})} for name, schema in lists.items()})


def _opening_of_first_form() -> Values:
    """Return the schema of regular hours in a record's own list, where both times are always there."""
    times = {field.name: field for field in shown_fields(Opening) if field.name in ("from", "to")}
    whole = {name: {"title": field.title, "description": field.help, **_value(field)} for name, field in times.items()}
    return described({**_object_of(Opening)["properties"], **whole})


def _derived() -> Values:
    return described({fact.name: {"title": fact.title, **fact.schema} for fact in DERIVED})


def _object_of(model: type[FieldGroup]) -> Values:
    properties = {field.name: _property(field) for field in shown_fields(model)}
    if model is Source:
        properties["address"] = {"title": "本站政策的网页地址", **nullable(TEXT)}
    if issubclass(model, Record):
        own = {"id": {"title": "id", **ID}, "kind": {"title": "种类", "const": model.kind}}
        properties = {**own, **properties, "derived": {"title": "推算出来的事实", "$ref": "Derived"}}
    return described(properties)


def _property(field: FieldDescription) -> Values:
    value = _value(field)
    schema = list_of(value) if field.is_list else value if field.required else nullable(value)
    description: Values = {"description": field.help} if field.help else {}
    return {"title": field.title, **description, **schema}


def _value(field: FieldDescription) -> Values:
    if field.group:
        return {"$ref": field.group.__name__}
    if field.form is Form.TERM:
        return {"$ref": "Term"}
    if field.choice:
        identifiers = [term.id for term in field.choice]
        return {"allOf": [{"$ref": "Term"}, {"properties": {"id": {"enum": identifiers}}}]}
    return _SCHEMAS.get(field.form, TEXT)
