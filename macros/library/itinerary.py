"""A route with what the records of its stops say: where each is, and on which days all of them are open."""

from __future__ import annotations

from typing import NamedTuple

from macros.library.library import Library
from macros.records.hours.together import common_weekdays, days_in_short, open_weekdays
from macros.records.model.kinds import Record
from macros.records.model.outings import Route
from macros.records.model.stops import RouteStop


class Stop(NamedTuple):
    """One stop.

    Attributes:
        number: its place on the route, from 1.
        stop: what the route says of it.
        place: the record of the place; None for one that the site does not have.
    """

    number: int
    stop: RouteStop
    place: Record | None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.place.heading if self.place else self.stop.name or ""

    @property
    def anchor(self) -> str:
        """Where the route's page tells of it."""
        return f"stop-{self.number}"


class Itinerary(NamedTuple):
    """A route and its stops.

    Attributes:
        stops: the stops, in their order.
        days: on which days of the week all are open that say so, e.g. ``周二至周日``; empty if none says so, or none is shared.
        unknown: the stops that say no days.
    """

    stops: tuple[Stop, ...]
    days: str
    unknown: tuple[Stop, ...]


def itinerary_of(library: Library, route: Route) -> Itinerary:
    """Return a route with the records of its stops; of a place that was merged, the one that took over."""
    stops = tuple(Stop(number, stop, _place(library, stop)) for number, stop in enumerate(route.stops, 1))
    today = library.as_of.first_day
    places = [stop.place for stop in stops if stop.place]
    unknown = tuple(stop for stop in stops if not (stop.place and open_weekdays(stop.place, today)))
    days = common_weekdays(places, today) if len(unknown) < len(stops) else ()
    return Itinerary(stops, days_in_short(days), unknown)


def _place(library: Library, stop: RouteStop) -> Record | None:
    place = library.get(stop.place) if stop.place else None
    return library.successor(place) if place else None
