"""A programme: what it tells, that it can be read and followed, and that nothing is added to the records."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.pages.programme import Programme, programme
from macros.site.session import Session


@pytest.fixture
def example(district: Session) -> Programme:
    """The invented district's programme."""
    (term,) = district.library.collection.vocabularies["programmes"]
    return programme(district.library, term)


def all_places(found: Programme) -> list[str]:
    return [place.id for strand in found.strands for item in strand.items for place, _ in item.places]


def all_targets(found: Programme) -> list[str]:
    return [item.target.id for strand in found.strands for item in strand.items if item.target]


@pytest.mark.parametrize("owner", ["district", "repository"])
def test_every_target_is_told_once_and_nothing_else(owner: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(owner)
    for term in session.library.collection.vocabularies.get("programmes", ()):
        found = programme(session.library, term)
        targets = [
            record for record in session.library.records("targets") if record.part_of and record.part_of.id == term.id
        ]  # type: ignore[attr-defined]
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


def test_the_tree_is_told_level_by_level_and_leads_on(home: Page) -> None:
    tree = home.get_by_role("region", name="示例行动")
    heads = tree.locator(".programme-head")
    expect(heads).to_have_text(["科普基地", "创新平台"])
    for name, address in (("灯具研究院列入省级名单", "targets/lamp-listed/"), ("示例星空馆", "bases/star-hall/")):
        link = tree.get_by_role("link", name=name, exact=True)
        expect(link).to_have_count(1)
        expect(link).to_have_attribute("href", re.compile(f"{address}$"))
    target = tree.get_by_role("listitem").filter(has_text="灯具研究院列入省级名单").last
    expect(target).to_contain_text("目标（2026 年下半年）：列入")
    expect(target).to_contain_text("实际：未公布")
    expect(target.get_by_role("listitem")).to_have_text(
        ["示例灯具研究院（2025 年 6 月：建设中）", "示例种子园（市级）"]
    )
    expect(home.get_by_role("table", name=re.compile("示例行动"))).to_have_count(0)


def test_no_text_leaves_the_tree_or_is_too_small(home: Page) -> None:
    faults = home.locator(".programme").evaluate("""tree => {
      const { left, right } = tree.getBoundingClientRect();
      return [...tree.querySelectorAll("p, li")].filter(part => {
        const box = part.getBoundingClientRect();
        return box.left < left - 1 || box.right > right + 1 || parseFloat(getComputedStyle(part).fontSize) < 12;
      }).map(part => part.textContent);
    }""")
    assert faults == []
