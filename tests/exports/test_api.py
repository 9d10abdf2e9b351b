"""The API, its description, and the promise that no field goes away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from macros.exports import openapi
from macros.exports.api import ROOT, Api
from macros.exports.columns import columns_of
from macros.exports.files import Files
from macros.exports.publication import Publication
from macros.records.model.registry import KINDS
from tests.exports.conftest import Make
from tests.support import ROOT as PROJECT
from tests.support.looping import failures

PINNED = Path(__file__).parent / "api_fields.json"


def files_of(api: Api) -> Files:
    """Return the files of an API with their description."""
    return api.files() | openapi.files(api)


def read(files: Files, path: str) -> Any:
    """Return a file's JSON; what JSON does not know is refused."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(files[ROOT + path], parse_constant=refuse)


def schema_name(path: str) -> str:
    """Return the name of the schema that a file of the API has to fit."""
    folder, _, name = path.partition("/")
    if not name:
        return {"index.json": "Index", "changes.json": "Changes"}[folder]
    if folder == "terms":
        return "Terms"
    return "List" if name == "index.json" else KINDS[folder].__name__


def faults(api: Api) -> list[str]:
    """Return what in the files of an API does not fit its description."""
    files = files_of(api)
    description = read(files, "openapi.json")
    found = []
    for path in (path.removeprefix(ROOT) for path in files):
        if path == "openapi.json" or path.startswith("schemas/"):
            continue
        value = read(files, path)
        name = "Moved" if "moved_to" in value else schema_name(path)
        schema = {**description, "$ref": f"#/components/schemas/{name}"}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        found += [f"{path}: {error.json_path}: {error.message}" for error in validator.iter_errors(value)]
        found += [f"{path}: {key} is not described" for key in undescribed(value, name, description)]
    return found


def undescribed(value: dict[str, Any], name: str, description: dict[str, Any]) -> set[str]:
    """Return the keys of a file that its description does not know."""
    schemas = description["components"]["schemas"]
    unknown = set(value) - set(schemas[name]["properties"])
    return unknown | (set(value.get("derived", ())) - set(schemas["Derived"]["properties"]))


def test_every_file_fits_its_description(api: Api) -> None:
    assert faults(api) == []


def test_every_file_of_the_repository_fits_its_description(repository: Any) -> None:
    assert faults(Api(repository.publication)) == []


def test_hostile_texts_fit_too(hostile: Publication) -> None:
    assert faults(Api(hostile)) == []


def test_the_description_is_sound_openapi(api: Api) -> None:
    validate(read(files_of(api), "openapi.json"))


def test_each_schema_stands_alone(api: Api) -> None:
    files = files_of(api)

    def check(kind: str) -> None:
        schema = read(files, f"schemas/{kind}.json")
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for record in api.publication.records[kind]:
            validator.validate(read(files, f"{kind}/{record.id}.json"))

    assert failures(check, KINDS) == []


def test_the_index_leads_everywhere(api: Api) -> None:
    files = files_of(api)
    index = read(files, "index.json")
    assert all(entry["address"] in files for entry in (*index["kinds"], *index["terms"]))
    assert index["changes"] in files
    assert index["openapi"] in files
    for kind in index["kinds"]:
        records = json.loads(files[kind["address"]])["records"]
        assert len(records) == kind["count"]
        assert all(record["address"] in files for record in records)


def test_merged_records_are_listed_and_say_so(api: Api) -> None:
    entries = {entry["id"]: entry for entry in api.kind("bases")["records"]}
    assert entries["old-stars"]["merged_into"] == "star-hall"
    assert entries["star-hall"]["merged_into"] is None
    assert "hidden-draft" not in entries


def test_a_former_id_says_where_the_record_is(api: Api) -> None:
    moved = read(files_of(api), "bases/old-observatory.json")
    assert moved["moved_to"]["id"] == "star-hall"
    assert moved["moved_to"]["address"] in files_of(api)


def test_changes_are_told_newest_first(api: Api) -> None:
    changes = api.changes()["changes"]
    assert changes[0]["fields"] == ["opening"]
    assert [change["date"] for change in changes] == sorted((c["date"] for c in changes), reverse=True)


def test_closed_choices_are_terms_too(api: Api) -> None:
    terms = read(files_of(api), "terms/statuses.json")["terms"]
    assert [term["label"] for term in terms] == ["开放", "暂停开放", "已关闭"]


def test_a_site_without_an_address_is_described_relative_to_the_file(make: Make) -> None:
    api = Api(make({}, url=""))
    assert openapi.openapi(api)["servers"] == [{"url": "."}]
    validate(openapi.openapi(api))
    assert "$id" not in openapi.kind_schema(api, "bases")


def fields() -> dict[str, dict[str, str]]:
    """Return the fields of every schema and the columns of every table, each with the form of its value."""
    schemas = openapi.components("#/components/schemas/")
    found = {name: {field: form(value) for field, value in _properties(schema)} for name, schema in schemas.items()}
    tables = {f"{kind}.csv": {column.name: column.type.value for column in columns_of(kind)} for kind in KINDS}
    return found | tables


def _properties(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return sorted(schema["properties"].items())


def form(schema: dict[str, Any]) -> str:
    """Return in a few words what a value is, e.g. ``Term or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for word in ("anyOf", "allOf"):
        if word in schema:
            return " or ".join(dict.fromkeys(form(inner) for inner in schema[word] if inner.keys() != {"properties"}))
    if schema.get("type") == "array":
        return f"list of {form(schema['items'])}"
    kind = schema.get("type", "constant")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def test_no_field_is_removed_renamed_or_changed() -> None:
    """CHANGELOG_API.md promises it. Only ever add to the pinned list, and tell of it there."""
    pinned = json.loads(PINNED.read_text("utf-8"))
    present = fields()
    lost = [
        f"{schema}.{field}: {kind}"
        for schema, known in pinned.items()
        for field, kind in known.items()
        if present.get(schema, {}).get(field) != kind
    ]
    assert not lost, f"these fields are promised in CHANGELOG_API.md: {lost}"


def test_new_fields_are_pinned_and_told() -> None:
    pinned = json.loads(PINNED.read_text("utf-8"))
    added = [
        f"{schema}.{field}"
        for schema, known in fields().items()
        for field in known
        if field not in pinned.get(schema, {})
    ]
    assert not added, f"add to {PINNED.relative_to(PROJECT)} and tell of it in CHANGELOG_API.md: {added}"
