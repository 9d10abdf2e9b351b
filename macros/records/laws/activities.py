"""Laws about activities: each has days, in order and once, at a place that is open then; one can book before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from macros.records.collection import Collection
from macros.records.hours.occurrences import LONGEST_SPAN, days_of, occurrences_of, times_of
from macros.records.hours.plan import State, plan
from macros.records.hours.schedule import DAY, DAY_NUMBERS, goes_past_midnight, schedule_of
from macros.records.laws.law import of_one
from macros.records.model.dates import Time
from macros.records.model.kinds import Base
from macros.records.model.outings import Activity
from macros.records.model.recurrence import ActivityDate, Booking, WeeklyDates
from macros.records.model.walk import ValuePath, find
from macros.records.model.weekdays import weekday_name
from macros.records.problems import Level, Problem

LONGEST_NIGHT = 12 * 60
"""Minutes of an activity that ends on the next day; 14:00 to 3:30 is a slip for 15:30, camps begin in the evening."""

_NO_REASON = ("", "是", "否", "true", "false", "yes", "no", "True", "False")


@of_one(Activity, "dates", "weekly")
def activities_have_dates(record: Activity) -> Iterator[Problem]:
    """An activity takes place on some day; of a draft that may be open."""
    if not record.draft and not record.dates and not record.weekly:
        message = "没有写哪一天；请写 dates（日期），每周都有的写 weekly（每周）"
        yield record.document.problem(("name",), message, "no-date")


@of_one(Activity)
def activities_end_after_they_begin(record: Activity) -> Iterator[Problem]:
    """Each time ends after it begins, and so does each span of days; a day is named within its span, and once."""
    parts: Iterator[tuple[ValuePath, ActivityDate | WeeklyDates]] = find(record, (ActivityDate, WeeklyDates))
    for path, part in parts:
        if message := _ends_before(part.from_, part.to):
            yield record.document.problem((*path, "to"), message, "hours-out-of-order")
        if isinstance(part, WeeklyDates):
            for name, text in _slips(part):
                yield record.document.problem((*path, name), text, "dates-out-of-order")


def _ends_before(begins: Time | None, ends: Time | None) -> str:
    if begins is None or ends is None or begins < ends or _lasts_into_the_night(begins, ends):
        return ""
    return f"结束 {ends} 不晚于开始 {begins}；请核对，下午的时间要写 13:00 到 24:00"


def _lasts_into_the_night(begins: Time, ends: Time) -> bool:
    return goes_past_midnight(begins, ends) and ends.minutes + DAY - begins.minutes <= LONGEST_NIGHT


def _slips(rule: WeeklyDates) -> Iterator[tuple[str, str]]:
    first, last = rule.from_date, rule.to_date
    if last < first:
        yield "to_date", f"最后一天 {last.iso} 早于第一天 {first.iso}；请核对"
    elif (last.first_day - first.first_day).days > LONGEST_SPAN:
        yield "to_date", f"从 {first.iso} 到 {last.iso} 超过 {LONGEST_SPAN} 天；请核对年份，真的这么久就分成几条"
    elif not any(days_of(rule)):
        yield "days", f"从 {first.iso} 到 {last.iso} 没有一天是这些星期几；请核对"
    else:
        yield from _idle_exceptions(rule)


def _idle_exceptions(rule: WeeklyDates) -> Iterator[tuple[str, str]]:
    first, last = rule.from_date, rule.to_date
    weekdays = {DAY_NUMBERS[day.id] for day in rule.days}
    for day in rule.except_:
        if not first <= day <= last:
            yield "except", f"{day.iso} 不在 {first.iso} 到 {last.iso} 之间；请改日期，或删掉它"
        elif day.first_day.isoweekday() not in weekdays:
            yield "except", f"{day.iso} 是{weekday_name(day.first_day)}，这一天本来就没有；请核对日期，或删掉它"


@of_one(Activity)
def activities_name_a_day_once(record: Activity) -> Iterator[Problem]:
    """Of one activity no two times begin together."""
    counts = Counter((occurrence.day, occurrence.begins) for occurrence in times_of(record))
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        field = "dates" if record.dates else "weekly"
        days = "、".join(sorted({day.isoformat() for day, _ in twice})[:3])
        yield record.document.problem((field,), f"同一时间写了两次：{days}；请删掉一条", "date-twice")


@of_one(Activity, "dates", "weekly")
def booking_ends_before_the_activity(record: Activity) -> Iterator[Problem]:
    """One can book until the last day of an activity at the latest, and from some day before."""
    booking = record.booking
    if booking is None:
        return
    if booking.opens and booking.closes and booking.closes.is_certainly_before(booking.opens):
        message = f"截止报名 {booking.closes.iso} 早于开始报名 {booking.opens.iso}；请核对"
        yield record.document.problem(("booking", "closes"), message, "dates-out-of-order")
    times = occurrences_of(record)
    for name, title, date in (("opens", "开始报名", booking.opens), ("closes", "截止报名", booking.closes)):
        if date and times and date.first_day > times[-1].day:
            message = f"{title} {date.iso} 晚于最后一次活动 {times[-1].day}；请核对"
            yield record.document.problem(("booking", name), message, "dates-out-of-order")


@of_one(Activity)
def booking_is_needed_where_it_has_days(record: Activity) -> Iterator[Problem]:
    """What needs no booking neither opens nor closes for it, and has no places left or taken."""
    booking = record.booking
    named = [name for name in ("opens", "closes", "state") if booking and getattr(booking, name)]
    if booking and booking.required is False and named:
        title = Booking.model_fields[named[0]].title
        message = f"写了不用报名，又写了{title}；请只留一样：要报名就把 required 改成 是"
        yield record.document.problem(("booking", named[0]), message, "contradiction")


@of_one(Activity)
def cancelled_activities_say_why(record: Activity) -> Iterator[Problem]:
    """What is cancelled gives the reason; 否 would cancel it as well, and nothing would not."""
    if "cancelled" in record.document.data and (record.cancelled or "") in _NO_REASON:
        message = "这里写取消的原因，例如 台风；没有取消就删掉这一行"
        yield record.document.problem(("cancelled",), message, "no-reason")


@of_one(Activity)
def capacities_count_people(record: Activity) -> Iterator[Problem]:
    """So many people can come: a whole number, at least one."""
    if record.capacity is not None and (record.capacity < 1 or record.capacity % 1):
        message = f"名额写的是 {record.capacity}；请写 1 以上的整数，不知道就删掉这一行"
        yield record.document.problem(("capacity",), message, "wrong-number")


def places_are_open_for_activities(collection: Collection) -> Iterator[Problem]:
    """An activity that lies ahead takes place where one is let in that day; a slip in a date is often seen by that."""
    today = collection.as_of.first_day
    for record in collection.of(Activity):
        place = collection.records.get(record.place) if record.place else None
        if not isinstance(place, Base) or record.cancelled:
            continue
        schedule = schedule_of(place.opening_fields)
        ahead = (occurrence.day for occurrence in occurrences_of(record) if occurrence.day >= today)
        shut = [day for day in ahead if plan(schedule, collection.calendar, day).state is State.CLOSED]
        if shut:
            message = f"{place.name} 在 {shut[0]} 按它的开放时间不开放；请核对日期，专门为活动开门的不用改"
            problem = record.document.problem(("place",), message, "place-closed")
            yield replace(problem, level=Level.NOTICE)
