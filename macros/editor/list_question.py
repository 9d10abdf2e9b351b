"""What is asked of the list of records, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from macros.records.model.registry import KINDS


class WorkList(StrEnum):
    """A list that people work from; the value is its name in the address."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    OVERDUE = "overdue"
    INCOMPLETE = "incomplete"
    FAULTY = "faulty"
    UNFINISHED = "unfinished"
    UNANSWERED = "unanswered"
    EDITED = "edited"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    WorkList.ALL: "全部",
    WorkList.UNREVIEWED: "未核对",
    WorkList.OVERDUE: "到期要核对",
    WorkList.INCOMPLETE: "缺字段最多",
    WorkList.FAULTY: "有提醒",
    WorkList.UNFINISHED: "还没有写完",
    WorkList.UNANSWERED: "还没有回复的",
    WorkList.EDITED: "我改过还没有提交",
}


class Order(StrEnum):
    """How a list is ordered; the value is its name in the address."""

    NAME = "name"
    MISSING = "missing"
    REVIEWED = "reviewed"

    @property
    def label(self) -> str:
        """What people call it."""
        return {Order.NAME: "按拼音", Order.MISSING: "缺得多的在前", Order.REVIEWED: "核对得早的在前"}[self]


@dataclass(frozen=True)
class ListQuestion:
    """What is asked of the list.

    Attributes:
        kind: name of a kind; empty for all.
        words: what is searched.
        work: which of the lists.
        order: how it is ordered.
        page: number of the page, from 1.
    """

    kind: str = ""
    words: str = ""
    work: WorkList = WorkList.ALL
    order: Order = Order.NAME
    page: int = 1

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> ListQuestion:
        """Return what an address asks; whatever it says that makes no sense is as if it were not there."""
        kind, page, work = parameters.get("kind", ""), parameters.get("page", ""), parameters.get("list", "")
        first = _first_order(work)
        return cls(
            kind if kind in KINDS else "",
            parameters.get("q", "").strip(),
            WorkList(work) if work in set(WorkList) else WorkList.ALL,
            Order(order) if (order := parameters.get("order", "")) in set(Order) else first,
            max(1, int(page[:6])) if page.isascii() and page.isdigit() else 1,
        )

    @property
    def address(self) -> str:
        """The question as it stands in an address, after the ``?``."""
        first = _first_order(self.work)
        pairs = {
            "kind": self.kind,
            "q": self.words,
            "list": "" if self.work is WorkList.ALL else self.work.value,
            "order": "" if self.order is first else self.order.value,
            "page": "" if self.page == 1 else str(self.page),
        }
        return urlencode({name: value for name, value in pairs.items() if value})

    def but(self, **others: Any) -> str:
        """Return the address of the same question, but for some parts; it begins with its first page, another list in its own order."""
        order = {"order": _first_order(others["work"])} if "work" in others else {}
        return f"?{replace(self, **{'page': 1, **order, **others}).address}"


def _first_order(work: str) -> Order:
    return Order.MISSING if work == WorkList.INCOMPLETE else Order.NAME
