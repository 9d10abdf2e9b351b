"""What the city shows of a record of a district: what stands on its card, by what it is found, when it takes place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from macros.hub.distrust import LONGEST_NAME, day, identifier, label_of, mapping, objects, rows, style, text
from macros.hub.last_good import KeptFiles
from macros.hub.member_files import MemberFailed
from macros.records.hours.sentences import clock_time
from macros.records.model.registry import KINDS
from macros.text.pinyin import sort_key

_MOST_TIMES = 1_000


class CityTime(NamedTuple):
    """One time at which an activity takes place.

    Attributes:
        day: the day.
        start: the beginning as text that sorts.
        hours: the hours in words, or empty.
        note: what is different on that day.
        state: ``full`` or ``over``, or empty.
    """

    day: datetime.date
    start: str
    hours: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class CityEntry:
    """One record of a district.

    Attributes:
        district: id of the district.
        kind: kind of the record.
        id: its id in the district.
        name: its heading.
        summary: one sentence.
        traits: the facts that tell it from others.
        badges: how it stands: label and style.
        order: key by which names stand, by pinyin.
        is_current: whether it is alive.
        modified: day of the last known change, or empty.
        town: where it is, or empty.
        free: whether it costs nothing.
        cancelled: whether it was cancelled.
        times: when it takes place.
        labels: facet → its labels there.
    """

    district: str
    kind: str
    id: str
    name: str
    summary: str
    traits: str
    badges: tuple[tuple[str, str], ...]
    order: str
    is_current: bool
    modified: str
    town: str = ""
    free: bool = False
    cancelled: bool = False
    times: tuple[CityTime, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Address of its page in the district's site."""
        return f"{self.kind}/{self.id}/"

    def ahead(self, today: datetime.date) -> tuple[CityTime, ...]:
        """Return the times from a day on."""
        return tuple(time for time in self.times if time.day >= today)

    def in_words(self) -> str:
        """Return when an activity is, in words that stay true."""
        if not self.times:
            return ""
        first, last = self.times[0], self.times[-1]
        if first.day == last.day:
            return f"{first.day} {first.hours}".strip()
        return f"{first.day} 至 {last.day}，共 {len(self.times)} 次"


Labels = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Id of a record → facet → its labels there."""


def entries_of(files: KeptFiles, district: str, labels: Labels) -> Iterator[CityEntry]:
    """Yield the records that a district lists, kind by kind.

    Args:
        files: the state of the district.
        district: its id.
        labels: what the district's search knows of its records.

    Raises:
        MemberFailed: a file is broken.
    """
    for kind in KINDS:
        path = f"data/{kind}.json"
        content = files.json(path)
        if content is not None and not isinstance(content, list):
            raise MemberFailed(f"{path} 的写法不对")
        for record in objects(content):
            # Others took the place of what was merged or split; its page in the district says so.
            if (
                not record.get("merged_into")
                and not record.get("split_into")
                and (entry := _entry(record, kind, district, labels))
            ):
                yield entry


def _entry(record: Mapping[str, Any], kind: str, district: str, labels: Labels) -> CityEntry | None:
    own, name = (
        identifier(record.get("id")),
        text(record.get("name"), LONGEST_NAME) or text(record.get("title"), LONGEST_NAME),
    )
    if not own or not name:
        return None
    derived = mapping(record.get("derived"))
    admission = mapping(record.get("admission"))
    shown = (label_of(record.get(field)) for field in KINDS[kind].on_card)
    changed = day(derived.get("modified"))
    return CityEntry(
        district=district,
        kind=kind,
        id=own,
        name=name,
        summary=text(record.get("summary")),
        traits=" · ".join(word for word in shown if word and word != "无"),
        badges=tuple(_badges(record, derived, kind)),
        order=" ".join(f"{syllable}{tone}{character}" for syllable, tone, character in sort_key(name)),
        is_current=derived.get("is_current") is not False,
        modified=changed.isoformat() if changed else "",
        town=label_of(record.get("town")),
        free=admission.get("free") is True,
        cancelled=bool(record.get("cancelled")),
        times=tuple(_times(derived)) if kind == "activities" else (),
        labels=labels.get(own, {}),
    )


def _badges(record: Mapping[str, Any], derived: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    level = mapping(derived.get("level"))
    if label := label_of(level):
        yield label, f"level-{style(level.get('id'))}".removesuffix("-")
    status, validity = mapping(record.get("status")), mapping(record.get("validity"))
    if label_of(status) and status.get("id") != "open":
        yield label_of(status), f"status-{style(status.get('id'))}"
    if derived.get("is_expired") is True and validity.get("id") == "in-force":
        yield "有效期已过，待核对", "expired"
    elif label_of(validity):
        yield label_of(validity), f"validity-{style(validity.get('id'))}"
    if kind == "activities" and record.get("cancelled"):
        yield "已取消", "expired"
    if derived.get("is_unverified") is True:
        yield "待核对", "unverified"


def _times(derived: Mapping[str, Any]) -> Iterator[CityTime]:
    for time in rows(derived.get("times"))[:_MOST_TIMES]:
        item = mapping(time)
        if first := day(item.get("start")):
            start, end = text(item.get("start"), 25), text(item.get("end"), 25)
            state = item.get("state") if item.get("state") in ("full", "over") else ""
            yield CityTime(first, start, _hours(first, start, end), text(item.get("note"), LONGEST_NAME), str(state))


def _hours(first: datetime.date, start: str, end: str) -> str:
    begins, ends, last = _minutes(start), _minutes(end), day(end)
    if begins is None:
        return ""
    if ends is None or last is None:
        return f"{clock_time(begins)} 开始"
    return f"{clock_time(begins)}–{clock_time(ends + (24 * 60 if last > first else 0))}"


def _minutes(moment: str) -> int | None:
    hour, _, minute = moment[11:16].partition(":")
    return int(hour) * 60 + int(minute) if hour.isdecimal() and minute.isdecimal() and len(moment) > 15 else None
