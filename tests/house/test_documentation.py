"""The documents keep up with the program: every field, macro, filter, facet, command and module is told of."""

from __future__ import annotations

import re
from fnmatch import fnmatch

import click
import pytest

from macros.cli.main import main
from macros.library.facets import facets_of
from macros.pages.filters import FILTERS
from macros.pages.page_macros import MACROS
from macros.pages.render import Renderer
from macros.records.model.registry import KINDS
from macros.site.session import Session
from tests.support import ROOT
from tests.support.looping import failures

DEVELOPERS = ROOT / "docs/dev"
ARCHITECTURE = (DEVELOPERS / "architecture.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LONGEST_FIRST_PAGE = 8000  # bytes


@pytest.mark.parametrize("name", MACROS)
def test_each_macro_is_told_to_editors(name: str) -> None:
    assert f"{{{{ {MACROS[name]} }}}}" in CONTRIBUTING


def test_each_facet_is_told_to_editors() -> None:
    def check(kind: str) -> None:
        facets = " ".join(f"`{facet.name}`" for facet in facets_of(KINDS[kind]))
        assert f"| `{kind}` | {facets} |" in CONTRIBUTING

    assert failures(check, KINDS) == []


@pytest.mark.parametrize("command", main.commands)
def test_each_command_is_told_to_editors(command: str) -> None:
    assert f"| `kepu {command}" in CONTRIBUTING


@pytest.mark.parametrize("command", main.commands)
def test_each_command_explains_itself_in_chinese(command: str) -> None:
    found = main.get_command(click.Context(main), command)
    assert found
    assert re.search("[\u4e00-\u9fff]", found.help or "")


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_of_templates_is_told_to_developers(name: str) -> None:
    assert f"`{name}`" in ARCHITECTURE


def test_each_name_that_templates_may_use_is_told_to_developers(repository: Session) -> None:
    renderer: Renderer = repository.renderer
    built_in = {"range", "dict", "lipsum", "cycler", "joiner", "namespace"}
    for name in {*renderer.environment(0).globals, "page"} - built_in:
        assert f"`{name}`" in ARCHITECTURE, name


def test_each_wing_is_told_to_developers() -> None:
    for wing in (path for path in (ROOT / "macros").iterdir() if (path / "__init__.py").is_file()):
        assert re.search(rf"^\| `{wing.name}` \|", ARCHITECTURE, re.MULTILINE), wing.name
        assert f"\n  {wing.name}/ " in (ROOT / "HACKING.md").read_text("utf-8"), wing.name


def test_each_dependency_has_its_reason() -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    names = re.findall(r'^    "([a-z-]+)[>=]', settings, re.MULTILINE)
    reasons = (DEVELOPERS / "dependencies.md").read_text("utf-8")
    assert [name for name in names if name not in reasons] == []


def test_the_first_page_for_developers_is_short_and_leads_to_all_others() -> None:
    first = (ROOT / "HACKING.md").read_bytes()
    assert len(first) <= LONGEST_FIRST_PAGE
    assert [page.name for page in DEVELOPERS.glob("*.md") if f"(docs/dev/{page.name})".encode() not in first] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *DEVELOPERS.glob("*.md")]:
        text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
        targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
        assert [target for target in targets if not (document.parent / target).exists()] == [], document


def test_each_entry_of_the_top_level_is_what_people_expect() -> None:
    expected = {
        ".ci",
        ".editorconfig",
        ".gitattributes",
        ".github",
        ".gitignore",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        ".vscode",
        ".workflow",
        "CHANGELOG.md",
        "CHANGELOG_API.md",
        "CONTRIBUTING.md",
        "HACKING.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "README.zh-CN.md",
        "SECURITY.md",
        "benchmarks",
        "content",
        "data",
        "docs",
        "macros",
        "mkdocs.yml",
        "overrides",
        "pyproject.toml",
        "requirements-test.txt",
        "requirements.txt",
        "setup.py",
        "tests",
        "命令.cmd",
        "打开编辑.cmd",
        "检查.cmd",
        "预览.cmd",
    }
    # Whatever was built, checked or tested here before leaves files that git is told to look over.
    made = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    found = {path.name for path in ROOT.iterdir()} - {".git"}
    assert {name for name in found if not any(fnmatch(name, pattern) for pattern in made)} <= expected
