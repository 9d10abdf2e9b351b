"""The library: every record related to every other, and the home of derived facts.

Nothing that can be worked out is written in a record; it is worked out here, once, for pages, search and exports alike.
The library is frozen and knows no clock: `Library.as_of` decides what is current, overdue or expired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.library.agenda import SHOWN, AgendaDay, agenda, ahead, is_ahead, order_of
from macros.library.deadlines import Application, Deadline, application_of, deadlines_of, next_review
from macros.library.facets import Facet, Group, facets_of, highest_level
from macros.library.news import News, Occasion, newest_first, news_of
from macros.library.relations import Relations, last_successor, relate
from macros.records.collection import Collection, address_of
from macros.records.hours.occurrences import Occurrence, occurrences_of
from macros.records.model.bound import cached_per_record
from macros.records.model.dates import PartialDate
from macros.records.model.groups import Recognition, Source
from macros.records.model.kinds import Authored, Base, Incubator, Place, Policy, Record, Target
from macros.records.model.outings import Activity, Route
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term
from macros.records.model.timing import Timing, timing_of
from macros.text import pinyin


@dataclass(frozen=True)
class Library:
    """All published records and what follows from them.

    Attributes:
        collection: what was read.
        shows_all: whether what waits for its day, and what is over, is shown too, as in the preview.
    """

    collection: Collection
    shows_all: bool = False

    @property
    def as_of(self) -> PartialDate:
        """The day on which "now" is decided."""
        return self.collection.as_of

    @cached_property
    def published(self) -> Mapping[str, Record]:
        """The records that have a page, by id; drafts have none."""
        return self.collection.published(shows_all=self.shows_all)

    @cached_property
    def withdrawn(self) -> Mapping[str, Record]:
        """The records at whose addresses a page says that they were published until a day that is over, by id."""
        return {} if self.shows_all else self.collection.withdrawn

    def timing(self, record: Record) -> Timing:
        """Return how a record stands to today; in the preview alone one is shown that is not current."""
        return timing_of(record.publish_from, record.publish_until, self.as_of)

    def get(self, identifier: str, *, withdrawn: bool = False) -> Record | None:
        """Return the published record with this id, or None; for its address alone also one whose last day is over."""
        return self.published.get(identifier) or (self.withdrawn.get(identifier) if withdrawn else None)

    def kinds(self) -> tuple[str, ...]:
        """Return the names of the kinds that have a record, in their order."""
        return tuple(kind for kind in KINDS if self._by_kind.get(kind))

    def kind_label(self, kind: str) -> str:
        """Return the name of a kind for people, e.g. 科普基地 for ``bases``."""
        return self.collection.kind_label(kind)

    def kind_term(self, kind: str) -> Term | None:
        """Return the term that describes a kind, or None if the vocabulary lacks it."""
        kinds = self.collection.vocabularies.get("kinds")
        return kinds.find(kind) if kinds else None

    def records(self, kind: str) -> tuple[Record, ...]:
        """Return the records of a kind that lists show: the current first, each group by pinyin.

        Records whose place others took, by a merger or a split, are left out.
        """
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Record, ...]]:
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in self.published.values():
            if not record.successors:
                groups[record.kind].append(record)
        return {kind: tuple(sorted(records, key=self.list_order)) for kind, records in groups.items()}

    def list_order(self, record: Record) -> tuple[bool, int, object, str]:
        """Return the key by which lists are sorted: current before ended, activities by the next day, then by pinyin."""
        day = order_of(record, self.as_of.first_day) if isinstance(record, Activity) else 0
        return not self.is_current(record), day, self._pinyin[record.id], record.id

    @cached_property
    def _pinyin(self) -> Mapping[str, pinyin.SortKey]:
        readings = self.collection.readings
        return {identifier: _name_order(record, readings) for identifier, record in self.published.items()}

    def syllable(self, record: Record) -> str:
        """Return the first syllable of a record's name without its tone, e.g. ``zhang``; a character that has none itself."""
        return next((syllable for syllable, _, _ in self._pinyin[record.id]), "")

    def is_current(self, record: Record) -> bool:
        """Tell whether a record is alive: a place not closed, a policy not repealed, a route in use; none was split."""
        if (isinstance(record, Authored) and record.split_into) or (isinstance(record, Route) and record.ended):
            return False
        if isinstance(record, Base | Incubator):
            return record.status is None or record.status.id != "closed"
        if isinstance(record, Policy):
            return not (record.validity and record.validity.label in ("失效", "废止"))
        return not isinstance(record, Activity) or is_ahead(record, self.as_of.first_day)

    def facets(self, kind: str) -> tuple[Facet, ...]:
        """Return the facets of a kind."""
        return facets_of(KINDS[kind])

    def vocabulary_of(self, facet: Facet) -> tuple[Term, ...]:
        """Return all terms that the records of a facet may have."""
        vocabulary = self.collection.vocabularies.get(facet.vocabulary)
        return tuple(vocabulary) if vocabulary else ()

    def terms(self, record: Record, facet: Facet) -> tuple[Term, ...]:
        """Return a record's terms under a facet."""
        return facet.terms(record, self.as_of)

    def groups(self, kind: str, facet: Facet) -> tuple[Group, ...]:
        """Return the records of a kind by the terms of a facet, terms in their order; terms without a record left out."""
        key = kind, facet
        if key not in self._groups:
            self._groups[key] = self._grouped(kind, facet)
        return self._groups[key]

    @cached_property
    def _groups(self) -> dict[tuple[str, Facet], tuple[Group, ...]]:
        # Lists, pages of terms, feeds and the site map ask for the same groups.
        return {}

    def _grouped(self, kind: str, facet: Facet) -> tuple[Group, ...]:
        found: dict[Term, list[Record]] = defaultdict(list)
        for record in self.records(kind):
            for term in self.terms(record, facet):
                found[term].append(record)
        return tuple(Group(term.label, tuple(found[term]), term) for term in sorted(found))

    def level(self, record: Record) -> Term | None:
        """Return the highest level that a record holds today, or None."""
        return highest_level(record, self.as_of)

    def aims(self, record: Record) -> tuple[Recognition, ...]:
        """Return the recognitions that a record aims at or has applied for."""
        recognitions = record.recognitions if isinstance(record, Place) else ()
        return tuple(r for r in recognitions if r.stage.id in ("planned", "applied"))

    def agenda(self, limit: int = SHOWN) -> tuple[AgendaDay, ...]:
        """Return what is on from today on, day by day, the next times."""
        return agenda(self.records(Activity.kind), self.as_of.first_day, limit)

    def times(self, activity: Activity) -> tuple[Occurrence, ...]:
        """Return the times of an activity from today on."""
        return ahead(activity, self.as_of.first_day)

    def all_times(self, activity: Activity) -> tuple[Occurrence, ...]:
        """Return all times of an activity, past ones too."""
        return occurrences_of(activity)

    def on_at(self, record: Record) -> tuple[Activity, ...]:
        """Return the activities that lie ahead at a place or in a series, the next first."""
        found = [other for other in self.related(record) if isinstance(other, Activity) and self.is_current(other)]
        named = [other for other in found if record.id in (other.place, other.series)]
        return tuple(sorted(named, key=self.list_order))

    def related(self, record: Record) -> tuple[Record, ...]:
        """Return the records that this one names or that name it."""
        return tuple(self.published[other] for other in self._relations.get(record.id, ()))

    def count_related(self, record: Record) -> int:
        """Return how many records this one names or is named by."""
        return len(self._relations.get(record.id, ()))

    @cached_property
    def _relations(self) -> Relations:
        return relate(self.published)

    def replaced_by(self, policy: Record) -> tuple[Record, ...]:
        """Return the policies that replace this one."""
        return self._replacements.get(policy.id, ())

    @cached_property
    def _replacements(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, tuple[Record, ...]] = {}
        for record in self.published.values():
            for replaced in record.replaces if isinstance(record, Policy) else ():
                found[replaced] = (*found.get(replaced, ()), record)
        return found

    @cached_property
    def split(self) -> tuple[Record, ...]:
        """The records that were split: each keeps its page, which names its parts, and stands on no list."""
        records = self.published.values()
        return tuple(record for record in records if isinstance(record, Authored) and record.split_into)

    def parts(self, record: Record) -> tuple[Record, ...]:
        """Return the records that a record was split into; of a part that was merged, what it was merged into."""
        named = record.split_into if isinstance(record, Authored) else ()
        return tuple(dict.fromkeys(self.successor(self.published[one]) for one in named if one in self.published))

    def split_from(self, record: Record) -> tuple[Record, ...]:
        """Return the records one of whose parts this is, or took over by a merger."""
        return self._origins.get(record.id, ())

    @cached_property
    def _origins(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, tuple[Record, ...]] = {}
        for record in self.split:
            for part in self.parts(record):
                found[part.id] = (*found.get(part.id, ()), record)
        return found

    def is_unverified(self, sources: Iterable[Source]) -> bool:
        """Tell whether a fact rests on reposts alone, so that 待核对 is shown beside it."""
        reposts = [source.is_repost for source in sources]
        return bool(reposts) and all(reposts)

    def modified(self, record: Record) -> PartialDate | None:
        """Return the latest full date at which the record is known to have changed or been reviewed, or None."""
        days = [change.date for change in record.changes] if isinstance(record, Authored) else []
        return max([*days, *([record.reviewed_on] if record.reviewed_on else [])], default=None)

    @cached_property
    def news(self) -> tuple[News, ...]:
        """What became known of all published records, the newest first."""
        return newest_first(item for record in self.published.values() for item in news_of(record))

    @cached_property
    def changes(self) -> tuple[News, ...]:
        """The changes that records tell of, the newest first."""
        return tuple(item for item in self.news if item.occasion is Occasion.CHANGE)

    def successor(self, record: Record) -> Record:
        """Return the record that took over by mergers; the record itself if it was not merged."""
        return last_successor(record, self.published)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """What ends today or later for the records that are alive, the nearest first."""
        alive = (record for record in self._listed() if self.is_current(record))
        found = (item for record in alive for item in deadlines_of(record, self._months_of_review(record)))
        ahead = [item for item in found if not item.date.is_certainly_before(self.as_of)]
        return tuple(sorted(ahead, key=lambda item: item.date.last_day))

    @cached_property
    def applications(self) -> tuple[Application, ...]:
        """What can be applied for today or later under policies that are alive and not replaced, the nearest last day first."""
        alive = (
            policy for policy in self.records("policies") if self.is_current(policy) and not self.replaced_by(policy)
        )
        found = [item for policy in alive if (item := application_of(policy))]
        ahead = [item for item in found if not (item.closes and item.closes.is_certainly_before(self.as_of))]
        return tuple(sorted(ahead, key=lambda item: item.order))

    def next_review(self, record: Record) -> PartialDate | None:
        """Return the day on which a record is due for its next review, or None if that is not known."""
        return next_review(record, self._months_of_review(record))

    def _months_of_review(self, record: Record) -> int | None:
        term = self.kind_term(record.kind)
        return term.months if term else None

    def is_expired(self, policy: Record) -> bool:
        """Tell whether a policy's term of validity has run out; its status is never changed by that."""
        until = policy.effective_to if isinstance(policy, Policy) else None
        return until is not None and until.is_certainly_before(self.as_of)

    @cached_property
    def with_questions(self) -> tuple[Record, ...]:
        """The listed records that are alive and ask questions, in the order of kinds and lists."""
        return tuple(record for record in self._listed() if record.questions and self.is_current(record))

    @cached_property
    def with_passport(self) -> tuple[Base, ...]:
        """The bases that are alive and take part in the passport."""
        return tuple(
            one for one in self.records("bases") if isinstance(one, Base) and one.passport and self.is_current(one)
        )

    def targets_about(self, record: Record) -> tuple[Target, ...]:
        """Return the targets that name a record."""
        return tuple(other for other in self.related(record) if isinstance(other, Target))

    def address(self, record: Record) -> str:
        """Return a record's address relative to the site's root, e.g. ``bases/luyuan/``."""
        return address_of(record.kind, record.id)

    @cached_property
    def alphabet(self) -> tuple[Group, ...]:
        """All listed records by the first letter of their pinyin, each letter by pinyin."""
        letters: dict[str, list[Record]] = defaultdict(list)
        for record in self._listed():
            letters[pinyin.letter(self._pinyin[record.id])].append(record)
        names = self._pinyin
        return tuple(
            Group(letter, tuple(sorted(letters[letter], key=lambda record: (names[record.id], record.id))))
            for letter in sorted(letters)
        )

    def _listed(self) -> Iterator[Record]:
        for kind in self.kinds():
            yield from self.records(kind)


@cached_per_record
def _name_order(record: Record, readings: pinyin.Readings) -> pinyin.SortKey:
    """Return the key by which a record's name is sorted; reading a name takes longer than all else in a list."""
    return tuple(pinyin.one_character(character) for character in pinyin.sort_key(record.heading, readings))
