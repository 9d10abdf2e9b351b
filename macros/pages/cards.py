"""What templates show of a record beside its fields: the facts on its card, how it stands, and what is related to it.

The finder's data carry what is on cards to browsers (`macros.pages.finder`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.library.agenda import days_of_activity
from macros.library.facets import BOOKING, PRICE, week_of_base
from macros.library.itinerary import itinerary_of
from macros.library.library import Library
from macros.records.model.groups import Recognition
from macros.records.model.kinds import Base, Incubator, Platform, Policy, Record, Target
from macros.records.model.outings import Activity, Route
from macros.records.model.timing import Timing

NO_NUMBER = "无"

_LONGEST_PRICE = 12
"""Characters of a price that stands on a card; a longer one stands on the record's page."""

SHOWN = 48
"""Related records that the page of a record names, and as many targets; a record that has more of both gets the list."""


class Badge(NamedTuple):
    """A word or two about how a record stands; the style only repeats what the label says.

    Attributes:
        label: what it says.
        style: how it looks, as in ``badge-STYLE`` of the style sheets.
    """

    label: str
    style: str = "plain"


def traits_of(record: Record) -> tuple[str, ...]:
    """Return the known facts that tell one record of a kind from another."""
    values = (getattr(record, name) for name in record.on_card)
    texts = ("、".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in values if value)
    return tuple(text for text in texts if text != NO_NUMBER)


def visit_of(library: Library, record: Record) -> str:
    """Return what decides whether one goes, as far as it is known: ``免费 · 周二至周日 · 不用预约``; empty for other kinds."""
    if isinstance(record, Activity):
        return days_of_activity(record)
    if isinstance(record, Route) and library.is_current(record):
        return effort_of_route(library, record)
    if not isinstance(record, Base) or not library.is_current(record):
        return ""
    terms = (term for facet in (PRICE, BOOKING) for term in library.terms(record, facet))
    words = {term.vocabulary: term.label for term in terms}
    price = record.admission.price if record.admission else None
    if price and words.get(PRICE.name) != "免费" and len(price) <= _LONGEST_PRICE:
        words[PRICE.name] = price
    days = week_of_base(record, library.as_of).text
    return " · ".join(filter(None, [words.get(PRICE.name), days, words.get(BOOKING.name)]))


def group_visit_of(library: Library, record: Record) -> str:
    """Return what decides whether a class goes, as far as it is known: ``小学五六年级 · 20–90 人 · 90 分钟 · 提前 7 天约``."""
    visit = record.group_visit if isinstance(record, Base) else None
    if visit is None:
        return ""
    days = visit.lead_days
    lead = "" if days is None else f"提前 {days} 天约" if days else "当天也能约"
    minutes = f"{visit.minutes} 分钟" if visit.minutes else ""
    return " · ".join(filter(None, ["、".join(map(str, visit.stages)), visit.people, minutes, lead]))


def plan_address(library: Library, base: Record) -> str:
    """Return where the sheet lies on which a teacher plans a visit to a place."""
    return f"{library.address(base)}visit-plan/"


def effort_of_route(library: Library, route: Route) -> str:
    """Return how long a route takes and for how many it is: ``3 小时 20 分钟 · 3 站 · 最多 45 人 · 周二至周日``."""
    most = f"最多 {route.group_max} 人" if route.group_max else ""
    words = [route.duration, f"{len(route.stops)} 站", most, itinerary_of(library, route).days]
    return " · ".join(filter(None, words))


def badges_of(library: Library, record: Record) -> tuple[Badge, ...]:
    """Return the badges of a record: its level, its aims, its status, and whether it rests on reposts alone."""
    level = library.level(record)
    held = (Badge(level.label, f"level-{level.id}"),) if level else ()
    aims = (Badge(f"{_year_of(library, aim)}{aim.stage}：{aim.title}", "aim") for aim in library.aims(record))
    unverified = (Badge("待核对", "unverified"),) if library.is_unverified(record.sources) else ()
    return (*_timing(library, record), *held, *aims, *_status(library, record), *unverified)


def standing_of(library: Library, record: Record) -> Iterator[str]:
    """Yield how a record stands, in words of its badges; its level and aims are no part of that, and nothing is said of what simply holds."""
    if isinstance(record, Activity) and not library.is_current(record):
        yield "已结束"
    badges = badges_of(library, record)
    yield from (badge.label for badge in badges if not badge.style.startswith(("level-", "aim", "plain")))


def _timing(library: Library, record: Record) -> Iterator[Badge]:
    """Yield what the preview says of a record that the site does not show today."""
    if library.shows_all and (timing := library.timing(record)):
        yield Badge(timing.value, "expired" if timing is Timing.OVER else "stage")


def _year_of(library: Library, aim: Recognition) -> str:
    """Return of which year an aim is, as ``2022 年的``: an old one without its year reads like today's. Empty if unknown."""
    policies = (library.get(source.ref) for source in aim.sources if source.ref)
    dates = [source.published for source in aim.sources]
    dates += [policy.published or policy.written for policy in policies if isinstance(policy, Policy)]
    years = [date.year for date in dates if date]
    return f"{min(years)} 年的" if years else ""


def _status(library: Library, record: Record) -> Iterator[Badge]:
    if isinstance(record, Policy):
        yield from _policy_badges(library, record)
    elif isinstance(record, Target):
        yield Badge("实际未公布" if record.actual is None else "已有实际值", "stage")
    elif isinstance(record, Platform) and record.stage:
        yield Badge(record.stage.label, "stage")
    elif isinstance(record, Activity):
        yield from _activity_badges(record)
    elif isinstance(record, Route) and record.ended:
        yield Badge("已停用", "expired")
    elif isinstance(record, Base | Incubator) and record.status and record.status.id != "open":
        yield Badge(record.status.label, f"status-{record.status.id}")


def _activity_badges(activity: Activity) -> Iterator[Badge]:
    if activity.cancelled:
        yield Badge("已取消", "expired")
    elif activity.booking and activity.booking.state and activity.booking.state.id == "full":
        yield Badge("约满", "stage")


def _policy_badges(library: Library, policy: Policy) -> Iterator[Badge]:
    if policy.type:
        yield Badge(policy.type.label)
    if library.is_expired(policy) and (not policy.validity or policy.validity.id == "in-force"):
        yield Badge("有效期已过，待核对", "expired")
    elif policy.validity:
        yield Badge(policy.validity.label, f"validity-{policy.validity.id}")
    elif not library.is_unverified(policy.sources):
        # What rests on reposts alone is unverified whole.
        yield Badge("有效性待核对", "validity-unknown")


class Related(NamedTuple):
    """What the page of a record names of all that is related to it.

    Attributes:
        others: records that are no targets.
        targets: the targets.
        total: how many there are of both, shown or not.
        address: address of the list of all; empty if the page names all.
    """

    others: tuple[Record, ...]
    targets: tuple[Target, ...]
    total: int
    address: str


def related_to(library: Library, record: Record) -> Related:
    """Return what the page of a record names of all that is related to it."""
    others = tuple(other for other in library.related(record) if not isinstance(other, Target))
    targets = library.targets_about(record)
    total = len(others) + len(targets)
    return Related(others[:SHOWN], targets[:SHOWN], total, related_address(library, record) if total > SHOWN else "")


def related_address(library: Library, record: Record) -> str:
    """Return where the list of all that is related to a record lies, if there is one."""
    return f"{library.address(record)}related/"
