"""The questionnaire as a page for WeChat and paper, and the letter that goes with all of them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.editing.questionnaire.workbook import ABOUT, HOW, SECTIONS, Sheet, sections_of, verdicts_of

_TEMPLATES = Path(__file__).parents[1] / "templates"


def page_of(sheet: Sheet) -> bytes:
    """Return the questionnaire as one HTML page that needs no other file."""
    return _render(
        "questionnaire.html",
        sheet=sheet,
        how=HOW,
        about=tuple(ABOUT.values()),
        sections=[(SECTIONS[is_wanted], questions) for is_wanted, questions in sections_of(sheet.questions)],
        verdicts=verdicts_of,
    )


def letter_of(site: str) -> bytes:
    """Return the letter that goes with the questionnaires, to be changed by whoever sends it.

    Args:
        site: what the site is called.
    """
    return _render("letter.txt", site=site)


def _render(name: str, **data: object) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(**data).encode()
