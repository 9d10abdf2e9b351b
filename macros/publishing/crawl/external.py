"""Links out of the site: whether they still lead somewhere.

The one module that asks other hosts, and only in a job of its own. A host that says that a page is gone has a dead link;
a host that does not answer, answers in error or turns programs away says nothing of the page.
"""

from __future__ import annotations

import http.client
import time
import tomllib
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from macros.publishing.crawl.link_extraction import Use
from macros.publishing.crawl.site_files import list_files, read_document, read_text
from macros.records.problems import Level, Problem

_GONE = {404, 410}
_FOUND = range(200, 400)
_TIMEOUT = 20.0
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
    """Ask for every link and return what is wrong, sorted: dead links are errors, unreachable ones notices.

    Args:
        links: address → pages that name it.
        excused: links that are not asked for; those that fit no link are reported.
        ask: asks a host; called for several hosts at once, for one host at a time.
        listed: name of the list of exceptions, for messages.
    """
    rules = list(excused)
    wanted = [address for address in links if not any(address.startswith(rule.address) for rule in rules)]
    problems = [_unused(rule, listed) for rule in rules if not any(link.startswith(rule.address) for link in links)]
    for address, answer in _ask_all(wanted, ask):
        problems += _check_answer(address, answer, links[address])
    return sorted(problems)


def ask_host(address: str) -> Answer:
    """Ask a host for an address, following redirects, and read nothing of what it sends.

    HEAD is not used: many hosts refuse it or answer it wrongly.
    """
    try:
        request = urllib.request.Request(quote(address, safe=_ALLOWED), headers={"User-Agent": _AGENT, "Accept": "*/*"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            return Answer(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code)
    except urllib.error.URLError as error:
        return Answer(None, str(error.reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, str(error) or type(error).__name__)


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
