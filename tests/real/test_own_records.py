"""The district's own records and pages: as their editors should write them, clean as an inspector would look, nothing invented."""

from __future__ import annotations

from macros.editing.guide import schemas
from macros.records.yaml import plain
from macros.site.guide_files import guide_files
from macros.site.inspecting import inspect_project
from macros.site.session import Session
from tests.site.test_district import output_of
from tests.support import ROOT
from tests.support.projects import kepu

JUDGED = ("wording", "privacy", "links", "link-texts", "accessible")


def test_they_need_no_fix() -> None:
    done = kepu(ROOT, "fix", "--dry-run")
    assert (done.output, done.exit_code) == ("没有要改的。\n", 0)


def test_the_schemas_of_editors_programs_know_their_terms(repository: Session) -> None:
    made = guide_files(repository)
    stale = [path for path in made if path.startswith(schemas.FOLDER) and (ROOT / path).read_bytes() != made[path]]
    assert stale == [], "run `kepu schema`"


def test_nearly_every_record_is_plain() -> None:
    texts = [path.read_text("utf-8") for path in sorted(ROOT.glob("data/[!t]*/*.yml"))]
    assert sum(plain.read(text) is not None for text in texts) >= 0.9 * len(texts)


def test_they_have_no_word_wrong_and_nothing_private() -> None:
    result, _ = inspect_project(ROOT)
    assert [str(one) for one in result.findings if one.item in JUDGED] == []


def test_the_invented_district_never_reaches_the_published_site(repository: Session) -> None:
    published = "\n".join(output_of(repository).values())
    assert "示例区" not in published
    assert "example.org" not in published
