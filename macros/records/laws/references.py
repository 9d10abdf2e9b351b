"""Laws about references, in fields and in prose: they lead to what exists, is published and does not lead back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from macros.records.collection import Collection
from macros.records.laws.law import of_one
from macros.records.model.dates import PartialDate
from macros.records.model.fields import Prose, Reference
from macros.records.model.kinds import Place, Policy, Record
from macros.records.model.outings import Activity
from macros.records.model.terms import near, shorten
from macros.records.model.walk import field_at, find, mentions, values_at
from macros.records.problems import Problem
from macros.text import prose


def references_exist(collection: Collection) -> Iterator[Problem]:
    """A reference names a record that exists and is of a kind that may stand there."""
    records = collection.records
    for record in records.values():
        if all(_leads_well(records.get(reference), reference) for reference in mentions(record).references):
            continue
        for path, reference in find(record, (Reference,)):
            target = records.get(reference)
            if target is None and reference not in collection.unreadable:
                message = dangling(collection, reference, reference.kinds)
                yield record.document.problem(path, message, "dangling-reference")
            elif target is not None and not _leads_well(target, reference):
                wanted = "、".join(collection.kind_label(kind) for kind in reference.kinds)
                message = f"“{reference}” 是{collection.kind_label(target.kind)}，这里要写{wanted}的 id"
                yield record.document.problem(path, message, "wrong-kind-of-reference")


def _leads_well(target: Record | None, reference: Reference) -> bool:
    return target is not None and (not reference.kinds or target.kind in reference.kinds)


def dangling(collection: Collection, reference: str, kinds: Iterable[str]) -> str:
    """Return the message for an id that no record has, with the near ids."""
    allowed = tuple(kinds)
    ids = [record.id for record in collection.records.values() if not allowed or record.kind in allowed]
    close = near(reference, ids)
    hint = f"；相近的有：{'、'.join(close)}" if close else ""
    what = "或".join(collection.kind_label(kind) for kind in allowed) or "记录"
    make = f"，或新建 data/{allowed[0]}/{reference}.yml" if len(allowed) == 1 else ""
    return f"引用的{what} “{reference[:40]}” 不存在{hint}。请改正{make}"


def prose_links_exist(collection: Collection) -> Iterator[Problem]:
    """An ``id:`` link in prose names a record."""
    for record in collection.records.values():
        if all(name in collection.records for name in mentions(record).links):
            continue
        for path, text in find(record, (Prose,)):
            for reference in prose.references(text):
                if reference.name not in collection.records and reference.name not in collection.unreadable:
                    message = dangling(collection, reference.name, ())
                    line, column = reference.line, reference.column
                    yield record.document.problem_in_text(path, line, column, message, "dangling-reference")


@of_one(Record)
def prose_is_safe(record: Record) -> Iterator[Problem]:
    """Prose holds no raw HTML, no forbidden address and no picture from elsewhere."""
    for path, text in find(record, (Prose,)):
        for fault in prose.faults(text):
            yield record.document.problem_in_text(path, fault.line, fault.column, fault.message, "unsafe-prose")


@of_one(Record)
def prose_is_finished(record: Record) -> Iterator[Problem]:
    """Markdown that is begun is finished, so that no sign of it is published."""
    for path, text in find(record, (Prose,)):
        for fault in prose.half_made(text):
            yield record.document.problem_in_text(path, fault.line, fault.column, fault.message, "half-markup")


def published_records_name_no_drafts(collection: Collection) -> Iterator[Problem]:
    """A record that is published refers to no draft, and on no day to one that is not published yet or no more.

    That is told when it is written, and not on the day when it comes true: then a build by night would break.
    """
    passing = {
        key: one for key, one in collection.records.items() if is_draft(one) or one.publish_from or one.publish_until
    }
    named = passing.keys() | collection.unfinished
    for record in collection.records.values() if named else ():
        if is_draft(record) or named.isdisjoint(mentions(record).references):
            continue
        for path, reference in find(record, (Reference,)):
            target = passing.get(reference)
            message = _missing_meanwhile(record, target, collection.as_of) if target else ""
            if message or reference in collection.unfinished:
                yield record.document.problem(path, message or _of_draft(reference), "reference-to-draft")


def _of_draft(identifier: str) -> str:
    return f"引用的 “{identifier}” 还是草稿，不会发布；请先发布它，或删掉这处引用"


def _missing_meanwhile(record: Record, target: Record, today: PartialDate) -> str:
    """Return the message for a reference to what is not published as long as the record is; empty if it always is."""
    if is_draft(target):
        return _of_draft(target.id)
    first, last = max(record.publish_from or today, today), record.publish_until
    if last and last < first:
        return ""
    if target.publish_from and first < target.publish_from:
        return f"引用的 “{target.id}” 到 {target.publish_from.iso} 才发布；这一条也写 publish_from: {target.publish_from.iso}，或删掉这处引用"
    if target.publish_until and not (last and last <= target.publish_until):
        return f"引用的 “{target.id}” 只发布到 {target.publish_until.iso}；这一条也写 publish_until: {target.publish_until.iso}，或删掉这处引用"
    return ""


def not_published(collection: Collection, identifier: str) -> str:
    """Return why a record that is there is not on the site today; empty if there is none."""
    record = collection.records.get(identifier)
    if record is None:
        return "它还是草稿，不会发布" if identifier in collection.unfinished else ""
    if is_draft(record) or not (record.publish_from or record.publish_until):
        return "它还是草稿，不会发布"
    spans = (
        f"{record.publish_from.iso} 起" if record.publish_from else "",
        f"到 {record.publish_until.iso} 为止" if record.publish_until else "",
    )
    return f"它只在{''.join(spans)}发布"


def is_draft(record: Record | None) -> bool:
    """Tell whether a record is kept from the site."""
    return bool(getattr(record, "draft", None))


def no_cycles(collection: Collection) -> Iterator[Problem]:
    """Neither ``replaces`` nor ``series`` nor merging and splitting leads back to where it began; the whole chain is shown, once."""
    followers: tuple[Callable[[Record], Iterable[str]], ...] = (
        lambda record: record.replaces if isinstance(record, Policy) else (),
        lambda record: record.successors,
        lambda record: [record.series] if isinstance(record, Activity) and record.series else [],
    )
    for follow in followers:
        reported: set[frozenset[str]] = set()
        for record in collection.records.values():
            chain = _cycle(collection, record, follow) if follow(record) else None
            if chain and frozenset(chain) not in reported:
                reported.add(frozenset(chain))
                field = next(
                    name
                    for name in ("merged_into", "split_into", "replaces", "series")
                    if _names(record, name, chain[1])
                )
                message = f"{field} 绕了一圈：{' → '.join(chain)}；请删掉其中一处"
                yield record.document.problem((field,), message, "cycle")


def _names(record: Record, field: str, identifier: str) -> bool:
    """Tell whether a field with one reference or several names a record."""
    value = getattr(record, field, None) or ()
    return identifier in ((value,) if isinstance(value, str) else value)


def _cycle(collection: Collection, start: Record, follow: Callable[[Record], Iterable[str]]) -> list[str] | None:
    trail = [(start.id, iter(tuple(follow(start))))]
    seen = {start.id}
    while trail:
        following = next(trail[-1][1], None)
        if following is None:
            trail.pop()
        elif following == start.id:
            return [*(identifier for identifier, _ in trail), start.id]
        elif following not in seen and (record := collection.records.get(following)):
            seen.add(following)
            trail.append((following, iter(tuple(follow(record)))))
    return None


@of_one(Place)
def undisclosed_fields_are_fields_and_empty(record: Place) -> Iterator[Problem]:
    """What is said not to be published is a field of the kind, and not published."""
    model = type(record)
    for position, path in enumerate(record.undisclosed):
        steps = field_at(model, path)
        if not steps:
            message = f"没有 “{shorten(path)}” 这个字段；请改成字段的英文名，例如 contact.person"
            yield record.document.problem(("undisclosed", position), message, "undisclosed-unknown")
        elif any(value not in (None, ()) for value in values_at(record, steps)):
            message = f"“{path}” 写了不公开，又写了内容；请删掉内容，或从不公开的字段里删掉它"
            yield record.document.problem(("undisclosed", position), message, "undisclosed-published")
