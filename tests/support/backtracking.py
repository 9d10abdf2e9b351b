"""A matcher that goes back as Python's own does and counts its steps, so that a slow expression is found without a clock.

It reads what Python's parser makes of an expression, and knows none of the shortcuts of the real one, which only help.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Groups = dict[int, tuple[int, int]]
Next = Callable[[int, Groups], bool]
Node = Callable[[int, Groups, Next], bool]
Test = Callable[[str], bool]


class TooManySteps(Exception):
    """Ends the matching."""


def steps_of(pattern: re.Pattern[Any], text: str, most: int, anchored: bool = False) -> int:
    """Return how many steps it takes to find all matches in a text, or one at its beginning.

    Args:
        pattern: the expression; one for bytes is tried on the characters of the same numbers.
        text: what to look through.
        most: no more steps are counted.
        anchored: whether only the beginning is tried, as ``match`` and ``fullmatch`` do.
    """
    work = _Work(text, most)
    node = work.sequence(parser.parse(pattern.pattern, pattern.flags), pattern.flags)
    place = 0
    try:
        while place <= len(text):
            work.step()
            ends: list[int] = []
            if anchored:
                node(0, {}, lambda end, groups: end == len(text))
                break
            node(place, {}, lambda end, groups, ends=ends: not ends.append(end))  # type: ignore[misc]
            place = max(place + 1, *ends) if ends else place + 1
    except TooManySteps:
        pass
    return work.count


def characters_of(pattern: re.Pattern[Any]) -> list[str]:
    """Return characters that an expression tells from others, sorted."""
    found: set[str] = set()
    _collect(parser.parse(pattern.pattern, pattern.flags), found)
    return sorted(found)


def _collect(sequence: Any, found: set[str]) -> None:
    for code, value in sequence:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            found.add(chr(value))
        elif code is codes.IN:
            kinds = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "w"}
            for inner, detail in value:
                if inner is codes.LITERAL:
                    found.add(chr(detail))
                elif inner is codes.RANGE:
                    found.add(chr(detail[0]))
                elif inner is codes.CATEGORY:
                    found.add(kinds.get(detail, "-"))
        else:
            for part in _parts(code, value):
                _collect(part, found)


def _parts(code: Any, value: Any) -> list[Any]:
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [part for part in value[1:] if part] if code is codes.GROUPREF_EXISTS else []


class _Work:
    """One search: the text, and the steps that it took so far."""

    def __init__(self, text: str, most: int) -> None:
        self.text, self.most, self.count = text, most, 0

    def step(self) -> None:
        self.count += 1
        if self.count >= self.most:
            raise TooManySteps

    def sequence(self, sequence: Any, flags: int) -> Node:
        nodes = [self.node(code, value, flags) for code, value in sequence]

        def run(number: int, place: int, groups: Groups, follow: Next) -> bool:
            if number == len(nodes):
                return follow(place, groups)
            return nodes[number](place, groups, lambda end, found: run(number + 1, end, found, follow))

        return lambda place, groups, follow: run(0, place, groups, follow)

    def node(self, code: Any, value: Any, flags: int) -> Node:
        if test := _test(code, value, flags):
            return self._one(test)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            return self._repeat(code, value, flags)
        if code is codes.BRANCH:
            return self._branch([self.sequence(part, flags) for part in value[1]])
        if code is codes.SUBPATTERN:
            group, added, removed, inner = value
            return self._group(group, self.sequence(inner, (flags | added) & ~removed))
        if code is codes.ATOMIC_GROUP:
            return self._atomic(self.sequence(value, flags))
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            return self._look(code is codes.ASSERT, value, self.sequence(value[1], flags))
        if code is codes.AT:
            return self._at(value, flags)
        if code is codes.GROUPREF:
            return self._same_again(value)
        group, yes, no = value
        first, second = self.sequence(yes, flags), self.sequence(no or [], flags)
        return lambda place, groups, follow: (first if group in groups else second)(place, groups, follow)

    def _one(self, test: Test) -> Node:
        def match(place: int, groups: Groups, follow: Next) -> bool:
            self.step()
            return place < len(self.text) and test(self.text[place]) and follow(place + 1, groups)

        return match

    def _branch(self, nodes: list[Node]) -> Node:
        def match(place: int, groups: Groups, follow: Next) -> bool:
            for node in nodes:
                self.step()
                if node(place, groups, follow):
                    return True
            return False

        return match

    def _group(self, group: int | None, inner: Node) -> Node:
        def match(place: int, groups: Groups, follow: Next) -> bool:
            return inner(
                place, groups, lambda end, found: follow(end, {**found, group: (place, end)} if group else found)
            )

        return match

    def _first(self, inner: Node, place: int, groups: Groups) -> tuple[int, Groups] | None:
        ends: list[tuple[int, Groups]] = []
        inner(place, groups, lambda end, found: not ends.append((end, found)))  # type: ignore[func-returns-value]
        return ends[0] if ends else None

    def _atomic(self, inner: Node) -> Node:
        def match(place: int, groups: Groups, follow: Next) -> bool:
            found = self._first(inner, place, groups)
            return found is not None and follow(*found)

        return match

    def _look(self, is_wanted: bool, value: Any, inner: Node) -> Node:
        direction, sequence = value
        width = sequence.getwidth()[0] if direction < 0 else 0

        def match(place: int, groups: Groups, follow: Next) -> bool:
            self.step()
            found = self._first(inner, place - width, groups) if place >= width else None
            return (found is not None) == is_wanted and follow(place, found[1] if found else groups)

        return match

    def _at(self, kind: Any, flags: int) -> Node:
        text = self.text

        def is_word(place: int) -> bool:
            return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")

        def holds(place: int) -> bool:
            if kind in (codes.AT_BEGINNING, codes.AT_BEGINNING_STRING):
                in_lines = kind is codes.AT_BEGINNING and flags & re.MULTILINE
                return place == 0 or bool(in_lines and text[place - 1] == "\n")
            if kind in (codes.AT_END, codes.AT_END_STRING):
                in_lines = kind is codes.AT_END and (flags & re.MULTILINE or place == len(text) - 1)
                return place == len(text) or bool(in_lines and text[place] == "\n")
            return (is_word(place - 1) != is_word(place)) == (kind is codes.AT_BOUNDARY)

        def match(place: int, groups: Groups, follow: Next) -> bool:
            self.step()
            return holds(place) and follow(place, groups)

        return match

    def _same_again(self, group: int) -> Node:
        def match(place: int, groups: Groups, follow: Next) -> bool:
            self.step()
            start, end = groups.get(group, (0, -1))
            wanted = self.text[start:end]
            return end >= start and self.text.startswith(wanted, place) and follow(place + len(wanted), groups)

        return match

    def _repeat(self, code: Any, value: Any, flags: int) -> Node:
        least, most, sequence = value
        most = 10**9 if most is codes.MAXREPEAT else most
        items = list(sequence)
        test = _test(*items[0], flags) if len(items) == 1 else None
        if test and code is not codes.MIN_REPEAT:
            return self._run(least, most, test, code is codes.POSSESSIVE_REPEAT)
        inner = self.sequence(sequence, flags)
        if code is codes.POSSESSIVE_REPEAT:
            return self._possessive(least, most, inner)

        def turn(number: int, place: int, groups: Groups, follow: Next, last: int) -> bool:
            self.step()

            def again() -> bool:
                if number >= most or place == last:
                    return False
                return inner(place, groups, lambda end, found: turn(number + 1, end, found, follow, place))

            if code is codes.MIN_REPEAT:
                return (number >= least and follow(place, groups)) or again()
            return again() or (number >= least and follow(place, groups))

        return lambda place, groups, follow: turn(0, place, groups, follow, -1)

    def _run(self, least: int, most: int, test: Test, is_possessive: bool) -> Node:
        """Repeat one character as often as it can be, and give back one after the other."""

        def match(place: int, groups: Groups, follow: Next) -> bool:
            end = place
            while end - place < most and end < len(self.text) and test(self.text[end]):
                self.step()
                end += 1
            if is_possessive:
                return end - place >= least and follow(end, groups)
            while end - place >= least:
                self.step()
                if follow(end, groups):
                    return True
                end -= 1
            return False

        return match

    def _possessive(self, least: int, most: int, inner: Node) -> Node:
        def match(place: int, groups: Groups, follow: Next) -> bool:
            number, last = 0, -1
            while number < most and place != last and (found := self._first(inner, place, groups)):
                last, (place, groups) = place, found
                number += 1
            return number >= least and follow(place, groups)

        return match


def _test(code: Any, value: Any, flags: int) -> Test | None:
    """Return what tells whether one character fits, or None for what is no character."""
    is_loose = bool(flags & re.IGNORECASE)
    if code is codes.LITERAL:
        wanted = chr(value)
        return (lambda sign: sign.lower() == wanted.lower()) if is_loose else (lambda sign: sign == wanted)
    if code is codes.NOT_LITERAL:
        return lambda sign: sign != chr(value)
    if code is codes.ANY:
        return lambda sign: bool(flags & re.DOTALL) or sign != "\n"
    return (lambda sign: _is_in(value, sign, is_loose)) if code is codes.IN else None


def _is_in(items: Any, sign: str, is_loose: bool) -> bool:
    forms = {sign, sign.lower(), sign.upper()} if is_loose else {sign}
    is_negated = items[0][0] is codes.NEGATE
    return any(_fits(code, value, form) for code, value in items for form in forms if len(form) == 1) != is_negated


def _fits(code: Any, value: Any, sign: str) -> bool:
    if code is codes.LITERAL:
        return chr(value) == sign
    if code is codes.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    is_word = sign.isalnum() or sign == "_"
    return {
        codes.CATEGORY_DIGIT: sign.isdecimal(), codes.CATEGORY_NOT_DIGIT: not sign.isdecimal(),
        codes.CATEGORY_SPACE: sign.isspace(), codes.CATEGORY_NOT_SPACE: not sign.isspace(),
        codes.CATEGORY_WORD: is_word, codes.CATEGORY_NOT_WORD: not is_word,
    }.get(value, False) if code is codes.CATEGORY else False  # fmt: skip
