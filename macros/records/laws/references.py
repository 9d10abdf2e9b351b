"""Laws about references: they lead to a record that exists, is published and does not lead back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from macros.records.collection import Collection
from macros.records.kinds import Authored, Policy, Record
from macros.records.problems import Problem
from macros.records.terms import near


def references_exist(collection: Collection) -> Iterator[Problem]:
    """A reference names a record that exists and is of a kind that may stand there."""
    for record, path, reference in collection.references:
        target = collection.records.get(reference)
        if target is None and reference in collection.unreadable:
            continue
        if target is None:
            yield record.document.problem(path, dangling(collection, reference, reference.kinds), "dangling-reference")
        elif reference.kinds and target.kind not in reference.kinds:
            wanted = "、".join(collection.kind_label(kind) for kind in reference.kinds)
            message = f"“{reference}” 是{collection.kind_label(target.kind)}，这里要写{wanted}的 id"
            yield record.document.problem(path, message, "wrong-kind-of-reference")


def dangling(collection: Collection, reference: str, kinds: Iterable[str]) -> str:
    """Return the message for an id that no record has, with the near ids."""
    allowed = tuple(kinds)
    ids = [record.id for record in collection.records.values() if not allowed or record.kind in allowed]
    close = near(reference, ids)
    hint = f"；相近的有：{'、'.join(close)}" if close else ""
    what = "或".join(collection.kind_label(kind) for kind in allowed) or "记录"
    make = f"，或新建 data/{allowed[0]}/{reference}.yml" if len(allowed) == 1 else ""
    return f"引用的{what} “{reference[:40]}” 不存在{hint}。请改正{make}"


def published_records_name_no_drafts(collection: Collection) -> Iterator[Problem]:
    """A record that is published does not refer to a draft, whose page will not exist."""
    for record, path, reference in collection.references:
        target = collection.records.get(reference)
        if is_draft(target) and not is_draft(record):
            message = f"引用的 “{reference}” 还是草稿，不会发布；请先发布它，或删掉这处引用"
            yield record.document.problem(path, message, "reference-to-draft")


def is_draft(record: Record | None) -> bool:
    """Tell whether a record is kept from the site."""
    return isinstance(record, Authored) and bool(record.draft)


def no_cycles(collection: Collection) -> Iterator[Problem]:
    """Neither ``replaces`` nor ``merged_into`` leads back to where it began; the whole chain is shown, once."""
    followers: dict[str, Callable[[Record], Iterable[str]]] = {
        "replaces": lambda record: record.replaces if isinstance(record, Policy) else (),
        "merged_into": lambda record: filter(None, [record.merged_into]) if isinstance(record, Authored) else (),
    }
    for field, follow in followers.items():
        reported: set[frozenset[str]] = set()
        for record in collection.records.values():
            chain = _cycle(collection, record, follow)
            if chain and frozenset(chain) not in reported:
                reported.add(frozenset(chain))
                message = f"{field} 绕了一圈：{' → '.join(chain)}；请删掉其中一处"
                yield record.document.problem((field,), message, "cycle")


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
