"""The laws across records: what must hold between fields and between records, beyond the type of each value.

A law is one small function that takes the collection and yields problems; its docstring states the law. `LAWS` lists
them all; a law that is not in it does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.records.collection import Collection
from macros.records.laws import evidence, identity, order, prose, references, visit
from macros.records.problems import Problem

Law = Callable[[Collection], Iterator[Problem]]

LAWS: tuple[Law, ...] = (
    references.references_exist,
    references.published_records_name_no_drafts,
    references.no_cycles,
    order.dates_in_order,
    order.spans_in_order,
    visit.points_lie_in_the_province,
    visit.hours_do_not_overlap,
    order.recognition_ends_after_it_begins,
    order.nothing_reviewed_in_the_future,
    order.changes_go_forward,
    identity.former_ids_stay_unique,
    identity.recognitions_differ,
    evidence.files_exist,
    evidence.replaced_policy_is_not_in_force,
    evidence.actual_has_date_and_source,
    evidence.stage_has_a_date,
    evidence.document_numbers_look_right,
    prose.prose_is_safe,
    prose.prose_links_exist,
    prose.prose_images_exist,
)


def check(collection: Collection) -> Iterator[Problem]:
    """Yield every breach of every law."""
    for law in LAWS:
        yield from law(collection)
