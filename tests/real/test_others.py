"""No test but those of this folder names one of the district's own records: another district's data pass all of them."""

from __future__ import annotations

import re
from pathlib import Path

from macros.site.session import Session
from tests.support import ROOT

TESTS = ROOT / "tests"
READS_OWN = re.compile(r"\brepository(?:_site|_address)?: |\bROOT / \"(?:data|content)\b|has_own_records=True")


def test_no_test_outside_of_this_folder_names_a_record(repository: Session) -> None:
    ids = "|".join(map(re.escape, sorted(repository.library.collection.records)))
    named = re.compile(rf"[\"'/](?:{ids})[\"'/.]")
    found = {
        path.relative_to(TESTS).as_posix(): match[0]
        for path in sorted(TESTS.rglob("*.py"))
        if not path.is_relative_to(Path(__file__).parent)
        and READS_OWN.search(text := path.read_text("utf-8"))
        and (match := named.search(text))
    }
    assert found == {}
