"""The collection: every record and vocabulary that was read, before anything is worked out from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from macros.records.hours.holidays import Calendar
from macros.records.model.dates import PartialDate
from macros.records.model.fields import FileName, Prose, Reference
from macros.records.model.kinds import Record
from macros.records.model.terms import Vocabulary
from macros.records.model.timing import Timing, timing_of
from macros.records.model.walk import ValuePath, find
from macros.records.region import COUNTRY, Region

Value = TypeVar("Value")
KindOfRecord = TypeVar("KindOfRecord", bound=Record)


@dataclass(frozen=True)
class Synonym:
    """Another word for a word, for search.

    Attributes:
        means: the word that it stands for.
        weight: how much a finding by it counts, above 0 and below 1.
    """

    means: str
    weight: float


@dataclass(frozen=True)
class Wish:
    """What people want of a place or a document, and how search tells who has it.

    Attributes:
        label: what it is called.
        words: what people type.
        fields: paths of fields, as ``admission.free``; a record that has a wanted value in one of them fulfils the wish.
        values: the wanted values, of which a text must only contain one; empty means any.
        since: the time of day that a value must reach, in minutes, or None.
        until: path of the day after which a record no longer fulfils it, or empty.
        when: the days on which an activity fulfils the wish, one of `macros.records.termfiles.WISHED_DAYS` or a holiday; or empty.
        kinds: the kinds of records that the wish is about; without fields and days, the word simply means them.
        page: address of a page that answers, or empty.
        example: a query by which it is shown to people, or empty.
    """

    label: str
    words: tuple[str, ...]
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    since: int | None = None
    until: str = ""
    when: str = ""
    kinds: tuple[str, ...] = ()
    page: str = ""
    example: str = ""


@dataclass(frozen=True)
class Collection:
    """All that was read, immutable.

    Attributes:
        records: records and articles by id, in the order of kinds and ids; drafts included.
        vocabularies: vocabularies by name.
        as_of: the day on which "now" is decided.
        files: the files in ``content/files/KIND/ID/`` as name → size in bytes, by (kind, id).
        readings: word → its syllables in pinyin, for words that are read otherwise than their characters.
        synonyms: word → its synonym.
        wishes: what search understands of wishes, in the order of their file.
        unreadable: ids of files that are there but could not be read, so that one fault is not reported again at each
            place that refers to it.
        calendar: the public holidays of the country.
        unfinished: those of the unreadable that are drafts: something is missing in them, and nobody publishes them.
        region: the province of the district, or the country.
        traditional: word → what becomes of it in traditional characters, where that is not what its characters say.
    """

    records: Mapping[str, Record]
    vocabularies: Mapping[str, Vocabulary]
    as_of: PartialDate
    files: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    calendar: Calendar = field(default_factory=Calendar)
    wishes: tuple[Wish, ...] = ()
    unfinished: frozenset[str] = frozenset()
    region: Region = COUNTRY
    traditional: Mapping[str, str] = field(default_factory=dict)

    @property
    def broken(self) -> frozenset[str]:
        """Ids of the files that could not be read and are no drafts: until they are mended, nothing is published."""
        return self.unreadable - self.unfinished

    def published(self, *, shows_all: bool = False) -> dict[str, Record]:
        """Return the records that have a page with what they say, by id; drafts have none.

        Args:
            shows_all: whether those that wait for their day, and those whose last day is over, are among them.
        """
        wanted = tuple(Timing) if shows_all else (Timing.CURRENT,)
        return self._timed(wanted)

    @property
    def withdrawn(self) -> dict[str, Record]:
        """The records whose last day is over, by id: at their addresses a page says so."""
        return self._timed((Timing.OVER,))

    def _timed(self, wanted: tuple[Timing, ...]) -> dict[str, Record]:
        return {
            key: one
            for key, one in self.records.items()
            if not getattr(one, "draft", None) and timing_of(one.publish_from, one.publish_until, self.as_of) in wanted
        }

    @property
    def references(self) -> tuple[tuple[Record, ValuePath, Reference], ...]:
        """Every reference in a field, with the record and the path at which it stands."""
        return tuple(self._find(Reference))

    @property
    def prose(self) -> tuple[tuple[Record, ValuePath, Prose], ...]:
        """Every prose text, with the record and the path at which it stands."""
        return tuple(self._find(Prose))

    @property
    def file_names(self) -> tuple[tuple[Record, ValuePath, FileName], ...]:
        """Every name of a file in a field, with the record and the path at which it stands."""
        return tuple(self._find(FileName))

    def of(self, model: type[KindOfRecord]) -> Iterator[KindOfRecord]:
        """Yield the records of one kind, drafts included."""
        return (record for record in self.records.values() if isinstance(record, model))

    def kind_label(self, kind: str) -> str:
        """Return the name of a kind for people, e.g. 科普基地 for ``bases``."""
        vocabulary = self.vocabularies.get("kinds")
        term = vocabulary.find(kind) if vocabulary else None
        return term.label if term else kind

    def files_of(self, record: Record) -> Mapping[str, int]:
        """Return the files in the record's own folder: name → size in bytes."""
        return self.files.get((record.kind, record.id), {})

    def _find(self, wanted: type[Value]) -> Iterator[tuple[Record, ValuePath, Value]]:
        return ((record, path, value) for record in self.records.values() for path, value in find(record, (wanted,)))


def address_of(kind: str, identifier: str) -> str:
    """Return a record's address, relative to the site's root, e.g. ``bases/luyuan/``."""
    return f"{kind}/{identifier}/"
