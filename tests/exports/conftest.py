"""Publications for the tests of exports: the invented district's, and small ones with records of a test's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from macros.exports.api import Api
from macros.exports.publication import Publication
from macros.site.session import Session
from tests.support import open_session
from tests.support.projects import lay_project

Records = Mapping[str, Mapping[str, Any]]
Make = Callable[..., Publication]


@pytest.fixture(scope="session")
def publication(district: Session) -> Publication:
    """What the invented district publishes."""
    return district.publication


@pytest.fixture(scope="session")
def api(publication: Publication) -> Api:
    """The invented district's API."""
    return Api(publication)


@pytest.fixture
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return a function that publishes records beside those of the smallest good project."""

    def publish(records: Records, url: str = "https://example.org/kepu/", name: str = "示例区科普") -> Publication:
        project = lay_project(tmp_path_factory.mktemp("published"))
        for place, fields in records.items():
            path = project / "data" / f"{place}.yml"
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()), "utf-8")
        session = open_session(project)
        assert session.problems() == []
        return replace(session.publication, url=url, name=name)

    return publish


SOURCES = [{"title": "示例", "mark": "official"}]
HOSTILE = '=cmd|"/c calc"!A1 ]]> </script><script>alert(1)</script> & <b> ;,\\n \ufffe'
"""A text that means something in every notation, with a character that XML does not know."""


@pytest.fixture
def hostile(make: Make) -> Publication:
    """Records whose every text attacks a notation."""
    policy = {
        "name": HOSTILE[:90],
        "summary": HOSTILE,
        "aliases": ["+1", "-1", "@x", "＝1+1", "\\;,"],
        "body": "=1+1\n\n]]> & ;,\\n\n\nEND:VCALENDAR\nBEGIN:VEVENT",
        "published": "2026-01-02",
        "validity": "valid",
        "applies_to": {"who": HOSTILE, "what": "-1", "until": "2027-05", "ask": "@x"},
        "sources": SOURCES,
        "changes": [{"date": "2026-03-04", "text": HOSTILE, "fields": ["summary", HOSTILE]}],
    }
    return make({"policies/hostile": policy}, name=HOSTILE)
