"""The picture of a programme: what it tells, that it can be read, and that nothing is added to the records."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.pages.drawing import EM, GAP, PADDING, Box, Drawing, draw, width_of, wrap
from macros.pages.programme import Programme, programme
from macros.records.model.terms import Term
from macros.site.session import Session

LAYOUTS = [(2, 640), (1, 330), (4, 960)]


def told(session: Session, identifier: str) -> Programme:
    term = session.library.collection.vocabularies["programmes"].find(identifier)
    assert term is not None
    return programme(session.library, term)


@pytest.fixture
def example(district: Session) -> Programme:
    """The invented district's programme."""
    return told(district, "example")


def all_places(found: Programme) -> list[str]:
    return [place.id for strand in found.strands for item in strand.items for place, _ in item.places]


def all_targets(found: Programme) -> list[str]:
    return [item.target.id for strand in found.strands for item in strand.items if item.target]


@pytest.mark.parametrize(("owner", "term"), [("district", "example"), ("repository", "kechuang-beizeng")])
def test_every_target_is_told_once_and_nothing_else(owner: str, term: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(owner)
    found = told(session, term)
    targets = [record for record in session.library.records("targets") if record.part_of.id == term]  # type: ignore[attr-defined]
    assert sorted(all_targets(found)) == sorted(record.id for record in targets)
    documents = {str(name) for target in targets for name in target.related}  # type: ignore[attr-defined]
    for identifier in all_places(found):
        record = session.library.get(identifier)
        assert record is not None
        rests = {source.ref for source in record.sources}
        assert identifier in documents or rests & documents


def test_a_target_stands_with_the_kind_that_it_names(example: Programme) -> None:
    kinds = {item.target.id: strand.kind for strand in example.strands for item in strand.items if item.target}
    assert kinds == {"visitors-2025": "bases", "lamp-listed": "platforms"}


def test_the_slogan_is_not_filled_in(repository: Session) -> None:
    assert told(repository, "keji-yinling").strands == ()


@pytest.mark.parametrize(("columns", "width"), LAYOUTS)
@pytest.mark.parametrize(("owner", "term"), [("district", "example"), ("repository", "kechuang-beizeng")])
def test_boxes_are_apart_and_hold_their_text(
    owner: str, term: str, columns: int, width: int, request: pytest.FixtureRequest
) -> None:
    drawing = draw(told(request.getfixturevalue(owner), term), columns, width)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height
        for line in box.lines:
            assert width_of(line.text) * EM <= box.width - 2 * PADDING + EM
            assert box.y < line.y < box.y + box.height
    assert list(overlapping(drawing)) == []


def overlapping(drawing: Drawing) -> Iterator[tuple[Box, Box]]:
    for number, one in enumerate(drawing.boxes):
        for other in drawing.boxes[:number]:
            is_beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            if not is_beside and one.y < other.y + other.height and other.y < one.y + one.height:
                yield one, other


def test_a_programme_without_records_is_a_box(district: Session) -> None:
    drawing = draw(programme(district.library, Term("programmes", "none", "没有记录的行动")), 2, 640)
    assert [box.style for box in drawing.boxes] == ["root"]
    assert drawing.height > GAP


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("科普基地", 4, ["科普基地"]),
        ("科普基地", 3, ["科普基", "地"]),
        ("科普基地。", 4, ["科普基地。"]),
        ("研究院（已有）", 4, ["研究院", "（已有）"]),
        ("a science base", 6, ["a science", "base"]),
        ("2022 年下半年", 4, ["2022 年", "下半年"]),
        ("", 4, [""]),
    ],
)
def test_where_lines_break(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room) == lines


@pytest.fixture(params=[("light", 1280), ("dark", 360)], ids=str)
def home(request: pytest.FixtureRequest, browser: Browser, district_address: str) -> Iterator[Page]:
    """The district's start page without scripts, on a wide light and a narrow dark screen."""
    scheme, width = request.param
    context = browser.new_context(
        java_script_enabled=False, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(district_address)
    yield page
    context.close()


def test_one_picture_is_seen_and_its_text_can_be_read(home: Page) -> None:
    pictures = home.get_by_role("img", name=re.compile("^示例行动的全图：科普基地、创新平台"))
    expect(pictures).to_have_count(1)
    picture = pictures.first
    expect(picture.locator("text", has_text="实际：8.5 万人次")).to_be_visible()
    expect(picture.locator("text", has_text="实际：未公布")).to_be_visible()
    sizes = picture.locator("text").evaluate_all("all => all.map(text => text.getBoundingClientRect().height)")
    assert min(sizes) >= 12
    inside = """svg => {
      const { left, right } = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].every(text => {
        const box = text.getBoundingClientRect();
        return box.left >= left && box.right <= right;
      });
    }"""
    assert picture.evaluate(inside)


def test_the_table_tells_the_same_with_links(home: Page) -> None:
    table = home.get_by_role("table", name=re.compile("^示例行动"))
    row = table.get_by_role("row", name=re.compile("灯具研究院列入省级名单"))
    expect(row).to_contain_text("未公布")
    expect(row.get_by_role("link", name="灯具研究院列入省级名单")).to_be_visible()
    expect(table.get_by_role("link", name="示例星空馆")).to_have_attribute("href", re.compile("bases/star-hall/$"))
