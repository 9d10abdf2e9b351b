"""The laws across records: what must hold between fields and between records, beyond the type of each value.

A law is one small function that takes the collection and yields problems; its docstring states the law. One that checks
each record by itself takes a record and is marked `of_one`: its breaches are cached as long as the record lives.
`LAWS` lists them all; a law that is not in it does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from macros.records.collection import Collection
from macros.records.laws import activities, evidence, identity, order, references, routes, venues
from macros.records.laws.law import Law, LawOfOne
from macros.records.model.bound import cached_per_record
from macros.records.model.kinds import Record
from macros.records.model.walk import mentions
from macros.records.problems import Problem

LAWS: tuple[Law, ...] = (
    references.references_exist,
    references.published_records_name_no_drafts,
    references.no_cycles,
    references.undisclosed_fields_are_fields_and_empty,
    order.dates_in_order,
    venues.spans_in_order,
    venues.hours_do_not_overlap,
    venues.special_days_agree,
    venues.closures_are_not_special_days,
    venues.holidays_have_one_rule,
    venues.seasons_have_days,
    venues.holidays_of_the_year_are_written,
    venues.points_lie_in_the_province,
    venues.admission_is_free_or_costs,
    venues.groups_can_come,
    activities.activities_have_dates,
    activities.activities_end_after_they_begin,
    activities.activities_name_a_day_once,
    activities.booking_ends_before_the_activity,
    activities.booking_is_needed_where_it_has_days,
    activities.cancelled_activities_say_why,
    activities.capacities_count_people,
    activities.places_are_open_for_activities,
    routes.routes_have_several_stops,
    routes.stops_have_a_name,
    routes.nothing_follows_the_last_stop,
    routes.times_and_sizes_are_whole,
    routes.times_add_up,
    routes.stops_receive_visitors,
    routes.stops_open_on_one_day,
    routes.towns_of_stops_are_named,
    order.publishing_ends_after_it_begins,
    order.recognition_ends_after_it_begins,
    order.nothing_happened_in_the_future,
    order.changes_go_forward,
    identity.former_ids_stay_unique,
    identity.splits_have_several_parts,
    identity.recognitions_differ,
    identity.values_differ,
    evidence.units_of_targets_belong_to_numbers,
    evidence.units_of_indicators_belong_to_numbers,
    evidence.files_exist,
    evidence.replaced_policy_is_not_in_force,
    evidence.actual_has_date_and_source,
    evidence.stage_has_a_date,
    evidence.document_numbers_look_right,
    evidence.questions_have_an_answer,
    evidence.answers_are_proven,
    evidence.stamps_are_of_their_base,
    references.prose_is_safe,
    references.prose_is_finished,
    references.prose_links_exist,
    evidence.prose_images_exist,
)


def check(collection: Collection) -> Iterator[Problem]:
    """Yield every breach of every law; what one record breaks by itself is worked out once. Those of drafts are notices."""
    drafts = {record.document.path for record in collection.records.values() if references.is_draft(record)}
    for problem in _breaches(collection):
        yield problem.of_draft if problem.path in drafts else problem


def _breaches(collection: Collection) -> Iterator[Problem]:
    for record in collection.records.values():
        yield from _own_breaches(record)
        # Asked for below; what Markdown made of the record's texts is still at hand (`find_markup`).
        mentions(record)
    for law in LAWS:
        if not isinstance(law, LawOfOne):
            yield from law(collection)


def check_part(record: Record, wrong: frozenset[str]) -> list[Problem]:
    """Return what a record breaks by itself of which not all fields could be read.

    Args:
        record: the record without its wrong fields, or with something in the place of those that it must have.
        wrong: the names of those fields; a law that demands a field of this name is not asked.
    """
    laws = [law for law in _laws_of_one(type(record)) if not law.demands & wrong]
    problems = [problem for law in laws for problem in law.check(record)]
    places = {record.document.locate((name,)) for name in wrong if name in record.document.data}
    return [problem for problem in problems if (problem.line, problem.column) not in places]


@cached_per_record
def _own_breaches(record: Record) -> tuple[Problem, ...]:
    return tuple(problem for law in _laws_of_one(type(record)) for problem in law.check(record))


@cache
def _laws_of_one(model: type[Record]) -> tuple[LawOfOne, ...]:
    return tuple(law for law in LAWS if isinstance(law, LawOfOne) and issubclass(model, law.model))
