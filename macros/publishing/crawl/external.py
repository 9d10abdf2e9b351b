"""Links out of the site: whether they still lead somewhere.

The one module that asks other hosts, and only in a job of its own. A host that says that a page is gone has a dead link;
a host that does not answer, answers in error or turns programs away says nothing of the page.
"""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import json
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx

from macros.publishing.crawl.link_extraction import Use
from macros.publishing.crawl.site_files import list_files, read_document, read_text
from macros.records.problems import Level, Problem

_GONE = {404, 410}
_FOUND = range(200, 300)
_DEADLINE = 30.0
_MOST_REDIRECTS = 10
_LARGEST_CACHE = 20_000_000
_PAUSE = 1.0
_AT_ONCE = 8
_ALLOWED = ":/?#[]@!$&'()*+,;=%"
_AGENT = "Mozilla/5.0 (compatible; kepu link check)"


class Answer(NamedTuple):
    """What a host answered.

    Attributes:
        status: of HTTP, after redirects; None if there was no answer.
        reason: why there was none, as the system says it.
    """

    status: int | None
    reason: str = ""


class Excused(NamedTuple):
    """Links that are not asked for.

    Attributes:
        address: how they begin.
        reason: why not.
        line: where it stands in the list, from 1.
    """

    address: str
    reason: str
    line: int


Ask = Callable[[str], Answer]


def outward_links(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return where the pages of a site lead out to: address without fragment → the pages that name it, both sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in list_files(folder)[0]:
        if name.endswith(".html"):
            for reference in read_document(name, read_text(folder / name)).references:
                if reference.use is Use.LINK and reference.address.lower().startswith(("http://", "https://")):
                    found[reference.address.partition("#")[0]].add(name)
    return {address: tuple(sorted(found[address])) for address in sorted(found)}


def read_exceptions(path: Path) -> tuple[list[Excused], list[Problem]]:
    """Read a list of exceptions: TOML with ``[[exception]]``, ``address`` (how links begin) and ``reason``.

    Returns:
        The exceptions, and what is wrong with the list: each must state its reason.
    """
    try:
        text = path.read_text("utf-8")
        entries = tomllib.loads(text).get("exception", [])
    except (OSError, ValueError) as error:
        return [], [Problem(path.name, 1, 1, f"例外清单读不了（{error}）；请对照 TOML 的写法改正", "link-exceptions")]
    excused, problems = [], []
    for entry in entries:
        address, reason = (str(entry.get(key, "")).strip() for key in ("address", "reason"))
        line = text[: text.find(address)].count("\n") + 1
        if address and reason:
            excused.append(Excused(address, reason, line))
        else:
            problems.append(
                Problem(path.name, line, 1, "例外要写明 address 和 reason（为什么不查）", "link-exceptions")
            )
    return excused, problems


def check_links(links: Mapping[str, Sequence[str]], excused: Iterable[Excused], ask: Ask, listed: str) -> list[Problem]:
    """Ask for every link and return what is wrong, sorted; see `ask_for_links` and `link_problems`."""
    rules = list(excused)
    return link_problems(links, rules, ask_for_links(links, rules, ask), listed)


def ask_for_links(links: Iterable[str], excused: Iterable[Excused], ask: Ask) -> dict[str, Answer]:
    """Ask for every link that is not excused and return what came back, by address.

    Args:
        links: addresses.
        excused: links that are not asked for.
        ask: asks a host; called for several hosts at once, for one host at a time.
    """
    beginnings = tuple(rule.address for rule in excused)
    return dict(_ask_all((address for address in links if not address.startswith(beginnings)), ask))


def link_problems(
    links: Mapping[str, Sequence[str]], excused: Iterable[Excused], answers: Mapping[str, Answer], listed: str
) -> list[Problem]:
    """Return what is wrong, sorted: dead links are errors, unreachable ones notices.

    Args:
        links: address → pages that name it.
        excused: links that were not asked for; those that fit no link are reported.
        answers: address → what came back.
        listed: name of the list of exceptions, for messages.
    """
    problems = [_unused(rule, listed) for rule in excused if not any(link.startswith(rule.address) for link in links)]
    for address, answer in answers.items():
        problems += _check_answer(address, answer, links[address])
    return sorted(problems)


def results_file(links: Mapping[str, Sequence[str]], answers: Mapping[str, Answer], day: datetime.date) -> bytes:
    """Return what `kepu check --inspection --links` reads: the day, how many were asked for, and those that were not found.

    Args:
        links: address → pages that name it.
        answers: address → what came back.
        day: when they were asked for.
    """
    unanswered = [
        {"address": address, "gone": answer.status in _GONE, **answer._asdict(), "pages": list(links[address])}
        for address, answer in answers.items()
        if answer.status not in _FOUND
    ]
    content = {
        "day": day.isoformat(),
        "asked": len(answers),
        "unanswered": sorted(unanswered, key=lambda one: one["address"]),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that the whole internet can reach: no link leads the check into a private network."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def ask_host(address: str, is_allowed: Callable[[str], bool] = is_public) -> Answer:
    """Ask a host for an address, following at most ten redirects, and read nothing of what it sends.

    HEAD is not used: many hosts refuse it or answer it wrongly. However slowly a host sends, a link costs half a minute.

    Args:
        address: ``http://`` or ``https://`` …
        is_allowed: whether an IP address may be asked, for the address itself and whatever it redirects to.
    """
    try:
        return asyncio.run(asyncio.wait_for(_ask(quote(address, safe=_ALLOWED), is_allowed), _DEADLINE))
    except TimeoutError:
        return Answer(None, f"{_DEADLINE:g} 秒内没有答复")
    except httpx.TooManyRedirects:
        return Answer(None, f"转了 {_MOST_REDIRECTS} 次还没有到")
    except (OSError, ValueError, httpx.HTTPError, httpx.InvalidURL) as error:
        return Answer(None, str(error) or type(error).__name__)


async def _ask(address: str, is_allowed: Callable[[str], bool]) -> Answer:
    async def look(request: httpx.Request) -> None:
        await _refuse_private(request.url, is_allowed)

    # No proxy of the environment: behind one, nothing could be said of the address that is asked. Redirects are followed
    # here, since the client reads the whole body of each.
    async with httpx.AsyncClient(
        headers={"User-Agent": _AGENT, "Accept": "*/*"},
        timeout=_DEADLINE,
        trust_env=False,
        event_hooks={"request": [look]},
    ) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            async with client.stream("GET", address) as response:
                if response.next_request is None:
                    return Answer(response.status_code)
                address = str(response.next_request.url)
    raise httpx.TooManyRedirects(address)


async def _refuse_private(url: httpx.URL, is_allowed: Callable[[str], bool]) -> None:
    """Refuse an address whose host stands in a private network, before it is asked."""
    found = await asyncio.get_running_loop().getaddrinfo(url.host, url.port or url.scheme)
    if not all(is_allowed(str(place[0])) for *_, place in found):
        raise httpx.UnsupportedProtocol(f"{url.host} 不在公网上，没有去问")


class AnswerCache:
    """Links that were found not long ago and need not be asked for again, kept in a JSON file: address → day.

    Args:
        path: the file; None for no cache. One that can't be read is as good as none.
        today: the day on which links are asked for.
        days: so long an answer holds.
    """

    def __init__(self, path: Path | None, today: datetime.date, days: int = 7) -> None:
        self._path, self._today = path, today
        oldest = (today - datetime.timedelta(days)).isoformat()
        self._days = {link: day for link, day in self._read().items() if oldest < day <= today.isoformat()}

    def __call__(self, ask: Ask) -> Ask:
        """Return what asks only for links that were not found lately."""

        def cached(address: str) -> Answer:
            if address in self._days:
                return Answer(_FOUND.start)
            answer = ask(address)
            if answer.status in _FOUND:
                self._days[address] = self._today.isoformat()
            return answer

        return cached

    @property
    def content(self) -> bytes:
        """What was found, as the file holds it."""
        return (json.dumps(dict(sorted(self._days.items())), indent=1) + "\n").encode()

    def _read(self) -> dict[str, str]:
        try:
            if self._path is None or self._path.stat().st_size > _LARGEST_CACHE:
                return {}
            days = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        pairs = days.items() if isinstance(days, dict) else ()
        return {link: day for link, day in pairs if isinstance(day, str)}


def _ask_all(addresses: Iterable[str], ask: Ask) -> Iterator[tuple[str, Answer]]:
    """Yield answers, asking several hosts at once and each host politely."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[address.split("/")[2]].append(address)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for answers in pool.map(lambda group: _ask_in_turn(group, ask), hosts.values()):
            yield from answers


def _ask_in_turn(addresses: Sequence[str], ask: Ask) -> list[tuple[str, Answer]]:
    answers = []
    for number, address in enumerate(addresses):
        if number:
            time.sleep(_PAUSE)
        answers.append((address, ask(address)))
    return answers


def _check_answer(address: str, answer: Answer, pages: Sequence[str]) -> Iterator[Problem]:
    others = f"（共 {len(pages)} 页）" if len(pages) > 1 else ""
    if answer.status in _GONE:
        message = f"外部链接 {address} 已经失效（对方答复 {answer.status}）{others}；请换成新的网址，或删去这个链接"
        yield Problem(pages[0], 1, 1, message, "dead-external-link")
    elif answer.status not in _FOUND:
        why = f"对方答复 {answer.status}" if answer.status else answer.reason
        message = (
            f"外部链接 {address} 这次没有查成（{why}）{others}；不等于失效：请用浏览器打开看一看，能打开就不用改，"
            "总是查不成的可以写进例外清单"
        )
        yield Problem(pages[0], 1, 1, message, "unreachable-external-link", Level.NOTICE)


def _unused(rule: Excused, listed: str) -> Problem:
    message = f"没有链接以 {rule.address} 开头；请从例外清单里删去"
    return Problem(listed, rule.line, 1, message, "link-exceptions", Level.NOTICE)
