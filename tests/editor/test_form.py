"""The form of a record, and what comes back from it: every field of every kind, set, changed, emptied and left alone."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Annotated, Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.editing.source.source_file import SourceFile
from macros.editing.source.splice import set_value
from macros.editor.form import form_of
from macros.editor.form_parts import Widget
from macros.editor.guidance import form_message
from macros.editor.put_right import put_right
from macros.editor.reference_search import find_records
from macros.editor.submitted import action_in, before_in, data_of
from macros.records.collection import Collection
from macros.records.load import Loaded, load
from macros.records.model.dates import PartialDate
from macros.records.model.description import Form, fields_of, groups_of
from macros.records.model.fields import DateField, Line
from macros.records.model.groups import FieldGroup, choice, optional, several, titled
from macros.records.model.kinds import Place, Record
from macros.records.model.purposes import PURPOSES
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term
from macros.records.problems import Problem
from macros.records.yaml import parse
from macros.text import pinyin
from tests.editor.browser import pairs_of, sent_by
from tests.editor.invented import all_fields, odd_yaml, record, words

ROOT = Path(__file__).parents[2]
DISTRICT = ROOT / "tests/district"
NOTHING: Any = {}
TEMPLATES = ROOT / "macros/editor/templates"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(DISTRICT, PartialDate.parse("2026-11-24"))


@pytest.fixture(scope="module")
def collection(loaded: Loaded) -> Collection:
    return loaded.collection


@pytest.fixture(scope="module")
def template() -> Any:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("form.html")


def trimmed(value: Any) -> Any:
    """Return values without the line breaks around texts, which mean nothing."""
    if isinstance(value, dict):
        return {name: trimmed(item) for name, item in value.items()}
    if isinstance(value, list):
        return [trimmed(item) for item in value]
    return value.strip("\n") if isinstance(value, str) else value


def test_opening_and_saving_changes_no_byte(collection: Collection, template: Any) -> None:
    """What the page of each record sends gives its values again, and these its file again."""
    for one in collection.records.values():
        model, data = KINDS[one.kind], one.document.data
        pairs = sent_by(template.render(form=form_of(model, data, collection)))
        assert before_in(pairs) == data, one.id
        assert data_of(model, pairs, data) == data, one.id
        text = SourceFile.of(one.document.path, (DISTRICT / one.document.path).read_text("utf-8"))
        assert set_value(text.yaml, (), data, model) == text.yaml, one.id


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.audit)])
def test_odd_records_stay_as_they_are(collection: Collection, template: Any, count: int) -> None:
    """Records that are wrong in any way, oddly written and with comments: what was not touched stays byte for byte."""
    for seed in range(count):
        random = Random(seed)
        model = random.choice(list(KINDS.values()))
        text = "\n".join(odd_yaml(record(model, collection, random, odd=0.1), random)) + "\n"
        if not (text := text.strip("\n") + "\n").strip():
            continue
        data = parse("", text).data
        form = form_of(model, data, collection)
        pairs = sent_by(template.render(form=form)) if seed % 10 == 0 else list(pairs_of(form))
        assert data_of(model, pairs, data) == data, text
        assert set_value(text, (), data_of(model, pairs, data), model) == text


def test_a_form_says_what_the_same_text_says_in_a_file(collection: Collection) -> None:
    """Whatever a record said before: a form that is filled in anew says what it shows, and a file of it says the same."""
    for seed in range(40):
        random = Random(seed)
        model = random.choice(list(KINDS.values()))
        before, after = (record(model, collection, random, full=0.4) for _ in range(2))
        pairs = list(pairs_of(form_of(model, after, collection), is_new=True))
        found = data_of(model, pairs, before)
        assert canonical(found) == canonical(after), seed
        if after:
            text = "\n".join(odd_yaml(before, random)) + "\n" if before else "x: y\n"
            written = set_value(text, (), found, model)
            assert trimmed(parse("", written).data) == trimmed(found), seed


def canonical(value: Any) -> Any:
    """Return values in which the order of words that are ticked counts for nothing, nor white space around lines."""
    if isinstance(value, dict):
        return {name: canonical(item) for name, item in value.items()}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(item.strip() for item in value)
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return value.strip() if isinstance(value, str) and "\n" not in value else trimmed(value)


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def with_value(path: tuple[str | int, ...], value: Any) -> Any:
    """Return a record in which nothing is written but one value."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    return value


class Plant(FieldGroup):
    """A group that no kind has."""

    species: Line = titled("种", "写中文名")
    planted: tuple[DateField, ...] = several("栽种")


class Garden(Place):
    """A kind that nobody has told the editor of."""

    kind = "gardens"
    soil: Annotated[Term, choice("soils", {"clay": "黏土", "sand": "沙土"})] | None = optional("土")
    plants: tuple[Plant, ...] = several("植物")
    keeper: Plant | None = optional("镇园之宝")


def test_every_field_can_be_set_changed_and_emptied(collection: Collection, template: Any) -> None:
    html = template.render(form=form_of(Garden, {"plants": [{}]}, collection))
    assert all(text in html for text in ("黏土", 'name="plants.0.species"', "镇园之宝", "写中文名"))
    models: tuple[type[Record], ...] = (*KINDS.values(), Garden)
    for model in models:
        for path, field in all_fields(model):
            if field.group:
                continue
            texts = words(field, collection, model.kind)
            name = ".".join(map(str, path))
            form = list(pairs_of(form_of(model, with_value(path, None), collection)))
            others = [pair for pair in form if pair[0] != name]
            for before in (NOTHING, with_value(path, [texts[0]] if field.is_list else texts[0])):
                for text in texts[:5]:
                    found = at(data_of(model, [*others, (name, ""), (name, text)], before), path)
                    said = text.strip("\n") if field.form is Form.PROSE else text.strip()
                    assert found == ([said] if field.is_list else said), (path, text)
                assert data_of(model, [*others, (name, ""), (name, " ")], before) == {}, path


def test_buttons_add_move_and_take_out_items(collection: Collection, template: Any) -> None:
    """Without scripts each button brings the form again; what is not seen of an item goes with it."""
    before: Any = {
        "aliases": ["甲", "乙"],
        "events": [{"text": "一", "x": "y"}, {"text": "二", "sources": [{"ref": "a"}]}],
    }
    first, second = before["events"]
    for button, wanted in {
        "+events": [first, second, {}],
        "-events.0": [second],
        "^events.1": [second, first],
        "^events.0": [first, second],
        "+events.1.sources": [first, {**second, "sources": [{"ref": "a"}, {}]}],
        "-events.1.sources.0": [first, {"text": "二"}],
    }.items():
        pairs = [*sent_by(template.render(form=form_of(KINDS["bases"], before, collection))), (button, "")]
        assert action_in(pairs) == button
        found = data_of(KINDS["bases"], pairs, before)
        assert found == {**before, "events": wanted}, button
        again = sent_by(template.render(form=form_of(KINDS["bases"], found, collection)))
        assert data_of(KINDS["bases"], again, before_in(again)) == found, button
    for button, aliases in {"-aliases.1": ["乙"], "^aliases.2": ["乙", "甲"]}.items():
        pairs = [*sent_by(template.render(form=form_of(KINDS["bases"], before, collection))), (button, "")]
        assert f'name="{button}"' in template.render(form=form_of(KINDS["bases"], before, collection))
        assert data_of(KINDS["bases"], pairs, before)["aliases"] == aliases, button


def test_a_fault_stands_at_its_field_and_nothing_is_lost(collection: Collection, template: Any) -> None:
    """One that fits no field stands at the nearest thing around it; a value of the wrong form is shown as text."""
    data = {"opening": [{"days": ["周一"]}, "周二"], "contact": "0750-1234567", "<b>": "x"}
    places = {
        ("opening", 0, "from"): "fault-opening.0.from", ("opening", 0, "days", 0): "fault-opening.0.days",
        ("opening", 1): "fault-opening.1", ("opening", 7, "x"): "fault-opening", ("summary",): "fault-summary",
        (): "fault-", None: "fault-", ("contact", "phone"): "fault-contact",
    }  # fmt: skip
    for path, place in places.items():
        form = form_of(KINDS["bases"], data, collection, [(path, Problem("x.yml", 1, 1, "坏<了", "rule"))])
        html = template.render(form=form)
        assert html.count("坏&lt;了") == 1
        assert f'<div class="form-problems" id="{place}"><p class="form-problem">坏&lt;了' in html, path
    raw = {one.name: one.value for one in form_of(KINDS["bases"], data, collection).walk() if one.widget is Widget.RAW}
    assert raw == {"opening.1.@raw": "周二", "contact": "0750-1234567", "%3Cb%3E": "x"}
    form_pairs = dict(sent_by(template.render(form=form_of(KINDS["bases"], data, collection))))
    changed = {**form_pairs, "contact": "phone: 0750-7654321", "opening.1.@raw": ""}
    assert data_of(KINDS["bases"], list(changed.items()), data)["contact"] == {"phone": "0750-7654321"}


def test_what_was_typed_is_put_right_where_that_is_certain(collection: Collection) -> None:
    """As in a table that is imported; what the file said already stays as it is, right or wrong."""
    model = KINDS["bases"]
    hall = collection.records["star-hall"].heading
    for field, typed, meant in (
        ("opened", "2023年5月", "2023-05"), ("published_time", "９：３０", "9:30"), ("merged_into", hall, "star-hall"),
        ("merged_into", "nowhere", "nowhere"), ("name", "２０ 号", "２０ 号"), ("opened", "昨天", "昨天"),
    ):  # fmt: skip
        kind = KINDS["policies"] if field == "published_time" else model
        assert put_right(kind, {field: typed}, {}, collection) == {field: meant}
        assert put_right(kind, {field: typed}, {field: typed}, collection) == {field: typed}
    typed_groups = {"opening": [{"from": "9点"}, {"from": "8点"}]}
    found = put_right(model, typed_groups, {"opening": [{"from": "9点"}]}, collection)
    assert found == {"opening": [{"from": "9点"}, {"from": "8:00"}]}
    assert put_right(model, {"contact": {"phone": "1234567"}}, {}, collection)["contact"]["phone"].endswith("-1234567")


def test_helps_and_messages_speak_of_the_form(collection: Collection) -> None:
    """Nobody who ticks boxes reads of ids, brackets or names of fields; of what is typed the example stays."""
    for model in KINDS.values():
        data: dict[str, Any] = {one.name: [{}] for one in fields_of(model) if one.group and one.is_list}
        for one in form_of(model, data, collection).walk():
            if one.widget in (Widget.CHECKS, Widget.SELECT, Widget.REFERENCE):
                assert not re.search(r"\bid\b|词表|[\[\]]", one.help), one
                assert not one.example, one
            assert not re.search(r"\[|\b(weekly|file|url)\b", one.help), one
    for message, said in {
        "缺少 sources（来源）；请补上一行 “sources: …”": "缺少来源；请填写",
        "缺少 url（网址）（attachments 第 1 项）；请补上一行 “url: …”": "缺少网址；请填写",
        "来源要么只写 ref（本站政策的 id），要么写 title（标题）": "来源要么只写 “本站政策的 id”，要么写 “标题”",
        "不能写 “甲”。可以写：省级（provincial）、市级（municipal）": "不能写 “甲”。可以写：省级、市级",
        "引用的记录 “x” 不存在；请改正，或新建 data/bases/x.yml": "引用的记录 “x” 不存在；请改正",
    }.items():
        assert form_message(Problem("x.yml", 1, 1, message, "rule")) == said
    _each_field_that_readers_ask_for_says_why()


def _each_field_that_readers_ask_for_says_why() -> None:
    models = [*KINDS.values(), *groups_of(KINDS.values())]
    wrong = [(one, field.name) for one in models for field in fields_of(one) if bool(field.purpose) != field.expected]
    assert wrong == []
    described = {(model.__name__, field.attribute) for model in (*models, Place) for field in fields_of(model)}
    told = {(model, name) for model, fields in PURPOSES.items() for name in fields}
    assert told <= described


def test_a_record_is_found_by_name_pinyin_and_id(collection: Collection) -> None:
    hall = collection.records["star-hall"]
    spelled = pinyin.syllables(hall.heading)
    for query in (
        hall.heading,
        hall.heading[:2],
        hall.heading[1:3],
        "star-h",
        "".join(spelled),
        "".join(one[0] for one in spelled),
    ):
        assert hall in find_records(collection, ("bases",), query), query
        assert hall not in find_records(collection, ("policies",), query), query
    assert find_records(collection, (), "没有这样的名称") == []
