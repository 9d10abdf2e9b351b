"""The list of all kinds of records, in the order in which they are checked and exported."""

from __future__ import annotations

from macros.records.model.kinds import Article, Base, Incubator, Platform, Policy, Record, Target
from macros.records.model.outings import Activity, Route

KINDS: dict[str, type[Record]] = {
    kind.kind: kind for kind in (Base, Activity, Route, Incubator, Policy, Platform, Target, Article)
}

MODEL = 1
"""The version of the models: a site whose ``mkdocs.yml`` tells of an earlier one is brought here by ``kepu upgrade``."""
