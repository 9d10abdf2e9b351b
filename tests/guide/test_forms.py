"""The issue forms are forms that the host can show, and ask for what a record needs."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from macros.records.model.description import fields_of, groups_of
from macros.records.model.kinds import Authored
from macros.records.model.registry import KINDS
from macros.site.session import Session
from tests.guide.text import sections
from tests.support import ROOT

FORMS = {path.stem: path for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))}
WITHOUT_OPTIONS, WITH_OPTIONS = {"input", "textarea"}, {"dropdown", "checkboxes"}


def form(name: str) -> dict[str, Any]:
    """Read a form."""
    read = yaml.safe_load(FORMS[name].read_text("utf-8"))
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("name", FORMS)
def test_the_host_can_show_the_form(name: str) -> None:
    read = form(name)
    assert read.keys() == {"name", "description", "title", "labels", "body"}
    ids, labels = [], []
    for element in read["body"]:
        assert element.keys() <= {"type", "id", "attributes", "validations"}
        assert element["type"] in WITHOUT_OPTIONS | WITH_OPTIONS
        assert re.fullmatch(r"[A-Za-z0-9_-]+", element["id"])
        assert element["attributes"].keys() <= {"label", "description", "placeholder", "options"}
        assert ("options" in element["attributes"]) == (element["type"] in WITH_OPTIONS)
        assert element.get("validations", {"required": True}) == {"required": True}
        ids.append(element["id"])
        labels.append(element["attributes"]["label"])
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)


def test_no_form_asks_less_than_a_record_needs() -> None:
    required = {element["id"] for element in form("addition")["body"] if "validations" in element}
    needed = {field.name for field in fields_of(Authored) if field.required}
    assert {name.removesuffix("s") for name in needed} <= required
    assert all("validations" in element for element in form("correction")["body"])


def test_kinds_are_called_what_the_site_calls_them(repository: Session) -> None:
    offered = form("addition")["body"][0]["attributes"]["options"]
    assert offered == [repository.library.kind_label(kind) for kind in KINDS if kind != "articles"]


def test_facts_that_are_asked_for_are_fields() -> None:
    asked = next(element for element in form("addition")["body"] if element["id"] == "facts")
    titles = {field.title for model in (*KINDS.values(), *groups_of(KINDS.values())) for field in fields_of(model)}
    assert set(re.findall(r"\w+", asked["attributes"]["description"].partition("……")[0])) <= titles


def test_the_guide_tells_of_each_form() -> None:
    told = sections()["填一张表"]
    for name in FORMS:
        assert f"**{form(name)['name']}**" in told
